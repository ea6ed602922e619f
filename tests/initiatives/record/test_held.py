"""What holds for all values of a record, whatever people and files write into it."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from buyin.initiatives.record import (
    BY_NAME,
    FIELDS,
    STAGE_CODES,
    Kind,
    Share,
    Value,
    Weight,
    check,
    completeness,
    day_of,
    is_filled,
    missing,
    open_values,
    pairs,
    public,
    shown,
    texts_of,
    whole,
    withheld,
)
from buyin.initiatives.record.days import in_words

NAMES = st.sampled_from([field.name for field in FIELDS])
VALUES = st.one_of(
    st.text(max_size=20),
    st.lists(st.text(max_size=8), max_size=3),
    st.text(max_size=12).map(day_of),
)
RECORDS = st.dictionaries(NAMES, VALUES, max_size=8)
TYPED = st.dictionaries(NAMES, st.text(max_size=9), max_size=8)
REASONS = st.dictionaries(NAMES, st.text(min_size=1, max_size=9), max_size=5)
STAGES = st.sampled_from(sorted(STAGE_CODES))
PRIVATE = {"is_withheld", "withheld_reason"}


@given(RECORDS, REASONS)
def test_what_is_withheld_or_private_is_never_open(values, reasons):
    found = open_values(values, reasons)

    assert not found.keys() & (reasons.keys() | PRIVATE)
    assert all(values[name] == value for name, value in found.items())
    assert found.keys() == values.keys() - reasons.keys() - PRIVATE


@given(RECORDS, REASONS)
def test_the_public_reads_a_reason_only_for_what_there_is(values, reasons):
    found = public(values, reasons)

    assert found.keys() <= values.keys()
    for name in reasons.keys() & values.keys():
        assert found[name] == withheld(reasons[name])


@given(RECORDS, st.text(max_size=20), STAGES)
def test_a_whole_record_keeps_all_but_name_and_stage_and_is_whole_already(values, name, stage):
    once = whole(values, name=name, stage=stage)

    kept = {"use_case_name", "development_stage"}
    assert {n: v for n, v in once.items() if n not in kept} == {
        n: v for n, v in values.items() if n not in kept and is_filled(v)
    }
    assert str(once["use_case_name"]).startswith(name)
    assert whole(once, name=name, stage=stage) == once


@given(RECORDS)
def test_every_value_can_be_checked_and_read_aloud(values):
    problems = check(values)

    assert problems.keys() <= values.keys()
    for name, value in values.items():
        assert isinstance(shown(BY_NAME[name], value), str)
        assert all(isinstance(text, str) for text in texts_of(value))


@given(TYPED, st.booleans())
def test_filling_one_more_field_never_makes_a_record_less_complete(values, atrs):
    lacking = missing(values, atrs=atrs)
    share = completeness(values, atrs=atrs)

    assert Share(share.needed - len(lacking), share.needed) == share
    for field in lacking:
        if field.kind is Kind.LONG:
            filled = completeness(values | {field.name: "Now it is said."}, atrs=atrs)
            assert filled == Share(share.filled + 1, share.needed)


@given(st.dates(min_value=datetime.date(1000, 1, 1)))
def test_a_day_is_read_back_as_it_was_typed(day):
    found = day_of(day.isoformat())

    assert found == {"text": day.isoformat(), "date": day.isoformat(), "precision": "day"}
    assert str(day.year) in in_words(found)


@given(st.text(max_size=12))
def test_what_is_no_date_is_kept_as_it_was_typed(text):
    found = day_of(text)

    assert found["text"] == text.strip()
    assert bool(found["date"]) == bool(found["precision"])
    if not found["date"]:
        assert in_words(found) == text.strip()


@pytest.mark.parametrize(
    "typed",
    ["26-03-02", "2026/03/02", "2026-3-2-1", "2026-00", "2026-1-32", "٢٠٢٦", "2026-03-", "x2026"],
)
def test_other_ways_to_write_a_date_are_not_guessed(typed):
    assert day_of(typed) == {"text": typed, "date": "", "precision": ""}


def test_a_leap_day_is_a_day_in_leap_years_only():
    assert day_of("2028-02-29")["precision"] == "day"
    assert day_of("2027-02-29")["precision"] == ""


@given(st.lists(st.tuples(st.text("ab c", min_size=1), st.text("de\n")), max_size=4))
def test_myths_are_read_back_pair_by_pair(written):
    kept = [
        (belief.strip(), "\n".join(line for line in fact.split("\n") if line.strip()).strip())
        for belief, fact in written
        if belief.strip()
    ]
    text = "\n\n".join(f"{belief}\n{fact}" for belief, fact in kept)

    assert list(pairs(text)) == kept


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: field.name)
def test_a_value_may_be_as_long_as_its_field_and_no_longer(field):
    def of(length: int) -> Value:
        text = "x" * length
        if field.kind is Kind.MULTI:
            return [text]
        return {"text": text, "date": "", "precision": ""} if field.kind is Kind.DATE else text

    def errors(value: Value) -> list[str]:
        found = check({field.name: value}).get(field.name, [])
        return [problem.text for problem in found if problem.weight is Weight.ERROR]

    assert errors(of(field.longest)) == []
    assert errors(of(field.longest + 1)) == [f"This is longer than {field.longest} characters."]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("contact_email", "ai@agency.example"),
        ("contact_email", "first.last+ai@sub.agency.example"),
        ("website_url", "https://agency.example/ai?x=1#y"),
        ("website_url", "HTTP://AGENCY.EXAMPLE"),
        ("operational_date", day_of("2026")),
    ],
)
def test_what_fits_is_not_spoken_of(name, value):
    assert check({name: value}) == {}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("contact_email", "ai@agency"),
        ("contact_email", "ai @agency.example"),
        ("contact_email", "<ai@agency.example>"),
        ("contact_email", "ai@agency.example."),
        ("website_url", "agency.example"),
        ("website_url", "ftp://agency.example"),
        ("website_url", "https://agency.example/a b"),
        ("website_url", "https://agency.example\n"),
        ("operational_date", {"text": "x", "date": "2026-13-01", "precision": "day"}),
        ("operational_date", {"text": "x", "date": "2026-03-01", "precision": "week"}),
    ],
)
def test_what_hardly_fits_is_a_warning(name, value):
    ((_name, problems),) = check({name: value}).items()

    assert [problem.weight for problem in problems] == [Weight.WARNING]


@pytest.mark.parametrize("empty", ["", [], None])
@pytest.mark.parametrize("name", ["team", "topic_area", "demographic_features", "retired_date"])
def test_emptying_a_field_is_never_wrong(name, empty):
    assert check({name: empty}) == {}
