"""The values of expressions, numbers, texts and booleans, and how each becomes another.

Dates are texts like 2026-11-24 and count as days since 1970 where a number is wanted. There is one
number that is none (division by zero, a word); its text is empty.
"""

import math
import re
from datetime import date
from decimal import Decimal

Value = float | str | bool

NO_NUMBER = math.nan
WHITE = " \t\r\n\xa0"
NUMBER = re.compile(r"-?(?:\d+(?:\.\d*)?|\.\d+)", re.ASCII)
DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)
EPOCH = date(1970, 1, 1).toordinal()
WORDS = re.compile(f"[^{WHITE}]+")
SHORT = 1e15  # whole numbers below are written without a detour
LONGEST = 20_000  # characters; what is joined beyond is cut, so that values cannot explode


def words_in(text: str) -> list[str]:
    """Return the codes in a list of choices, or the words of a text."""
    return WORDS.findall(text)


def finite(number: float) -> float:
    """Return a number as it is, or the one that is none where it is beyond all numbers."""
    return number if math.isfinite(number) else NO_NUMBER


def days_of(text: str) -> float:
    """Return the day that a text names, counted from 1970."""
    found = DATE.fullmatch(text)
    if not found:
        return NO_NUMBER
    try:
        return float(date(*map(int, found.groups())).toordinal() - EPOCH)
    except ValueError:
        return NO_NUMBER


def date_of(days: float) -> str:
    """Return a day counted from 1970 as a date, or nothing where the calendar has none."""
    try:
        return date.fromordinal(math.floor(days) + EPOCH).isoformat()
    except (ValueError, OverflowError):
        return ""


def to_number(value: Value) -> float:
    """Return a value as a number."""
    if isinstance(value, str):
        text = value.strip(WHITE)
        return finite(float(text)) if NUMBER.fullmatch(text) else days_of(text)
    return float(value)


def to_text(value: Value) -> str:
    """Return a value as a text; numbers are never written with an exponent."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if not math.isfinite(value):
        return ""
    if value.is_integer() and abs(value) < SHORT:
        return str(int(value))
    return format(Decimal(repr(value)).normalize(), "f")


def to_boolean(value: Value) -> bool:
    """Return whether a value counts as true: any text that is not empty, any number but 0."""
    if isinstance(value, float):
        return value != 0 and math.isfinite(value)
    return bool(value)


def same(left: Value, right: Value) -> bool:
    """Return whether two values are equal: as booleans, else as numbers if one is, else as texts."""
    if isinstance(left, bool) or isinstance(right, bool):
        return to_boolean(left) == to_boolean(right)
    if isinstance(left, float) or isinstance(right, float):
        return to_number(left) == to_number(right)
    return left == right
