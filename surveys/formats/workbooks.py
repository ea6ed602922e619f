"""Reading an .xlsx workbook: the texts of its cells, and where formulas stand; nothing is computed."""

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from .archives import open_archive, read_part
from .reports import RefusedFileError
from .safe_xml import Element, elements

MOST_ROWS = 100_000
MOST_COLUMNS = 500
MOST_CELLS = 1_000_000  # of a sheet
MOST_SHEETS = 100
MOST_CHARACTERS = 32_767  # of one cell, as spreadsheets have it
OLD_WORKBOOK = b"\xd0\xcf\x11\xe0"
ARCHIVE = b"PK"
REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
# Characters that XML cannot hold are written by their number.
NUMBERED = re.compile(r"_x([0-9A-Fa-f]{4})_")


@dataclass
class Sheet:
    """The filled cells of a sheet, by row number and column number, both from 1 on."""

    name: str
    rows: dict[int, dict[int, str]] = field(default_factory=dict)
    formulas: list[tuple[int, int]] = field(default_factory=list)


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
    archive = open_archive(content)
    shared = list(_shared_texts(archive))
    return [_sheet(archive, name, part, shared) for name, part in _places(archive)]


def letters(column: int) -> str:
    """Return the letters above a column: A for 1, AA for 27."""
    text = ""
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(ord("A") + rest) + text
    return text


def _places(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """Yield the name of each sheet and the part that holds it."""
    links = io.BytesIO(read_part(archive, "xl/_rels/workbook.xml.rels"))
    targets = {
        one.attributes.get("Id", ""): one.attributes.get("Target", "")
        for one in elements(links, "Relationship")
    }
    sheets = list(elements(io.BytesIO(read_part(archive, "xl/workbook.xml")), "sheet"))
    if not sheets or len(sheets) > MOST_SHEETS:
        raise RefusedFileError(_("The file is damaged or is no .xlsx workbook."))
    for one in sheets:
        target = targets.get(one.attributes.get("id", ""), "")
        place = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        if "/worksheets/" in place:  # others are charts and macros
            yield one.attributes.get("name", "").strip(), posixpath.normpath(place)


def _shared_texts(archive: zipfile.ZipFile) -> Iterator[str]:
    """Yield the texts that cells point to by their number."""
    name = next((n for n in archive.namelist() if n.lower() == "xl/sharedstrings.xml"), None)
    if name:
        for one in elements(io.BytesIO(read_part(archive, name)), "si"):
            yield _rich(one)


def _rich(element: Element) -> str:
    """Return the text of all runs, without the reading aids of East Asian scripts."""
    own = [part.text for part in element.all("t")]
    runs = [part.text for run in element.all("r") for part in run.all("t")]
    return NUMBERED.sub(lambda match: chr(int(match[1], 16)), "".join(own + runs))


def _sheet(archive: zipfile.ZipFile, name: str, part: str, shared: list[str]) -> Sheet:
    sheet = Sheet(name)
    number = filled = 0
    for row in elements(io.BytesIO(read_part(archive, part)), "row"):
        said = row.attributes.get("r", "")
        number = int(said) if said.isdecimal() else number + 1
        cells = _cells(sheet, row, number, shared)
        filled += len(cells)
        if cells:
            sheet.rows[number] = cells
        if filled > MOST_CELLS:
            why = _("There are more than %d filled cells.") % MOST_CELLS
            raise RefusedFileError(why, sheet=name, row=number)
        if len(sheet.rows) > MOST_ROWS:
            raise RefusedFileError(
                _("There are more than %d rows.") % MOST_ROWS, sheet=name, row=number
            )
    return sheet


def _cells(sheet: Sheet, row: Element, number: int, shared: list[str]) -> dict[int, str]:
    """Return the filled cells of a row; formulas count as empty and are noted."""
    cells: dict[int, str] = {}
    column = 0
    for cell in row.all("c"):
        match = REFERENCE.fullmatch(cell.attributes.get("r", ""))
        column = _number(match[1]) if match else column + 1
        if cell.first("f") is not None:
            sheet.formulas.append((number, column))
        elif text := _text(cell, shared):
            cells[column] = text
            _check_size(sheet.name, number, column, text)
    return cells


def _check_size(sheet: str, row: int, column: int, text: str) -> None:
    if column > MOST_COLUMNS:
        why = _("There are more than %d columns.") % MOST_COLUMNS
        raise RefusedFileError(why, sheet=sheet, row=row, column=letters(column))
    if len(text) > MOST_CHARACTERS:
        why = _("The text in this cell is too long.")
        raise RefusedFileError(why, sheet=sheet, row=row, column=letters(column))


def _number(column: str) -> int:
    value = 0
    for letter in column:
        value = value * 26 + ord(letter) - ord("A") + 1
    return value


def _text(cell: Element, shared: list[str]) -> str:
    """Return what a cell shows, as far as its kind tells."""
    kind = cell.attributes.get("t", "n")
    if kind == "inlineStr":
        inline = cell.first("is")
        return _rich(inline) if inline else ""
    value = cell.first("v")
    raw = value.text.strip() if value else ""
    if kind == "s":
        return shared[int(raw)] if raw.isdecimal() and int(raw) < len(shared) else ""
    if kind == "b":
        return {"1": "TRUE", "0": "FALSE"}.get(raw, "")
    if kind == "n":
        return _plain_number(raw)
    return raw if kind in {"str", "d"} else ""


def _plain_number(raw: str) -> str:
    """Return a number as people write it: 3 for 3.0."""
    try:
        value = float(raw)
    except ValueError:
        return ""
    return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)  # noqa: PLR2004
