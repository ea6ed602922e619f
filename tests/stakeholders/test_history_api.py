"""Who changed what, and with whom contact is overdue, for programs: as far as each may read it."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from buyin.stakeholders.actions import assess, note_engagement
from buyin.stakeholders.models import Stakeholder
from tests.factories.initiatives import InitiativeFactory
from tests.factories.plan import make_activity
from tests.factories.stakeholders import InterestFactory, StakeholderFactory

API = "/api/v1/"
JSON = "application/json"


@pytest.fixture
def ruth(cast):
    return StakeholderFactory(name="Ruth Roads", department=cast.roads)


def changes(client, one):
    return client.get(f"{API}stakeholders/{one.pk}/changes/").json()["results"]


def ago(days):
    return timezone.localdate() - timedelta(days=days)


def met(cast, one, days):
    note_engagement(
        actor=cast.lead, participants=[one], kind="call", day=ago(days), summary="They spoke."
    )


# Who changed what


def test_a_change_is_told_with_who_made_it_and_from_what_to_what(sign_in, ruth):
    client = sign_in("coordinator")
    sent = {"name": "Ruth Roads", "category": "it"}
    client.put(f"{API}stakeholders/{ruth.pk}/", sent, JSON)

    found = changes(client, ruth)[0]

    assert {name: found[name] for name in ("by", "kind", "record", "did", "differences")} == {
        "by": "Coordinator Persona", "kind": "stakeholder", "record": "Ruth Roads",
        "did": "changed",
        "differences": [{"field": "category", "was": "Decision-maker", "becomes": "IT"}],
    }  # fmt: skip


def test_that_somebody_was_added_is_told_with_what_they_were_added_as(sign_in):
    client = sign_in("coordinator")
    sent = {"form": str(uuid4()), "kind": "group", "name": "Nights", "category": "end-user",
            "department": "roads"}  # fmt: skip
    made = client.post(f"{API}stakeholders/", sent, JSON).json()

    found = changes(client, Stakeholder.objects.get(pk=made["id"]))

    assert {(one["did"], one["by"]) for one in found} == {("added", "Coordinator Persona")}
    assert {one["kind"] for one in found} == {"group", "stakeholder"}


def test_changes_come_the_newest_first_and_a_part_at_a_time(sign_in, ruth):
    client = sign_in("lead")
    for category in ("it", "union", "vendor"):
        client.put(
            f"{API}stakeholders/{ruth.pk}/", {"name": "Ruth Roads", "category": category}, JSON
        )

    address = f"{API}stakeholders/{ruth.pk}/changes/"
    first, then = (
        client.get(address, {"limit": 1, "offset": n}).json()["results"] for n in range(2)
    )

    assert first[0]["differences"][0]["becomes"] == "Vendor"
    assert then[0]["differences"][0]["becomes"] == "Union"


def test_what_is_thought_for_initiatives_that_one_may_not_open_stays_out(sign_in, cast, ruth):
    for unit, why in ((cast.roads, "Said of Roads"), (cast.clinic, "Said of Clinic")):
        about = InterestFactory(stakeholder=ruth, initiative=InitiativeFactory(departments=[unit]))
        assess(actor=cast.lead, about=about, current=1, rationale=why)

    told = {who: str(changes(sign_in(who), ruth)) for who in ("coordinator", "lead")}

    assert "Said of Roads" in told["coordinator"]
    assert "Said of Clinic" not in told["coordinator"]
    assert "Said of Clinic" in told["lead"]


@pytest.mark.parametrize("who", ["executive", "neighbour", "staff"])
def test_who_may_not_change_the_record_reads_no_changes(sign_in, cast, ruth, who):
    ruth.person.user = cast.staff
    ruth.person.save()

    assert sign_in(who).get(f"{API}stakeholders/{ruth.pk}/changes/").status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_changes_need_as_many_queries_for_many_as_for_one(
    sign_in, ruth, django_assert_num_queries, count
):
    client = sign_in("lead")
    for n in range(count):
        for who in ("lead", "staff"):
            said = {"name": f"Ruth {n}", "category": "it", "owner": f"{who}@fairhaven.example"}
            client.put(f"{API}stakeholders/{ruth.pk}/", said, JSON)
    changes(client, ruth)  # which kinds of records there are is asked once in a process

    with django_assert_num_queries(5):
        assert len(changes(client, ruth)) > count


# Overdue contact


def test_contact_is_overdue_by_what_is_set_or_planned(sign_in, cast, ruth):
    never = StakeholderFactory(name="Nora Never", department=cast.roads, cadence=7)
    planned = make_activity(ruth, owner=cast.lead, cadence=30)
    met(cast, ruth, 40)
    fresh = StakeholderFactory(name="Fresh", department=cast.roads, cadence=30)
    met(cast, fresh, 3)

    assert sign_in("coordinator").get(f"{API}overdue-contact/").json()["results"] == [
        {"stakeholder": never.pk, "name": "Nora Never", "cadence": 7, "last": None,
         "days_late": None, "planned": None},
        {"stakeholder": ruth.pk, "name": "Ruth Roads", "cadence": 30, "last": str(ago(40)),
         "days_late": 10, "planned": planned.pk},
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("who", "count"), [("coordinator", 1), ("executive", 2), ("staff", 0), ("neighbour", 0)]
)
def test_contact_is_told_of_those_with_whom_one_works(sign_in, cast, who, count):
    for department in (cast.roads, cast.clinic):
        StakeholderFactory(department=department, cadence=7)

    assert sign_in(who).get(f"{API}overdue-contact/").json()["count"] == count


def test_who_does_not_want_to_be_contacted_is_not_overdue(sign_in, cast, ruth):
    Stakeholder.objects.update(cadence=7)
    lead = sign_in("lead")
    assert lead.get(f"{API}overdue-contact/").json()["count"] == 1

    said = {"kind": "withdrawn", "basis": "By mail"}
    lead.post(f"{API}stakeholders/{ruth.pk}/consent/", said, JSON)

    assert lead.get(f"{API}overdue-contact/").json()["count"] == 0


def test_overdue_contact_comes_a_part_at_a_time(sign_in, cast):
    for n in range(3):
        one = StakeholderFactory(department=cast.roads, cadence=7)
        if n:
            met(cast, one, 20 + n)
    lead = sign_in("lead")

    parts = [lead.get(f"{API}overdue-contact/", {"limit": 1, "offset": n}).json() for n in range(4)]

    assert {one["count"] for one in parts} == {3}
    days = [row["last"] for one in parts for row in one["results"]]
    assert days == [None, str(ago(22)), str(ago(21))]


@pytest.mark.parametrize("count", [1, 3])
def test_overdue_contact_needs_as_many_queries_for_many_as_for_one(
    sign_in, cast, django_assert_num_queries, count
):
    for _ in range(count):
        met(cast, StakeholderFactory(department=cast.roads, cadence=7), 20)
    lead = sign_in("lead")

    with django_assert_num_queries(3):
        assert lead.get(f"{API}overdue-contact/").json()["count"] == count


def test_a_filter_that_there_is_not_is_refused(sign_in, ruth):
    for address in ("overdue-contact/", f"stakeholders/{ruth.pk}/changes/"):
        answer = sign_in("lead").get(f"{API}{address}?day={date(2026, 1, 1)}")
        assert answer.json() == {"day": ["There is no such filter."]}
