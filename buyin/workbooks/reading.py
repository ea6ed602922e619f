"""Reading a workbook: the texts of its cells, and where formulas stand; nothing is computed.

openpyxl reads it, row by row. What it would not stop at is looked at before.
"""

import io
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import Any
from xml.etree.ElementTree import ParseError

from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.utils import range_boundaries

from buyin.uploads.progress import Tell, part_of, silent

from .archives import open_archive
from .limits import Checked, check_parts
from .old import OLD_WORKBOOK, read_old_workbook
from .refusals import RefusedFileError
from .sheets import MOST_CELLS, MOST_SHEETS, Sheet, all_of, text_of

ARCHIVE = b"PK"
LAST_ROW = 1_048_576  # of a sheet, as spreadsheets have it
MOST_PLACES = 50 * MOST_CELLS  # of a sheet, filled or not: as many as rows and columns allow
# Characters that XML cannot hold are written by their number.
# Halves of characters are none and stay as they stand there: nothing could keep or show them.
NUMBERED = re.compile(r"_x(?![Dd][89A-Fa-f])([0-9A-Fa-f]{4})_")
TOLD_EVERY = 500  # rows
FORMULA, TEXT = "f", "s"


def is_workbook(content: bytes) -> bool:
    """Return whether this is a workbook, of the old or the new kind, whatever its name says."""
    return content.startswith((ARCHIVE, OLD_WORKBOOK))


def read_workbook(content: bytes, tell: Tell = silent) -> list[Sheet]:
    """Return the sheets of a workbook; raise RefusedFileError where it cannot be read."""
    if content.startswith(OLD_WORKBOOK):
        return read_old_workbook(content)
    with open_archive(content) as archive:
        checked = check_parts(archive, part_of(tell, 0, 0.5))
    try:
        return all_of(_sheets(content, checked, part_of(tell, 0.5, 1)))
    except RefusedFileError:
        raise
    except ParseError as error:
        raise RefusedFileError(_("The XML inside cannot be read: %s.") % error) from error
    # There is no list of what a library raises when a file is damaged.
    except Exception as error:
        raise RefusedFileError(_("The file is damaged or is no .xlsx workbook.")) from error


def _sheets(content: bytes, checked: Checked, tell: Tell) -> Iterator[Sheet]:
    book = load_workbook(io.BytesIO(content), read_only=True, keep_links=False)
    if not 0 < len(book.worksheets) <= MOST_SHEETS:
        raise RefusedFileError(_("The file is damaged or is no .xlsx workbook."))
    seen = 0
    for one in book.worksheets:
        one.reset_dimensions()  # the file's own word for its size, which may be wrong
        rows = _counted(one.iter_rows(), seen, checked.pieces, tell)
        sheet = _sheet(one.title.strip(), rows)
        # Read row by row, a sheet tells neither this itself nor, in the open, where it is.
        part = getattr(one, "_worksheet_path", "")
        sheet.merged = _merged(checked.merged.get(part, ()))
        seen += len(sheet.rows)
        yield sheet


def _merged(references: Iterable[str]) -> list[tuple[int, int, int, int]]:
    """Return the first row and column and the last of each of these; what is none is left out."""
    found = []
    for reference in references:
        with suppress(ValueError, TypeError):
            left, top, right, bottom = range_boundaries(reference)
            if left and top and right and bottom:
                found.append((top, left, bottom, right))
    return found


def _counted(rows: Iterator[Any], seen: int, pieces: int, tell: Tell) -> Iterator[tuple[int, Any]]:
    """Yield the rows with their numbers and tell now and then how many of all pieces are read."""
    for number, row in enumerate(rows, 1):
        if number % TOLD_EVERY == 0:
            tell((seen + number) / max(pieces, 1))
        yield number, row


def _sheet(name: str, rows: Iterator[tuple[int, Any]]) -> Sheet:
    """Return the filled cells of these rows; formulas count as empty and are noted."""
    sheet = Sheet(name)
    places = 0
    for number, row in rows:
        for cell in row:
            if cell.value is None:
                continue
            if cell.data_type == FORMULA:
                sheet.formulas.append((cell.row, cell.column))
            else:
                sheet.put(cell.row, cell.column, _text(cell.value, cell.data_type))
        places += len(row)
        if places > MOST_PLACES or number > LAST_ROW:
            raise sheet.too_large(number)
    return sheet


def _text(value: object, kind: str) -> str:
    """Return what a cell shows, as far as its kind tells."""
    if not isinstance(value, str):
        return text_of(value)
    return NUMBERED.sub(lambda match: chr(int(match[1], 16)), value) if kind == TEXT else ""
