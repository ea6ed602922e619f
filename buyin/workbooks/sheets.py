"""The filled cells of a workbook, as texts, and how many there may be."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from openpyxl.utils import get_column_letter

from .refusals import RefusedFileError

MOST_ROWS = 100_000
MOST_COLUMNS = 500
MOST_CELLS = 1_000_000  # of a sheet
MOST_SHEETS = 100
MOST_CHARACTERS = 32_767  # of one cell, as spreadsheets have it
MOST_TEXT = 10_000_000  # characters of a workbook, because many cells can share one long text


@dataclass
class Sheet:
    """The filled cells of a sheet, by row number and column number, both from 1 on.

    `merged` are the first row and column and the last of cells that are one; only new workbooks
    tell them.
    """

    name: str
    rows: dict[int, dict[int, str]] = field(default_factory=dict)
    formulas: list[tuple[int, int]] = field(default_factory=list)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    filled: int = 0
    characters: int = 0

    def put(self, row: int, column: int, text: str) -> None:
        """Fill a cell; raise RefusedFileError where it is one too many, too far out or too long."""
        if not text:
            return
        if column > MOST_COLUMNS:
            raise self.refused(_("There are more than %d columns.") % MOST_COLUMNS, row, column)
        if len(text) > MOST_CHARACTERS:
            raise self.refused(_("The text in this cell is too long."), row, column)
        self.rows.setdefault(row, {})[column] = text
        self.filled += 1
        self.characters += len(text)
        if len(self.rows) > MOST_ROWS:
            raise self.refused(_("There are more than %d rows.") % MOST_ROWS, row)
        if self.filled > MOST_CELLS:
            raise self.refused(_("There are more than %d filled cells.") % MOST_CELLS, row)
        if self.characters > MOST_TEXT:
            raise self.too_large(row)

    def too_large(self, row: int = 0) -> RefusedFileError:
        """Return what is said of a sheet that nobody can have filled."""
        return self.refused(_("The sheet is larger than any that people fill."), row)

    def refused(self, why: str, row: int, column: int = 0) -> RefusedFileError:
        """Return the refusal of the file with this place in it."""
        letters = get_column_letter(column) if column else ""
        return RefusedFileError(why, sheet=self.name, row=row, column=letters)


def all_of(sheets: Iterable[Sheet]) -> list[Sheet]:
    """Return the sheets of a workbook; raise RefusedFileError where they are too large together."""
    found: list[Sheet] = []
    for sheet in sheets:
        found.append(sheet)
        if sum(one.characters for one in found) > MOST_TEXT:
            raise sheet.too_large()
    return found


def text_of(value: object) -> str:
    """Return a value as people write it: 3 for 3.0, a day without the midnight in which it begins."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        is_whole = float(value).is_integer() and abs(value) < 1e15  # noqa: PLR2004
        return str(int(value)) if is_whole else repr(float(value))
    if isinstance(value, dt.datetime) and value.time() == dt.time():
        return value.date().isoformat()
    return str(value)
