"""What the portal knows for a record, taken over when asked; and how a record reads by group."""

from datetime import date
from decimal import Decimal

import pytest

from buyin.initiatives.queries.record import Fact, facts_for, record_of
from buyin.initiatives.queries.record_facts import assessed, measured
from buyin.initiatives.queries.record_rows import sections_of
from buyin.initiatives.record import BY_NAME, FIELDS, GROUPS
from tests.factories.benefits import make_benefit, make_measurement
from tests.factories.impact import make_impact
from tests.factories.initiatives import InitiativeFactory
from tests.factories.records import change, make_record


@pytest.fixture
def record(cast):
    """Return the record of an initiative of Roads, kept by the lead persona."""
    initiative = InitiativeFactory(name="Pothole sorter", stage="pilot", departments=[cast.roads])
    return make_record(initiative, by=cast.lead)


def at(record, page=""):
    return f"/initiatives/{record.initiative_id}/record/{page}"


@pytest.mark.parametrize(
    ("fact", "value", "after"),
    [
        (Fact("benefits", "New", ""), None, "New"),
        (Fact("benefits", "New", ""), "Old", "Old\n\nNew"),
        (Fact("demographic_features", "Age", ""), None, ["Age"]),
        (Fact("demographic_features", "Age", ""), ["Income"], ["Income", "Age"]),
        (Fact("topic_area", "IT", ""), "HR", "IT"),
        (Fact("team", "Advice", ""), "Sorting", "Advice"),
    ],
)
def test_a_fact_joins_what_stands_there_or_takes_its_place(fact, value, after):
    assert fact.added_to(value) == after


@pytest.mark.parametrize(
    ("value", "is_there"),
    [(None, False), ("", False), ("Old", False), ("Old\n\nNew", True), ("New", True)],
)
def test_a_fact_is_known_once_the_record_says_so(value, is_there):
    assert Fact("benefits", "New", "").is_in(value) is is_there


def test_a_fact_reads_in_the_words_of_its_field():
    assert Fact("topic_area", "HR", "").words == "Human resources"
    assert Fact("topic_area", "HR", "").field is BY_NAME["topic_area"]


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (Decimal("12.5000"), "12.5 days"),
        (Decimal("48500.0000"), "48,500 days"),
        (Decimal(0), "0 days"),
    ],
)
def test_a_measured_benefit_is_a_sentence_with_its_day(record, value, words):
    benefit = make_benefit(record.initiative, title="Sorted sooner")
    make_measurement(benefit, value, date(2026, 9, 30))

    (fact,) = measured(record.initiative)

    assert fact.value == f"Sorted sooner: {words} (measured on 30 September 2026)."
    assert fact.url.endswith(f"/benefits/{benefit.pk}/")


def test_the_newest_finished_impact_assessment_is_offered_with_its_level(record, time_machine):
    time_machine.move_to("2026-10-12 10:00Z", tick=False)
    assert not list(assessed(record.initiative))
    make_impact(record.initiative)
    make_impact(record.initiative, is_finished=False)

    (fact,) = assessed(record.initiative)

    said = "Impact assessment of 12 October 2026: level I of IV, little to no impact. "
    assert fact.name == "impact_assessment"
    assert fact.value.startswith(said)
    assert fact.value.endswith(" questions that count were left open.")
    assert fact.url.endswith("/assessment/1/")


def test_only_the_newest_measurement_of_each_benefit_is_offered(record):
    benefit = make_benefit(record.initiative, title="Sorted sooner")
    make_measurement(benefit, 30, date(2026, 3, 31))
    make_measurement(benefit, 12, date(2026, 9, 30))
    make_benefit(record.initiative, title="Never measured")

    values = [fact.value for fact in facts_for(record)]

    assert len(values) == 1
    assert "12 days" in values[0]


def test_the_summary_is_offered_until_the_record_describes_the_system(cast, sign_in):
    initiative = InitiativeFactory(summary="Reads letters.", departments=[cast.roads])
    client = sign_in("lead")
    (fact,) = client.get(f"/initiatives/{initiative.pk}/record/").context["facts"]

    sent = {"name": fact.name, "value": fact.value}
    client.post(f"/initiatives/{initiative.pk}/record/fact/", sent)

    record = record_of(initiative)
    assert record.values == {"description": "Reads letters."}
    assert facts_for(record) == []
    initiative.summary = "Reads all letters."
    initiative.save()
    assert facts_for(record_of(initiative)) == []


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_summary_of_several_lines_is_taken_over_as_browsers_send_it(cast, sign_in, end):
    summary = f"Reads letters.{end}Sorts them."
    initiative = InitiativeFactory(summary=summary, departments=[cast.roads])

    sent = {"name": "description", "value": "Reads letters.\r\nSorts them."}
    sign_in("lead").post(f"/initiatives/{initiative.pk}/record/fact/", sent)

    assert record_of(initiative).values == {"description": "Reads letters.\nSorts them."}


