"""Writing an .xlsx workbook: rows in, bytes out, never the whole of it in memory.

XlsxWriter puts each row on the disk as it comes and packs the file at the end. Texts are stored as
texts, so that nothing in them can be taken for a formula.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from .reading import LAST_ROW
from .sheets import MOST_CHARACTERS

Cell = str | int | float | None
PIECE = 64 * 1024
MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}
# Equal workbooks are equal files, so none says when it was made.
MADE = {"created": dt.datetime(2000, 1, 1, tzinfo=dt.UTC)}


@dataclass(frozen=True)
class SheetRows:
    """A sheet that is to be written: its name and its rows, which are read once."""

    name: str
    rows: Iterable[Sequence[Cell]]


def workbook_stream(sheets: Sequence[SheetRows]) -> Iterator[bytes]:
    """Yield the bytes of a workbook with these sheets, once all their rows have been read."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "workbook.xlsx"
        with Workbook(path, {**OPTIONS, "tmpdir": folder}) as book:
            book.set_properties(MADE)
            for sheet in sheets:
                _write(book, sheet)
        with path.open("rb") as file:
            while piece := file.read(PIECE):
                yield piece


def workbook_bytes(sheets: Sequence[SheetRows]) -> bytes:
    """Return a small workbook at once."""
    return b"".join(workbook_stream(sheets))


def _write(book: Workbook, sheet: SheetRows) -> None:
    """Write a sheet; rows that it cannot hold go on in another one."""
    page = book.add_worksheet(sheet.name)
    for number, row in enumerate(sheet.rows):
        place = number % LAST_ROW
        if number and not place:
            page = book.add_worksheet(f"{sheet.name} {number // LAST_ROW + 1}")
        for column, cell in enumerate(row):
            _write_cell(page, place, column, cell)


def _write_cell(page: Worksheet, row: int, column: int, cell: Cell) -> None:
    if cell is None or cell == "":
        return
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        page.write_number(row, column, cell)
        return
    text = _fitting(str(cell))
    if text.startswith("<r>") and text.endswith(
        "</r>"
    ):  # which the library would take for markup of its own
        page.write_rich_string(row, column, text[0], text[1], text[2:])
    else:
        page.write_string(row, column, text)


def _fitting(text: str) -> str:
    """Return as much of a text as a cell can hold, without halves of characters."""
    counted = text.encode("utf-16-le", "replace")[: 2 * MOST_CHARACTERS]
    return counted.decode("utf-16-le", "ignore")
