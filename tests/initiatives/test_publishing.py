"""Publishing a record, what readers get of it, and taking it back."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from buyin.initiatives.actions import publish_record, reasons_against, take_back_record
from buyin.initiatives.models import Publication
from buyin.initiatives.queries.public import listed, past_of, state_of_register, values_in_use
from tests.factories.accounts import PersonFactory
from tests.factories.initiatives import InitiativeFactory
from tests.factories.records import change, make_record, publish

pytestmark = pytest.mark.django_db
SECRET = "Hidden Vendor Ltd"


def lead_of(record) -> Any:
    return record.initiative.lead


def secret(**values):
    return make_record(vendor_name=SECRET, why={"vendor_name": "The tender runs"}, **values)


def test_a_complete_record_is_published_as_it_is_then():
    record = make_record()

    found = publish(record, note="First")

    assert Publication.objects.current().get() == found
    assert (found.name, found.stage, found.topic) == ("Form triage", "Pilot", "Service Delivery")
    assert (found.department, found.impact) == ("Permit office", "Not High-impact")
    change(record, benefits="Not public yet")
    found.refresh_from_db()
    assert found.values["benefits"] == "Sorting takes one hour, not nine."


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"benefits": ""}, "Missing: What good"),
        (
            {"is_withheld": "Yes - Prohibited by Law", "withheld_reason": "Section 7"},
            "kept from the public",
        ),
    ],
)
def test_what_is_not_ready_is_not_published(values, words):
    record = make_record(**values)

    with pytest.raises(ValidationError, match=words):
        publish(record)

    assert not Publication.objects.exists()


def test_an_idea_is_not_published():
    lead = PersonFactory()
    record = make_record(InitiativeFactory(stage="idea", lead=lead))

    assert "still an idea" in reasons_against(record)[0]


def test_who_read_an_older_version_does_not_publish_a_newer_one():
    record = make_record()
    change(record, team="New")

    with pytest.raises(ValidationError, match="meanwhile"):
        publish_record(actor=lead_of(record), initiative=record.initiative, seen=1)


def test_what_is_withheld_is_nowhere_in_what_is_published():
    found = publish(secret())

    assert found.redactions == {"vendor_name": "The tender runs"}
    assert SECRET not in str(vars(found))
    assert SECRET.casefold() not in found.words
    assert "team@agency.example" not in str(vars(found))


def test_withholding_a_published_field_counts_at_once():
    record = make_record(vendor_name=SECRET, topic_area="IT")
    found = publish(record)
    assert SECRET.casefold() in found.words

    change(record, why={"vendor_name": "Tender", "topic_area": "Tender"})

    found.refresh_from_db()
    assert found.ended_at is None
    assert (found.topic, found.redactions) == (
        "",
        {"vendor_name": "Tender", "topic_area": "Tender"},
    )
    assert SECRET.casefold() not in str(vars(found)).casefold()


def test_withholding_the_whole_record_takes_it_out_at_once():
    record = make_record()
    publish(record)

    change(record, is_withheld="Other", withheld_reason="It names people.")

    assert not Publication.objects.current().exists()


def test_publishing_again_ends_what_stood_there_and_tells_what_changed():
    record = make_record(team="Sorting")
    publish(record)
    change(record, team="Advice")
    found = publish(record, note="A new team")

    newest, first = past_of(found)

    assert Publication.objects.current().get() == found
    assert [(c.field.name, c.before, c.after) for c in newest.changes] == [
        ("team", "Sorting", "Advice")
    ]
    assert first.is_first
    assert not newest.is_first


def test_the_past_tells_nothing_that_is_withheld_now():
    record = make_record(vendor_name=SECRET)
    publish(record)
    change(record, vendor_name="Other Ltd")
    publish(record)
    change(record, why={"vendor_name": "Tender"})
    found = publish(record)

    told = past_of(found)

    assert SECRET not in str(told)
    assert "Other Ltd" not in str(told)


def test_a_record_is_taken_back_with_a_reason():
    record = make_record()
    found = publish(record)
    before = state_of_register()

    take_back_record(actor=lead_of(record), initiative=record.initiative, reason="It was wrong")

    found.refresh_from_db()
    assert found.taken_back == "It was wrong"
    assert not Publication.objects.current().exists()
    assert state_of_register() != before


def test_what_is_not_public_cannot_be_taken_back():
    record = make_record()

    with pytest.raises(ValidationError, match="not in the register"):
        take_back_record(actor=lead_of(record), initiative=record.initiative, reason="x")


def test_nobody_else_publishes():
    record = make_record()

    with pytest.raises(PermissionDenied):
        publish(record, by=PersonFactory())


def test_the_list_is_searched_by_words_and_filtered():
    publish(make_record(team="Sorting"))
    lead = PersonFactory()
    other = InitiativeFactory(name="Traffic signals", stage="deployed", lead=lead)
    publish(make_record(other, topic_area="Transportation", is_high_impact="Not High-impact"))

    assert [one.name for one in listed()] == ["Form triage", "Traffic signals"]
    assert [one.name for one in listed(search="TRIAGE forms")] == ["Form triage"]
    assert [one.name for one in listed(stage="Deployed", topic="Transportation")] == [
        "Traffic signals"
    ]
    assert not listed(search="triage signals")
    assert values_in_use() == {
        "stage": ["Deployed", "Pilot"],
        "topic": ["Service Delivery", "Transportation"],
        "department": ["Permit office"],
        "impact": ["Not High-impact"],
    }


def test_an_empty_register_has_nothing_to_choose_from():
    assert values_in_use() == {}