def test_what_others_measured_is_not_offered(record):
    other = make_benefit(InitiativeFactory(), title="Elsewhere")
    make_measurement(other, 12, date(2026, 9, 30))

    assert facts_for(record) == []


def test_a_fact_that_does_not_fit_any_more_is_refused_and_said(record, cast, sign_in):
    longest = BY_NAME["benefits"].longest
    change(record, by=cast.lead, benefits="x" * longest)
    make_measurement(make_benefit(record.initiative), 12, date(2026, 9, 30))
    client = sign_in("lead")
    (fact,) = client.get(at(record)).context["facts"]

    answer = client.post(at(record, "fact/"), {"name": fact.name, "value": fact.value}, follow=True)

    assert f"longer than {longest} characters" in answer.text
    record.refresh_from_db()
    assert record.values["benefits"] == "x" * longest


def test_a_fact_taken_over_twice_stands_there_once(record, sign_in):
    make_measurement(make_benefit(record.initiative), 12, date(2026, 9, 30))
    client = sign_in("lead")
    (fact,) = client.get(at(record)).context["facts"]
    sent = {"name": fact.name, "value": fact.value}

    client.post(at(record, "fact/"), sent)
    again = client.post(at(record, "fact/"), sent, follow=True)

    assert "The record says so already." in again.text
    record.refresh_from_db()
    assert record.values["benefits"].count(fact.value) == 1


def test_who_may_only_read_is_offered_nothing_and_takes_nothing_over(record, sign_in):
    make_measurement(make_benefit(record.initiative), 12, date(2026, 9, 30))
    (fact,) = facts_for(record)
    client = sign_in("staff")

    assert client.get(at(record)).context["facts"] == []
    answer = client.post(at(record, "fact/"), {"name": fact.name, "value": fact.value})

    assert answer.status_code == 404
    assert record.versions.count() == 1


def test_a_fact_makes_the_first_version_of_a_record(cast, sign_in):
    initiative = InitiativeFactory(name="New", departments=[cast.roads])
    make_measurement(make_benefit(initiative, title="Sooner"), 12, date(2026, 9, 30))
    (fact,) = facts_for(record_of(initiative))

    answer = sign_in("lead").post(
        f"/initiatives/{initiative.pk}/record/fact/", {"name": fact.name, "value": fact.value}
    )

    assert answer.headers["Location"].endswith("/record/purpose/#id_benefits")
    assert record_of(initiative).values == {"benefits": fact.value}
    assert record_of(initiative).revision == 1


def test_every_field_stands_in_its_section_or_is_counted(record):
    sections = sections_of(record)

    assert [section.group for section in sections] == list(GROUPS)
    assert sum(len(one.lines) + len(one.empty) for one in sections) == len(FIELDS)


def test_a_section_shows_what_is_said_what_is_missing_and_what_is_withheld(record, cast):
    changed = change(record, by=cast.lead, benefits="", team="Sorting", why={"team": "Names"})

    lines = {line.field.name: line for section in sections_of(changed) for line in section.lines}

    assert (lines["team"].words, lines["team"].withheld) == ("Sorting", "Names")
    assert (lines["benefits"].words, lines["benefits"].is_missing) == ("", True)
    assert lines["use_case_name"].words == "Pothole sorter"
    assert "website_url" not in lines
    assert [name for name, line in lines.items() if line.is_missing] == ["benefits"]


@pytest.mark.parametrize(
    ("empty", "words"),
    [(1, "1 more field is empty and not needed"), (2, "2 more fields are empty and not needed")],
)
def test_empty_fields_are_counted_in_words(record, cast, sign_in, empty, words):
    group = next(one for one in GROUPS if one.name == "answers")
    filled = [field.name for field in group.fields][empty:]
    change(record, by=cast.lead, **dict.fromkeys(filled, "Said."))

    page = sign_in("staff").get(at(record)).text

    assert words in " ".join(page.split())
    assert all(str(field.label) in page for field in group.fields[:empty])


@pytest.mark.parametrize(("atrs", "needed"), [(False, False), (True, True)])
def test_an_agency_that_follows_the_uk_standard_is_asked_for_more(
    record, sign_in, settings, atrs, needed
):
    settings.FOLLOWS_ATRS = atrs

    missing = {field.name for field in sign_in("lead").get(at(record)).context["missing"]}

    assert ("senior_responsible_owner" in missing) is needed
