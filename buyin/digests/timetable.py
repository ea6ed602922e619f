"""When a report is due: Monday at eight by the reader's own clock, about the agency's last week."""

from datetime import date, datetime, time, timedelta, tzinfo

from buyin import periods

from .reports import Span

SEND_AT = time(8)
CATCH_UP = timedelta(days=3)
DAYS_OF_FIRST_WEEK = 7


def due_at(span: Span, zone: tzinfo) -> datetime:
    """Return when the report about this span is due for somebody whose clock shows this zone.

    Far in the east it is Monday before the agency's week has ended; then it is due at its end.
    """
    by_their_clock = datetime.combine(span.ends_on, SEND_AT, tzinfo=zone)
    return max(by_their_clock, periods.bounds(span.period)[1])


def is_too_late(span: Span, zone: tzinfo, now: datetime) -> bool:
    """Return whether so much time has passed since then that nobody wants the report any more."""
    return now > due_at(span, zone) + CATCH_UP


def is_month_end(span: Span) -> bool:
    """Return whether the week's report comes on the first Monday of a month."""
    return span.ends_on.day <= DAYS_OF_FIRST_WEEK


def week(period: str) -> Span:
    """Return the span of one week."""
    monday = periods.monday_of(period)
    return Span(period, monday, monday + timedelta(days=7))


def month(period: str) -> Span:
    """Return the span of the weeks from the first Monday of last month to the end of this week."""
    ends_on = week(period).ends_on
    weeks = (ends_on - _first_monday_before(ends_on)).days // 7
    return Span(period, ends_on - timedelta(weeks=weeks), ends_on, weeks)


def _first_monday_before(monday: date) -> date:
    """Return the first Monday of the month before."""
    last = monday.replace(day=1) - timedelta(days=1)
    first = last.replace(day=1)
    return first + timedelta(days=-first.weekday() % 7)
