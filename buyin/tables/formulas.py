"""Cells that a spreadsheet would run: made harmless on wish, so that nothing is lost by it.

An apostrophe goes before each sign that begins a formula. A table in which no such sign stands
without one is read as harmless, and one apostrophe is taken from each. So that this never takes a
real one, a table that would be misread is written harmless even without the wish.
"""

import re
from collections.abc import Iterable, Sequence

SIGNS = "=+\\-@＝＋－＠"
# Where a cell begins, also for a spreadsheet that takes these signs for the end of one.
BEGINNING = rf"(?:^|(?<=[;\t\r\n]))(\"*)('*)(?=[{SIGNS}\t\r])"
PLACE = re.compile(BEGINNING)
MARKED = re.compile(rf"'[{SIGNS}\t\r]")


def harmless(cell: str) -> str:
    """Return a cell in which nothing runs."""
    return PLACE.sub(r"\1'\2", cell)


def as_it_was(cell: str) -> str:
    """Return a cell as it was before it was made harmless."""
    return PLACE.sub(lambda place: place[1] + place[2][1:], cell)


def reads_as_harmless(cells: Iterable[str]) -> bool:
    """Say whether an apostrophe stands before every sign that begins a formula, and there is one."""
    marked = False
    for cell in cells:
        for place in PLACE.finditer(cell):
            if not place[2]:
                return False
            marked = True
    return marked


def may_be_harmless(text: str) -> bool:
    """Say whether it is worth to look at each cell of a file."""
    return bool(MARKED.search(text))


def made_harmless(rows: Sequence[Sequence[str]], *, wished: bool) -> list[list[str]]:
    """Return rows to be written: harmless on wish, or where they would be read as if they were."""
    if wished or reads_as_harmless(cell for row in rows for cell in row):
        return [[harmless(cell) for cell in row] for row in rows]
    return [list(row) for row in rows]
