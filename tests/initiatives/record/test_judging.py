"""What is missing in a record, and what is wrong with its values."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from buyin.initiatives.record import (
    BY_NAME,
    FIELDS,
    Share,
    Tier,
    Value,
    Values,
    Weight,
    check,
    completeness,
    day_of,
    missing,
    problems_of,
)

DRAFT: dict[str, Value] = {
    "use_case_name": "Form triage",
    "agency_bureau": "Permits",
    "description": "Sorts forms. People decide.",
    "contact_email": "ai@example.gov",
    "is_withheld": "No",
    "problem_solved": "Staff sort 400 forms a day.",
    "is_high_impact": "Not High-impact",
    "development_stage": "Retired",
}
RETIRED: Values = {**DRAFT, "id": "EX-1", "retired_date": day_of("2026-03")}


def test_an_empty_record_misses_what_every_record_needs():
    assert "description" in [field.name for field in missing({})]
    assert completeness({}) == Share(0, 8)
    assert completeness({}).percent == 0


def test_of_an_idea_no_stage_is_missed_that_only_the_initiative_can_say():
    assert "development_stage" not in [field.name for field in missing({})]


def test_a_field_is_missing_until_something_is_written_in_it():
    assert [field.name for field in missing(DRAFT)] == ["id", "retired_date"]
    assert [field.name for field in missing({**DRAFT, "id": " "})] == ["id", "retired_date"]
    assert missing(DRAFT, tier=Tier.DRAFT) == []
    assert missing(RETIRED) == []
    assert completeness(RETIRED) == Share(10, 10)


def test_one_missing_field_of_many_is_not_rounded_away():
    assert Share(199, 200).percent == 99
    assert Share(200, 200).percent == 100
    assert Share(0, 0).percent == 100


def test_a_whole_record_has_no_problems():
    assert check(RETIRED) == {}


@pytest.mark.parametrize(
    ("name", "value", "weight", "words"),
    [
        ("no_such_field", "x", Weight.ERROR, "no such field"),
        ("topic_area", ["IT"], Weight.ERROR, "not the kind"),
        ("demographic_features", "Age", Weight.ERROR, "not the kind"),
        ("operational_date", "2026-01-01", Weight.ERROR, "not the kind"),
        ("team", "x" * 301, Weight.ERROR, "300 characters"),
        ("topic_area", "Other – Economic", Weight.WARNING, "“Other – Economic” is none"),
        ("demographic_features", ["Age", "Shoe size"], Weight.WARNING, "“Shoe size” is none"),
        ("operational_date", day_of("spring"), Weight.WARNING, "No date"),
        ("contact_email", "a@b.example; c@d.example", Weight.WARNING, "one mail address"),
        ("website_url", "javascript:alert(1)", Weight.WARNING, "web address"),
        ("website_url", "To be posted", Weight.WARNING, "web address"),
    ],
)
def test_what_does_not_fit_is_named(name, value, weight, words):
    ((found, problems),) = check({name: value}).items()

    assert found == name
    assert [problem.weight for problem in problems] == [weight]
    assert words in problems[0].text


def test_each_unknown_value_is_named_for_itself():
    problems = problems_of(BY_NAME["demographic_features"], ["Left", "Age", "Right"])

    assert [problem.text.split("”")[0] for problem in problems] == ["“Left", "“Right"]


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: field.name)
def test_every_value_that_may_be_chosen_passes(field):
    for choice in field.choices:
        value = [choice.value] if field.kind == "multi" else choice.value

        assert problems_of(field, value) == []


@given(st.dictionaries(st.sampled_from([f.name for f in FIELDS]), st.text(max_size=40)))
def test_no_text_breaks_the_checks(values):
    share = completeness(values, atrs=True)

    check(values)
    assert 0 <= share.filled <= share.needed
    assert len(missing(values, atrs=True)) == share.needed - share.filled


@pytest.mark.parametrize(
    ("typed", "date", "precision"),
    [
        ("2026-03-02", "2026-03-02", "day"),
        (" 2026-3 ", "2026-03-01", "month"),
        ("2026", "2026-01-01", "year"),
        ("2026-13", "", ""),
        ("2026-02-30", "", ""),
        ("0000", "", ""),
        ("spring", "", ""),
    ],
)
def test_a_day_is_read_as_exactly_as_it_was_said(typed, date, precision):
    assert day_of(typed) == {"text": typed.strip(), "date": date, "precision": precision}
