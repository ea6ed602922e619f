"""Reading a workbook: the texts of its cells, and where formulas stand; nothing is computed.

openpyxl reads it, row by row. What it would not stop at is looked at before.
"""

import datetime as dt
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from xml.etree.ElementTree import ParseError

from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from .archives import open_archive
from .reports import RefusedFileError
from .workbook_limits import check_parts

MOST_ROWS = 100_000
LAST_ROW = 1_048_576  # of a sheet, as spreadsheets have it
MOST_COLUMNS = 500
MOST_CELLS = 1_000_000  # of a sheet
MOST_PLACES = 50 * MOST_CELLS  # of a sheet, filled or not: as many as rows and columns allow
MOST_SHEETS = 100
MOST_CHARACTERS = 32_767  # of one cell, as spreadsheets have it
OLD_WORKBOOK = b"\xd0\xcf\x11\xe0"
ARCHIVE = b"PK"
# Characters that XML cannot hold are written by their number.
NUMBERED = re.compile(r"_x([0-9A-Fa-f]{4})_")
FORMULA, TEXT, ERROR = "f", "s", "e"


@dataclass
class Sheet:
    """The filled cells of a sheet, by row number and column number, both from 1 on."""

    name: str
    rows: dict[int, dict[int, str]] = field(default_factory=dict)
    formulas: list[tuple[int, int]] = field(default_factory=list)

    def put(self, row: int, column: int, text: str) -> None:
        """Fill a cell; raise RefusedFileError where it is too far out or too long."""
        if column > MOST_COLUMNS:
            raise self._refused(_("There are more than %d columns.") % MOST_COLUMNS, row, column)
        if len(text) > MOST_CHARACTERS:
            raise self._refused(_("The text in this cell is too long."), row, column)
        self.rows.setdefault(row, {})[column] = text
        if len(self.rows) > MOST_ROWS:
            raise self._refused(_("There are more than %d rows.") % MOST_ROWS, row)

    def check_size(self, row: int, *, filled: int, places: int) -> None:
        """Raise RefusedFileError where the sheet has more cells up to this row than anybody fills."""
        if filled > MOST_CELLS:
            raise self._refused(_("There are more than %d filled cells.") % MOST_CELLS, row)
        if places > MOST_PLACES or row > LAST_ROW:
            raise self._refused(_("The sheet is larger than any that people fill."), row)

    def _refused(self, why: str, row: int, column: int = 0) -> RefusedFileError:
        letters = get_column_letter(column) if column else ""
        return RefusedFileError(why, sheet=self.name, row=row, column=letters)


def is_workbook(content: bytes) -> bool:
    """Return whether this is a workbook, of the old or the new kind, whatever its name says."""
    return content.startswith((ARCHIVE, OLD_WORKBOOK))


def read_workbook(content: bytes) -> list[Sheet]:
    """Return the sheets of a workbook; raise RefusedFileError where it cannot be read."""
    if content.startswith(OLD_WORKBOOK):
        raise RefusedFileError(
            _(
                "This is a workbook of the old kind (.xls), or one with a password. "
                "Open it, save it as .xlsx and try again."
            )
        )
    with open_archive(content) as archive:
        check_parts(archive)
    try:
        return list(_sheets(content))
    except RefusedFileError:
        raise
    except ParseError as error:
        raise RefusedFileError(_("The XML inside cannot be read: %s.") % error) from error
    # There is no list of what a library raises when a file is damaged.
    except Exception as error:
        raise RefusedFileError(_("The file is damaged or is no .xlsx workbook.")) from error


def _sheets(content: bytes) -> Iterator[Sheet]:
    book = load_workbook(io.BytesIO(content), read_only=True, keep_links=False)
    if not 0 < len(book.worksheets) <= MOST_SHEETS:
        raise RefusedFileError(_("The file is damaged or is no .xlsx workbook."))
    for one in book.worksheets:
        one.reset_dimensions()  # the file's own word for its size, which may be wrong
        yield _sheet(one.title.strip(), one.iter_rows())


def _sheet(name: str, rows: Iterator[Any]) -> Sheet:
    """Return the filled cells of these rows; formulas count as empty and are noted."""
    sheet = Sheet(name)
    filled = places = 0
    for number, row in enumerate(rows, 1):
        for cell in row:
            if cell.value is None:
                continue
            if cell.data_type == FORMULA:
                sheet.formulas.append((cell.row, cell.column))
            elif text := _text(cell.value, cell.data_type):
                sheet.put(cell.row, cell.column, text)
                filled += 1
        places += len(row)
        sheet.check_size(number, filled=filled, places=places)
    return sheet


def _text(value: object, kind: str) -> str:
    """Return what a cell shows, as far as its kind tells."""
    if isinstance(value, str):
        return NUMBERED.sub(lambda match: chr(int(match[1], 16)), value) if kind == TEXT else ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        return plain_number(value)
    if isinstance(value, dt.datetime) and value.time() == dt.time():
        return value.date().isoformat()
    return str(value)


def plain_number(value: float) -> str:
    """Return a number as people write it: 3 for 3.0."""
    is_whole = float(value).is_integer() and abs(value) < 1e15  # noqa: PLR2004
    return str(int(value)) if is_whole else repr(float(value))
