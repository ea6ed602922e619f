"""Which row of a list names its columns: one of the first ten, two of them together, or none."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from buyin.tables.columns import HEADER_AMONG, Column, columns_of, known_in
from buyin.tables.folding import folded

from .fields import fields_of

Row = tuple[int, list[str]]
NONE, SEEK = 0, None
LONGEST_VALUE = 254  # characters of a cell of which the first look tells what it is
VALUE = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+|[+(\d][\d\s()./-]{3,}|https?://\S+")


@dataclass(frozen=True)
class Head:
    """The columns with the row that names them (0: none does), and the rows below."""

    number: int
    columns: list[Column]
    rows: Sequence[Row]
    is_double: bool = False


def find_head(rows: Sequence[Row], said: Mapping[str, str], given: int | None = SEEK) -> Head:
    """Return the header of a table. `given` is the row that somebody named, 0 for none."""
    width = max((len(cells) for _number, cells in rows), default=0)
    if given == NONE:
        return _headless(rows, said, width)
    if given is not SEEK:
        place = next((i for i, (number, _c) in enumerate(rows) if number == given), None)
        if place is not None:
            return _headed(rows, place, _columns(rows[place][1], said, width))
    best = max(_candidates(rows, said, width), key=_rank, default=None)
    if best is not None and known_in(best.columns):
        return best
    if rows and not looks_like_data(rows[0][1]):
        return _headed(rows, 0, _columns(rows[0][1], said, width))
    return _headless(rows, said, width)


def looks_like_data(cells: Sequence[str]) -> bool:
    """Return whether a row holds values, such as a mail address or a number, that name no column."""
    return any(VALUE.fullmatch(cell.strip()) for cell in cells if len(cell) <= LONGEST_VALUE)


def _candidates(rows: Sequence[Row], said: Mapping[str, str], width: int) -> list[Head]:
    found = []
    for place, (_number, cells) in enumerate(rows[:HEADER_AMONG]):
        found.append(_headed(rows, place, _columns(cells, said, width)))
        below = rows[place + 1][1] if place + 1 < len(rows) else None
        if below is None or looks_like_data(below):
            continue
        for together in (_under(cells, below, width), _either(cells, below, width)):
            head = _headed(rows, place + 1, _columns(together, said, width), is_double=True)
            found.append(head)
    return found


def _rank(head: Head) -> tuple[int, int]:
    """Most columns that are known come first; of those alike, one row before two."""
    return known_in(head.columns), -head.is_double


def _under(upper: Sequence[str], lower: Sequence[str], width: int) -> list[str]:
    """Return the names of a row below headings that each stand above several columns."""
    names, heading = [], ""
    for place in range(width):
        heading = _at(upper, place) or heading
        names.append(f"{heading} {_at(lower, place)}".strip() if _at(lower, place) else heading)
    return names


def _either(upper: Sequence[str], lower: Sequence[str], width: int) -> list[str]:
    """Return for each column whichever of two rows names it, the lower where both do."""
    return [_at(lower, place) or _at(upper, place) for place in range(width)]


def _at(cells: Sequence[str], place: int) -> str:
    return cells[place] if place < len(cells) else ""


def _columns(cells: Sequence[str], said: Mapping[str, str], width: int) -> list[Column]:
    return columns_of([_at(cells, place) for place in range(width)], said, fields_of)


def _headed(
    rows: Sequence[Row], place: int, columns: list[Column], *, is_double: bool = False
) -> Head:
    return Head(rows[place][0], columns, rows[place + 1 :], is_double)


def _headless(rows: Sequence[Row], said: Mapping[str, str], width: int) -> Head:
    return Head(NONE, _columns([], said, width), rows)


def repeats(columns: Sequence[Column], cells: Sequence[str]) -> bool:
    """Return whether a row says the names of the columns once more, as joined files do."""
    filled = [(column, cell) for column, cell in zip(columns, cells, strict=False) if cell]
    named = [column.header for column in columns if column.header]
    return (
        bool(named)
        and len(filled) > 1
        and all(folded(cell) == folded(column.header) for column, cell in filled)
    )
