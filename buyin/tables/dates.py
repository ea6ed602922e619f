"""Dates as people write them into lists: what was written, the day it means, how exactly."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import TypedDict

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            ("jan", "january"),
            ("feb", "february"),
            ("mar", "march"),
            ("apr", "april"),
            ("may",),
            ("jun", "june"),
            ("jul", "july"),
            ("aug", "august"),
            ("sep", "sept", "september"),
            ("oct", "october"),
            ("nov", "november"),
            ("dec", "december"),
        ),
        start=1,
    )
    for name in names
}
# Read once from left to right, however many blanks somebody sends; so are all patterns for cells.
CLOCK = re.compile(
    r"(?<![T\s])[T\s]++\d{1,2}:\d{2}(:\d{2})?(\.\d+)?\s*(am|pm)?(z|[+-]\d\d:?\d\d)?$", re.IGNORECASE
)
# The day from which spreadsheets count; the year 2024 in a cell of dates shows as a day in 1905.
SPREADSHEET_BEGINS = date(1899, 12, 30)
YEARS_SHOWN_AS_DAYS = range(1905, 1906)
EARLIEST, LATEST = 1950, 2100
CENTURY, THIS_CENTURY = 100, 70

DAY, MONTH, YEAR = "day", "month", "year"
DAY_FIRST, EITHER = "day-first", "either"  # how a date with slashes is written
SLASHES = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4}|\d{2})")
MONTHS_A_YEAR = 12
Found = tuple[date, str]
Shape = Callable[[re.Match[str]], Found | None]


class Day(TypedDict):
    """A date as it was written, with the day it means and how exactly it was said.

    `date` is the first day of what was said (ISO), empty where nobody can tell; `precision` is
    day, month, year or empty.
    """

    text: str
    date: str
    precision: str


def _day(year: int, month: int, day: int) -> Found | None:
    try:
        found = date(year, month, day)
    except ValueError:
        return None
    if found.year in YEARS_SHOWN_AS_DAYS:
        return _year((found - SPREADSHEET_BEGINS).days)
    return (found, DAY) if EARLIEST <= year <= LATEST else None


def _month(year: int, month: int) -> Found | None:
    is_one = EARLIEST <= year <= LATEST and month in range(1, 13)
    return (date(year, month, 1), MONTH) if is_one else None


def _year(year: int) -> Found | None:
    return (date(year, 1, 1), YEAR) if EARLIEST <= year <= LATEST else None


def _full(year: str) -> int:
    number = int(year)
    if number >= CENTURY:
        return number
    return number + (2000 if number < THIS_CENTURY else 1900)


def _named(name: str) -> int:
    return MONTHS.get(name.casefold().rstrip("."), 0)


def _day_of_slashes(found: re.Match[str]) -> Found | None:
    """Read month first, as the federal form is; day first where it cannot be otherwise."""
    first, second, year = int(found[1]), int(found[2]), _full(found[3])
    return _day(year, first, second) or _day(year, second, first)


def _serial(found: re.Match[str]) -> Found | None:
    day = SPREADSHEET_BEGINS + timedelta(days=int(found[0]))
    return _day(day.year, day.month, day.day)


SHAPES: tuple[tuple[str, Shape], ...] = (
    (r"(\d{4})-(\d{1,2})-(\d{1,2})", lambda m: _day(int(m[1]), int(m[2]), int(m[3]))),
    (r"(\d{4})[-/](\d{1,2})", lambda m: _month(int(m[1]), int(m[2]))),
    (r"(\d{1,2})/(\d{4})", lambda m: _month(int(m[2]), int(m[1]))),
    (SLASHES.pattern, _day_of_slashes),
    (r"(\d{1,2})\.(\d{1,2})\.(\d{4})", lambda m: _day(int(m[3]), int(m[2]), int(m[1]))),
    (r"([A-Za-z]{3,9})\.?[-\s,/]+'?(\d{4}|\d{2})", lambda m: _month(_full(m[2]), _named(m[1]))),
    (r"(\d{2}|\d{4})-([A-Za-z]{3,9})", lambda m: _month(_full(m[1]), _named(m[2]))),
    (
        r"([A-Za-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})",
        lambda m: _day(int(m[3]), _named(m[1]), int(m[2])),
    ),
    (
        r"(\d{1,2})[-\s]([A-Za-z]{3,9})\.?[-\s,]+(\d{4}|\d{2})",
        lambda m: _day(_full(m[3]), _named(m[2]), int(m[1])),
    ),
    (r"(?:CY|FY)?\s*(\d{4})", lambda m: _year(int(m[1]))),
    (r"Q[1-4]\s+(?:CY|FY)?\s*(\d{4})", lambda m: _year(int(m[1]))),
    (r"(\d{4})\s+Q[1-4]", lambda m: _year(int(m[1]))),
    (r"[2-6]\d{4}", _serial),
)
READERS = tuple((re.compile(pattern, re.IGNORECASE), read) for pattern, read in SHAPES)


def read_day(text: str) -> Day:
    """Return a date as it was written, with its day and precision, both empty where none is meant."""
    plain = CLOCK.sub("", text.strip())
    for shape, read in READERS:
        if (match := shape.fullmatch(plain)) and (found := read(match)):
            return {"text": text, "date": found[0].isoformat(), "precision": found[1]}
    return {"text": text, "date": "", "precision": ""}


def order_in(text: str) -> str:
    """Return whether a date with slashes names the day first, or could mean either; else nothing."""
    found = SLASHES.fullmatch(text.strip())
    if not found:
        return ""
    first, second = int(found[1]), int(found[2])
    if first > MONTHS_A_YEAR >= second:
        return DAY_FIRST
    return EITHER if first != second and max(first, second) <= MONTHS_A_YEAR else ""
