"""Who changed what on one stakeholder: read by who may change it, and only what they may read."""

import pytest
from auditlog.models import LogEntry

from buyin.stakeholders.actions import assess
from buyin.stakeholders.models import Person, Stakeholder
from tests.factories.initiatives import InitiativeFactory
from tests.factories.merging import make_twins, merged
from tests.factories.stakeholders import InterestFactory, StakeholderFactory

LIST = "/stakeholders/"


@pytest.fixture
def ruth(cast):
    return StakeholderFactory(name="Ruth Roads", department=cast.roads)


def told(client, one):
    return " ".join(client.get(f"{LIST}{one.pk}/changes/").text.split())


def test_a_change_is_told_with_who_made_it_and_from_what_to_what(sign_in, ruth):
    client = sign_in("coordinator")
    client.post(f"{LIST}{ruth.pk}/edit/", {"name": "Ruth R.", "category": "it"})
    client.post(f"{LIST}{ruth.pk}/consent/", {"kind": "withdrawn", "basis": "By mail"})

    text = told(client, ruth)

    assert "Coordinator Persona" in text
    assert "<del>Ruth Roads</del> → Ruth R." in text
    assert "<del>Decision-maker</del> → IT" in text
    assert "By mail" in text


def test_what_is_thought_for_initiatives_that_one_may_not_open_stays_out(sign_in, cast, ruth):
    for name, unit in (("Pothole finder", cast.roads), ("Letter reader", cast.clinic)):
        initiative = InitiativeFactory(name=name, departments=[unit])
        about = InterestFactory(stakeholder=ruth, initiative=initiative)
        assess(actor=cast.lead, about=about, current=1, rationale=f"Said of {name}")

    text = told(sign_in("coordinator"), ruth)

    assert "Said of Pothole finder" in text
    assert "Letter reader" not in text
    assert "Said of Letter reader" in told(sign_in("lead"), ruth)


def test_changes_to_a_record_that_was_merged_are_told_with_the_one_that_stays(sign_in, cast):
    kept, absorbed = make_twins(cast.roads)
    client = sign_in("lead")
    sent = {"name": "Ruth Raods", "category": "expert", "email": "r@example.org"}
    client.post(f"{LIST}{absorbed.pk}/edit/", sent)

    merged(cast.lead, kept, absorbed)

    assert "<del>ruth@example.org</del> → r@example.org" in told(client, kept)


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_needs_as_many_queries_for_many_as_for_one(
    sign_in, cast, django_assert_num_queries, count
):
    client = sign_in("lead")
    # Its first entry names a person and a department.
    person = Person.objects.create(name="Ruth Roads")
    ruth = Stakeholder.objects.create(person=person, department=cast.roads)
    for number in range(count):
        sent = {"name": f"R. {number}", "category": "it"}
        assert client.post(f"{LIST}{ruth.pk}/edit/", sent).status_code == 302
    told(client, ruth)

    with django_assert_num_queries(6):
        told(client, ruth)


def test_nothing_written_down_says_so(sign_in, cast, ruth):
    LogEntry.objects.all().delete()

    assert "No change is written down" in told(sign_in("lead"), ruth)
