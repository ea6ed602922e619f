"""What everybody reads of a published record: its parts, its facts, its past, and nothing withheld."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from buyin.initiatives.actions import publish_record
from buyin.initiatives.models import Publication
from buyin.initiatives.queries.public import (
    PAST,
    columns,
    everything,
    facts_of,
    listed,
    measured_of,
    parts_of,
    past_of,
    state_of_register,
    values_in_use,
)
from buyin.initiatives.queries.public_sections import SECTIONS
from buyin.initiatives.record import BY_NAME, day_of
from tests.factories.accounts import PersonFactory
from tests.factories.benefits import make_benefit, make_measurement
from tests.factories.initiatives import InitiativeFactory
from tests.factories.records import change, make_record, publish

pytestmark = pytest.mark.django_db
SECRET = "Hidden Vendor Ltd"


def named(name, stage="pilot", **values):
    """Publish a record of a system with this name."""
    initiative = InitiativeFactory(name=name, stage=stage, lead=PersonFactory())
    return publish(make_record(initiative, **values))


def test_each_public_field_is_read_in_one_place_only():
    placed = [name for heading in SECTIONS for name in heading.fields]

    assert len(placed) == len(set(placed))
    assert all(BY_NAME[name].is_public for name in placed)
    assert all(set(heading.expected) <= set(heading.fields) for heading in SECTIONS)


def test_a_part_with_nothing_to_say_is_left_out_unless_people_count_on_it():
    found = {part.heading.name: part.lines for part in parts_of(publish(make_record()))}

    assert list(found) == [heading.name for heading in SECTIONS]
    assert [(line.field.name, line.words) for line in found["objecting"]] == [
        ("appeals_and_review", "")
    ]
    assert "alternatives_considered" not in {line.field.name for line in found["purpose"]}


def test_a_withheld_field_is_a_line_with_its_reason_and_no_words():
    record = make_record(vendor_name=SECRET, why={"vendor_name": "Tender"})

    lines = [line for part in parts_of(publish(record)) for line in part.lines]

    (hidden,) = [line for line in lines if line.withheld]
    assert (hidden.field.name, hidden.words, hidden.withheld) == ("vendor_name", "", "Tender")


def test_what_stands_beside_a_record_is_a_word_or_two():
    found = publish(make_record(is_high_impact="High-impact"))

    assert dict(facts_of(found)) == {
        "Stage": "Pilot",
        "In use since": "March 2026",
        str(BY_NAME["topic_area"].label): "Services to the public",
        str(BY_NAME["classification"].label): found_words("classification", "Classical ML"),
        str(BY_NAME["is_high_impact"].label): found.impact_words,
    }


def found_words(name, value):
    """Return the words of a choice as they stand beside a record."""
    choice = BY_NAME[name].choice(value)
    return str(choice.label).partition(":")[0] if choice else ""


def test_a_fact_that_is_withheld_stands_there_with_its_reason():
    found = publish(make_record(why={"topic_area": "Tender", "operational_date": "Unsure"}))

    facts = dict(facts_of(found))

    assert facts[str(BY_NAME["topic_area"].label)] == "Withheld: Tender"
    assert facts["In use since"] == "Withheld: Unsure"
    assert found.topic == ""


def test_values_that_nobody_can_choose_are_read_as_they_came():
    found = named("Odd one", topic_area="Other – Economic", is_high_impact="Perhaps")

    assert (found.topic_words, found.impact_words) == ("Other – Economic", "Perhaps")
    assert values_in_use()["impact"] == ["Perhaps"]


def test_a_description_or_why_nobody_reads_it():
    record = make_record()
    assert publish(record).description == record.values["description"]

    change(record, why={"description": "Under review"})

    assert publish(record).description == "Withheld: Under review"


def test_what_was_emptied_and_is_withheld_is_not_told_of_the_past():
    record = make_record(vendor_name=SECRET)
    publish(record)
    change(record, vendor_name="")
    publish(record)

    change(record, why={"vendor_name": "Tender"})

    current = Publication.objects.current().get()
    (told,) = past_of(current)[0].changes
    assert (told.before, told.after, told.reason) == ("", "", "Tender")
    assert SECRET not in str(past_of(current))


def test_nobody_reads_of_the_past_what_is_withheld_on_the_page_either(client):
    record = make_record(vendor_name=SECRET)
    publish(record)
    change(record, vendor_name="", why={"vendor_name": "Tender"})
    publish(record)

    page = client.get(f"/ai/{record.pk}/").text

    assert SECRET not in page
    assert "Withheld from the public:" in page


def test_what_is_open_again_is_told_once_it_is_published():
    record = make_record(vendor_name=SECRET, why={"vendor_name": "Tender"})
    publish(record)
    change(record, why={"vendor_name": ""})
    before = Publication.objects.current().get()

    assert SECRET not in str(list(parts_of(before)))
    newest = past_of(publish(record))[0]

    assert [(c.field.name, c.before, c.after) for c in newest.changes] == [
        ("vendor_name", "", SECRET)
    ]


@pytest.mark.parametrize(
    ("many", "shown", "reaches_the_first"),
    [(1, 1, True), (PAST, PAST, True), (PAST + 2, PAST, False)],
)
def test_the_past_reaches_so_far_back_and_the_oldest_is_the_first_only_if_it_is(
    many, shown, reaches_the_first
):
    now = timezone.now()
    first = publish(make_record())
    Publication.objects.bulk_create(
        Publication(
            record=first.record,
            version=first.version,
            name=first.name,
            values=first.values,
            at=now - timedelta(days=days),
            ended_at=now,
        )
        for days in range(1, many)
    )

    past = past_of(first)

    assert len(past) == shown
    assert past[0].publication == first
    assert past[-1].is_first is reaches_the_first
    assert not any(one.is_first for one in past[:-1])


def test_files_hold_public_fields_and_reasons(settings):
    settings.AGENCY_CONTACT = ""
    publish(make_record(vendor_name=SECRET, why={"vendor_name": "Tender"}))

    (values,) = everything(listed())

    assert values["vendor_name"] == "Withheld: Tender"
    assert values["operational_date"] == day_of("2026-03")
    assert "contact_email" not in values
    assert values.keys() <= set(columns())


def test_columns_of_files_are_public_and_in_the_order_of_the_form():
    found = columns()

    assert {"is_withheld", "withheld_reason"} & set(found) == set()
    assert found == sorted(found, key=list(BY_NAME).index)


@pytest.mark.parametrize(
    ("search", "names"),
    [
        ("", ["Bin finder", "Straße"]),
        ("   ", ["Bin finder", "Straße"]),
        ("STRASSE", ["Straße"]),
        ("finder bin", ["Bin finder"]),
        ("information technology", ["Straße"]),
        ("march 2026", ["Bin finder", "Straße"]),
        ("100%", []),
        ("_", []),
    ],
)
def test_words_are_found_in_any_order_and_any_case(search, names):
    named("Straße", topic_area="IT")
    named("Bin finder")

    assert [one.name for one in listed(search=search)] == names


def test_an_address_of_the_team_and_the_number_of_the_system_are_not_searched():
    named("Bin finder", id="EX-77")

    assert not listed(search="team@agency.example")
    assert not listed(search="EX-77")


def test_systems_of_one_name_stand_in_a_fixed_order():
    made = [named("Same") for _ in range(3)]

    assert list(listed()) == made


def test_what_was_taken_back_offers_no_filter():
    gone = named("Gone", topic_area="Transportation")
    named("Here")

    Publication.objects.filter(pk=gone.pk).update(ended_at=timezone.now())

    assert values_in_use()["topic"] == ["Service Delivery"]
    assert [one.name for one in listed()] == ["Here"]


def test_the_state_of_the_register_moves_with_each_change():
    states = [state_of_register()]
    record = make_record()
    publish(record)
    states.append(state_of_register())
    change(record, why={"benefits": "Under review"})
    states.append(state_of_register())
    change(record, team="Not public yet")

    assert states[0] == (0, None)
    assert len(set(states)) == 3
    assert state_of_register() == states[-1]


@pytest.mark.parametrize(
    ("shows", "why", "titles"),
    [
        (False, {}, []),
        (True, {}, ["Sooner"]),
        (True, {"benefits": "Under review"}, []),
    ],
)
def test_measured_benefits_are_read_only_where_benefits_are(shows, why, titles):
    record = make_record(why=why)
    make_measurement(make_benefit(record.initiative, title="Sooner"), 12, date(2026, 9, 30))
    make_benefit(record.initiative, title="Not measured")
    lead: Any = record.initiative.lead
    found = publish_record(actor=lead, initiative=record.initiative, seen=1, shows_benefits=shows)

    assert [one.benefit.title for one in measured_of(found)] == titles


def test_a_limit_that_was_passed_is_told_as_one_and_amounts_have_units(client):
    record = make_record()
    limit = {"is_disbenefit": True, "baseline_value": 40, "target_value": 45, "unit": "steps"}
    benefit = make_benefit(record.initiative, title="Long walks", state="not-realised", **limit)
    make_measurement(benefit, 48500, date(2026, 9, 30))
    lead: Any = record.initiative.lead
    publish_record(actor=lead, initiative=record.initiative, seen=1, shows_benefits=True)

    page = client.get(f"/ai/{record.pk}/").text

    assert "beyond its limit" in page
    assert "not realised" not in page
    assert "48,500 steps" in page


def test_what_a_system_is_in_short_is_read_before_all_else(client):
    record = make_record()
    lead: Any = record.initiative.lead
    publish_record(actor=lead, initiative=record.initiative, seen=1)

    page = client.get(f"/ai/{record.pk}/").text

    assert page.index('id="short"') < page.index('id="ask"') < page.index('id="part-purpose"')
