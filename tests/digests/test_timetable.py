"""When a report is due, where the clocks differ."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from buyin import periods
from buyin.accounts.models import User
from buyin.digests import timetable

WEEK = timetable.week("2026-W47")


@pytest.mark.parametrize(
    ("zone", "due"),
    [
        ("UTC", datetime(2026, 11, 23, 8, tzinfo=UTC)),
        ("America/New_York", datetime(2026, 11, 23, 13, tzinfo=UTC)),
        ("Pacific/Honolulu", datetime(2026, 11, 23, 18, tzinfo=UTC)),
        # It is Monday morning in Kiritimati while the agency's Sunday is not over.
        ("Pacific/Kiritimati", datetime(2026, 11, 23, 0, tzinfo=UTC)),
        ("Nowhere/Atall", datetime(2026, 11, 23, 8, tzinfo=UTC)),
        ("", datetime(2026, 11, 23, 8, tzinfo=UTC)),
    ],
)
def test_a_report_is_due_at_eight_by_the_readers_clock_but_not_before_the_week_is_over(zone, due):
    assert timetable.due_at(WEEK, User(time_zone=zone).zone) == due


def test_a_week_in_which_the_clocks_change_is_due_at_eight_all_the_same():
    berlin = ZoneInfo("Europe/Berlin")
    autumn = timetable.due_at(timetable.week("2026-W43"), berlin)
    spring = timetable.due_at(timetable.week("2026-W13"), berlin)

    assert autumn.astimezone(UTC) == datetime(2026, 10, 26, 7, tzinfo=UTC)
    assert spring.astimezone(UTC) == datetime(2026, 3, 30, 6, tzinfo=UTC)


def test_the_week_53_is_followed_by_the_first_of_the_next_year():
    span = timetable.week("2026-W53")

    assert (span.starts_on, span.ends_on) == (date(2026, 12, 28), date(2027, 1, 4))
    assert periods.following("2026-W53") == "2027-W01"


def test_after_three_days_a_report_is_too_late():
    zone = ZoneInfo("UTC")
    last = timetable.due_at(WEEK, zone) + timetable.CATCH_UP

    assert not timetable.is_too_late(WEEK, zone, last)
    assert timetable.is_too_late(WEEK, zone, last + timedelta(seconds=1))


@pytest.mark.parametrize(
    ("period", "weeks", "starts_on"),
    [("2026-W49", 5, date(2026, 11, 2)), ("2026-W44", 4, date(2026, 10, 5))],
)
def test_a_month_reaches_back_to_the_first_monday_of_the_month_before(period, weeks, starts_on):
    span = timetable.month(period)

    assert (span.weeks, span.starts_on) == (weeks, starts_on)
    assert timetable.is_month_end(span)


def test_only_the_first_monday_of_a_month_ends_a_month():
    assert not timetable.is_month_end(WEEK)
