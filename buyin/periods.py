"""Weeks: the period of snapshots and reports, as ISO 8601 counts them, in the agency's time zone."""

import re
from datetime import date, datetime, time, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

_PATTERN = re.compile(r"([12]\d{3})-W(\d{2})", re.ASCII)


def week_of(moment: date | datetime) -> str:
    """Return the week of a day, or of a moment as the agency's clock shows it: "2026-W47"."""
    if isinstance(moment, datetime):
        moment = timezone.localtime(moment, timezone.get_default_timezone()).date()
    year, week, _weekday = moment.isocalendar()
    return f"{year:04d}-W{week:02d}"


def monday_of(period: str) -> date:
    """Return the first day of a week; a ValueError says what is wrong with the period."""
    match = _PATTERN.fullmatch(period)
    if not match:
        raise ValueError(
            _("“%(period)s” is not a week. Write it as 2026-W47.") % {"period": period}
        )
    try:
        return date.fromisocalendar(int(match[1]), int(match[2]), 1)
    except ValueError:
        message = _("The year %(year)s has no week %(week)s.") % {
            "year": match[1],
            "week": match[2],
        }
        raise ValueError(message) from None


def name_of(period: str) -> str:
    """Return a week as people say it: "Week 47, 2026"."""
    year, week, _day = monday_of(period).isocalendar()
    return _("Week %(week)d, %(year)d") % {"week": week, "year": year}


def bounds(period: str) -> tuple[datetime, datetime]:
    """Return the week's half-open bounds: Monday's midnight and that of the next Monday.

    Both are midnights of the agency's clock, so a week in which the clocks change lasts an hour
    more or less than 168.
    """
    monday = monday_of(period)
    return _midnight(monday), _midnight(monday + timedelta(days=7))


def previous(period: str, *, weeks: int = 1) -> str:
    """Return the week that lies so many weeks before this one."""
    return week_of(monday_of(period) - timedelta(weeks=weeks))


def following(period: str, *, weeks: int = 1) -> str:
    """Return the week that lies so many weeks after this one."""
    return previous(period, weeks=-weeks)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, tzinfo=timezone.get_default_timezone())
