"""One cell of a table of answers: what it says in the terms of its question, and what is left."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from surveys.answers import AMBIGUOUS, BLANKS, day_in
from surveys.definitions import DONT_KNOW

from .labels import plain, split_choices
from .targets import DAY, NUMBER, RANKED, SEVERAL, TEXT, Target

LONGEST_POINT = 4  # digits; more is no point of any scale, however many zeros lead


def read_cell(
    cell: str, target: Target, known: Mapping[str, Any]
) -> tuple[Any, list[tuple[str, str]]]:
    """Return the answer in this cell and (value, why) for each piece that cannot be taken."""
    if known.get(plain(cell)) == DONT_KNOW and DONT_KNOW in target.allowed:
        return DONT_KNOW, []
    if target.kind in {SEVERAL, RANKED}:
        return _read_several(cell, target, known)
    if target.kind == TEXT:
        return _read_text(cell, target)
    if plain(cell) in known:
        return known[plain(cell)], []
    return READERS.get(target.kind, _read_code)(cell, target)


def fits(value: Any, target: Target) -> bool:
    """Return whether a value that a mapping names is an answer to this question."""
    if target.kind == NUMBER and value != DONT_KNOW:
        return not isinstance(value, str) and not _read_number(str(value), target)[1]
    if target.kind == DAY and value != DONT_KNOW:
        return isinstance(value, str) and not _read_day(value, target)[1]
    return value in target.allowed


def _read_several(
    cell: str, target: Target, known: Mapping[str, Any]
) -> tuple[Any, list[tuple[str, str]]]:
    """Return the choices in this cell, in the order in which they stand there."""
    found, pieces = split_choices(cell, known)
    left_over = [(piece, _("It is none of the choices.")) for piece in pieces]
    chosen = [code for code in found if code is not None]
    if len(chosen) > 1:
        alone = [code for code in chosen if code in target.alone or code == DONT_KNOW]
        left_over += [(code, _("It excludes the other answers of this cell.")) for code in alone]
        chosen = [code for code in chosen if code not in alone]
    return (chosen or None), left_over


def _read_text(cell: str, target: Target) -> tuple[Any, list[tuple[str, str]]]:
    """Return the text, cut to what the question takes."""
    longest = target.longest or len(cell)
    rest = cell[longest:]
    return cell[:longest], [(rest, _("The text is longer than the question allows."))] * bool(rest)


def _read_number(cell: str, target: Target) -> tuple[Any, list[tuple[str, str]]]:
    """Return the number in this cell, whole where it is whole."""
    text = cell.translate(BLANKS)
    if AMBIGUOUS.fullmatch(text):
        return None, [(cell, _("It could be thousands or decimals. Write it without a comma."))]
    try:
        number = float(text.replace(",", "."))
    except ValueError:
        return None, [(cell, _("It is not a number."))]
    too_low = target.low is not None and number < target.low
    too_high = target.high is not None and number > target.high
    if not abs(number) < float("inf") or too_low or too_high:
        return None, [(cell, _("The number is outside the range that the question allows."))]
    return (int(number) if number.is_integer() else number), []


def _read_day(cell: str, target: Target) -> tuple[Any, list[tuple[str, str]]]:
    """Return the day in this cell, which is written as year, month and day."""
    text = cell.strip()
    if day_in(text) is None:
        return None, [(cell, _("It is not a day such as 2026-01-31."))]
    if text < target.earliest or (target.latest and text > target.latest):
        return None, [(cell, _("The day is outside the range that the question allows."))]
    return text, []


def _read_code(cell: str, target: Target) -> tuple[Any, list[tuple[str, str]]]:
    """Return a point or a code that stands in the cell as such."""
    is_point = cell.isdecimal() and len(cell) <= LONGEST_POINT and target.kind == "points"
    code: Any = int(cell) if is_point else cell.strip()
    if code in target.allowed and code != DONT_KNOW:
        return code, []
    return None, [(cell, _("It is none of the answers of this question."))]


READERS = {NUMBER: _read_number, DAY: _read_day}
