"""Writing an .xlsx workbook as a stream: rows in, bytes out, never the whole of it in memory.

Texts are stored as texts, so that nothing in them can be taken for a formula.
"""

import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import IO
from xml.sax.saxutils import escape

from .workbooks import MOST_CHARACTERS, letters

Cell = str | int | float | None
MOST_ROWS = 1_048_576  # of a sheet, as spreadsheets have it
ROWS_AT_ONCE = 200
MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
# Written by their number: what XML cannot hold, and what looks as if it were written so already.
UNFIT = re.compile(r"[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")


@dataclass(frozen=True)
class SheetRows:
    """A sheet that is to be written: its name and its rows, which are read once."""

    name: str
    rows: Iterable[Sequence[Cell]]


class _Outlet:
    """A file that cannot be rewound and hands on what was written to it."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []

    def write(self, content: bytes) -> int:
        self._parts.append(bytes(content))
        return len(content)

    def flush(self) -> None:
        """Do nothing: what was written is there."""

    def taken(self) -> bytes:
        content = b"".join(self._parts)
        self._parts.clear()
        return content


def workbook_stream(sheets: Sequence[SheetRows]) -> Iterator[bytes]:
    """Yield the bytes of a workbook with these sheets."""
    outlet = _Outlet()
    with zipfile.ZipFile(outlet, "w", zipfile.ZIP_DEFLATED) as archive:  # type: ignore[call-overload]
        for name, content in _frame([sheet.name for sheet in sheets]).items():
            archive.writestr(_entry(name), content)
        for number, sheet in enumerate(sheets, 1):
            entry = _entry(f"xl/worksheets/sheet{number}.xml")
            with archive.open(entry, "w") as part:
                for _step in _write_rows(part, sheet.rows):
                    yield outlet.taken()
    yield outlet.taken()


def workbook_bytes(sheets: Sequence[SheetRows]) -> bytes:
    """Return a small workbook at once."""
    return b"".join(workbook_stream(sheets))


def _entry(name: str) -> zipfile.ZipInfo:
    """Return an entry without a time, so that equal workbooks are equal files."""
    entry = zipfile.ZipInfo(name)
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry


def _write_rows(part: IO[bytes], rows: Iterable[Sequence[Cell]]) -> Iterator[None]:
    """Write the rows of a sheet and pause now and then, so that the bytes can be handed on."""
    part.write(f'{HEAD}<worksheet xmlns="{MAIN}"><sheetData>'.encode())
    for number, row in enumerate(rows, 1):
        part.write(_row(number, row).encode())
        if number % ROWS_AT_ONCE == 0:
            yield
    part.write(b"</sheetData></worksheet>")


def _row(number: int, row: Sequence[Cell]) -> str:
    cells = "".join(_cell(f"{letters(column)}{number}", cell) for column, cell in enumerate(row, 1))
    return f'<row r="{number}">{cells}</row>'


def _cell(reference: str, cell: Cell) -> str:
    if cell is None or cell == "":
        return ""
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return f'<c r="{reference}"><v>{cell!r}</v></c>'
    text = escape(UNFIT.sub(_by_number, str(cell)[:MOST_CHARACTERS]))
    return f'<c r="{reference}" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'


def _by_number(match: re.Match[str]) -> str:
    return f"_x{ord(match[0]):04X}_"


def _frame(names: Sequence[str]) -> dict[str, str]:
    """Return the parts of a workbook beside its sheets."""
    numbered = list(enumerate(names, 1))
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    parts = "".join(
        f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{kind}.worksheet+xml"/>'
        for n, _name in numbered
    )
    sheets = "".join(
        f'<sheet name="{escape(name, {chr(34): "&quot;"})}" sheetId="{n}" r:id="rId{n}"/>'
        for n, name in numbered
    )
    links = "".join(
        f'<Relationship Id="rId{n}" Type="{OFFICE}/worksheet" Target="worksheets/sheet{n}.xml"/>'
        for n, _name in numbered
    )
    return {
        "[Content_Types].xml": f'{HEAD}<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{kind}.sheet.main+xml"/>'
        f"{parts}</Types>",
        "_rels/.rels": f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships"><Relationship '
        f'Id="rId1" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'{HEAD}<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">'
        f"<sheets>{sheets}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">'
        f"{links}</Relationships>",
    }
