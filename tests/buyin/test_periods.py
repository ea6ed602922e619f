"""Weeks: years with 53 of them, clocks that change, and what is no week."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from buyin import periods

HOUR = timedelta(hours=1)


@pytest.fixture
def berlin(settings):
    settings.TIME_ZONE = "Europe/Berlin"


@pytest.mark.parametrize(
    ("day", "week"),
    [
        (date(2026, 11, 16), "2026-W47"),
        (date(2026, 12, 31), "2026-W53"),
        (date(2027, 1, 3), "2026-W53"),
        (date(2027, 1, 4), "2027-W01"),
        (date(2024, 12, 30), "2025-W01"),
    ],
)
def test_a_day_belongs_to_its_iso_week(day, week):
    assert periods.week_of(day) == week


def test_a_moment_belongs_to_the_week_on_the_agencys_clock(berlin):
    sunday_night_in_utc = datetime(2026, 11, 22, 23, 30, tzinfo=UTC)

    assert periods.week_of(sunday_night_in_utc) == "2026-W48"


def test_a_week_begins_on_monday_midnight_of_the_agency(berlin):
    start, end = periods.bounds("2026-W47")

    assert start.isoformat() == "2026-11-16T00:00:00+01:00"
    assert end.isoformat() == "2026-11-23T00:00:00+01:00"


@pytest.mark.parametrize(("week", "hours"), [("2026-W13", 167), ("2026-W43", 169)])
def test_a_week_in_which_the_clocks_change_is_an_hour_off(berlin, week, hours):
    start, end = (bound.astimezone(UTC) for bound in periods.bounds(week))

    assert (end - start) / HOUR == hours


def test_the_week_after_the_53rd_is_the_first():
    assert periods.following("2026-W53") == "2027-W01"
    assert periods.previous("2027-W01") == "2026-W53"
    assert periods.previous("2027-W01", weeks=3) == "2026-W51"


@given(st.dates(min_value=date(1990, 1, 1), max_value=date(2200, 1, 1)))
def test_a_week_holds_its_days_and_the_next_begins_where_it_ends(day):
    week = periods.week_of(day)

    assert periods.monday_of(week) <= day < periods.monday_of(week) + timedelta(days=7)
    assert periods.bounds(week)[1] == periods.bounds(periods.following(week))[0]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("2025-W53", "The year 2025 has no week 53."),
        ("2026-W00", "The year 2026 has no week 00."),
        ("2026-47", "“2026-47” is not a week. Write it as 2026-W47."),
        ("9999-W52", "“9999-W52” is not a week. Write it as 2026-W47."),
        ("2026-W4", "“2026-W4” is not a week. Write it as 2026-W47."),
    ],
)
def test_what_is_no_week_is_named(text, said):
    with pytest.raises(ValueError, match="week") as refusal:
        periods.monday_of(text)

    assert str(refusal.value) == said
