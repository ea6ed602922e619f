"""The tables in a file, whether it is text or a workbook, whatever its name says."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

from django.utils.translation import gettext as _

from buyin.spreadsheets import LARGEST_FILE, UnreadableError, read_table
from buyin.tables.formulas import as_it_was, reads_as_harmless
from buyin.uploads.progress import Tell, silent
from buyin.workbooks import OLD_WORKBOOK, RefusedFileError, Sheet, is_workbook, read_workbook

MOST_ROWS = 50_000
MOST_COLUMNS = 200
MOST_SPREAD = 100_000  # cells
MARKUP = re.compile(rb"(?:\xef\xbb\xbf)?\s*<(?:!doctype|html|\?xml|table|meta|head)", re.IGNORECASE)
Row = tuple[int, list[str]]


@dataclass(frozen=True)
class SheetTable:
    """One table: the name of its sheet, rows with their numbers, and where formulas stand."""

    name: str
    rows: list[Row]
    encoding: str
    delimiter: str = ""
    formulas: list[tuple[int, int]] = field(default_factory=list)
    merged: list[tuple[int, int]] = field(default_factory=list)
    blank_rows: int = 0


def tables_of(content: bytes, tell: Tell = silent) -> list[SheetTable]:
    """Return the tables with anything in them; raise UnreadableError, with the place, where none is."""
    if len(content) > LARGEST_FILE:
        message = _("The file is larger than %(size)d MB. Split it into smaller files.")
        raise UnreadableError(message % {"size": LARGEST_FILE // 1024 // 1024})
    if MARKUP.match(content):
        raise UnreadableError(
            _(
                "This is a web page or XML, whatever its name says. Open it in a spreadsheet and save "
                "it as .xlsx or CSV."
            )
        )
    found = list(_of_workbook(content, tell) if is_workbook(content) else _of_text(content))
    if not found:
        raise UnreadableError(_("The file is empty."))
    for table in found:
        _refuse_too_much(table)
    return found


def _of_text(content: bytes) -> Iterator[SheetTable]:
    table = read_table(content)
    rows = [(table.header_row, table.headers), *table.rows]
    # A table that was made harmless for spreadsheets has an apostrophe before what could run.
    if reads_as_harmless(cell for _number, cells in rows for cell in cells):
        rows = [(number, [as_it_was(cell) for cell in cells]) for number, cells in rows]
    blank = len(table.blank_rows)
    yield SheetTable("", rows, table.encoding, table.delimiter, blank_rows=blank)


def _of_workbook(content: bytes, tell: Tell) -> Iterator[SheetTable]:
    kind = "xls" if content.startswith(OLD_WORKBOOK) else "xlsx"
    try:
        sheets = read_workbook(content, tell)
    except RefusedFileError as error:
        raise UnreadableError(str(error)) from error
    for sheet in sheets:
        if sheet.rows:
            yield _of_sheet(sheet, kind)


def _of_sheet(sheet: Sheet, kind: str) -> SheetTable:
    """Return a sheet as a table; what stands in merged cells counts for each row of them."""
    merged = list(_spread(sheet))
    rows = [
        (number, [cells.get(place, "").strip() for place in range(1, max(cells) + 1)])
        for number, cells in sorted(sheet.rows.items())
    ]
    last = rows[-1][0] - rows[0][0] + 1
    return SheetTable(
        sheet.name,
        [(number, cells) for number, cells in rows if any(cells)],
        kind,
        formulas=sheet.formulas,
        merged=merged,
        blank_rows=last - len(rows),
    )


def _spread(sheet: Sheet) -> Iterator[tuple[int, int]]:
    """Write the value of merged cells into the rows that have it in common, and yield where."""
    last = max(sheet.rows)
    below = (
        (top, left, row)
        for top, left, bottom, _right in sheet.merged
        for row in range(top + 1, min(bottom, last) + 1)
    )
    for top, left, row in islice(below, MOST_SPREAD):
        text = sheet.rows.get(top, {}).get(left)
        if text and row in sheet.rows and left not in sheet.rows[row]:
            sheet.rows[row][left] = text
            yield row, left


def _refuse_too_much(table: SheetTable) -> None:
    place = _("Sheet “%(name)s”: ") % {"name": table.name} if table.name else ""
    if len(table.rows) > MOST_ROWS + 1:
        message = _("There are more than %(most)d rows, the last is row %(row)d. Split the file.")
        said = message % {"most": MOST_ROWS, "row": table.rows[-1][0]}
        raise UnreadableError(f"{place}{said}")
    for number, cells in table.rows:
        if len(cells) > MOST_COLUMNS:
            message = _("Row %(row)d has %(columns)d columns. At most %(most)d can be read.")
            said = message % {"row": number, "columns": len(cells), "most": MOST_COLUMNS}
            raise UnreadableError(f"{place}{said}")
