"""Reading roster files: bytes in, rows of text out, and in words what could not be read."""

import csv
import io
from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from buyin.spreadsheets import without_separator_line

LARGEST = 5 * 1024 * 1024
MOST_ROWS = 50_000
LONGEST_CELL = 1_000


class UnreadableFileError(Exception):
    """The file as a whole cannot be used; the message says why and what to do."""


@dataclass(frozen=True)
class Problem:
    """What is wrong in one cell, or in one row where no column is named.

    A fatal one keeps the whole row out, any other only its cell.
    """

    row: int
    column: str
    message: str
    is_fatal: bool = True

    @property
    def label(self) -> str | Promise:
        """Return the column as a page names it."""
        return LABELS.get(self.column, "–")


@dataclass(frozen=True)
class Column:
    """A column that a file may have: its name here, on the page, and in other people's files."""

    name: str
    label: str | Promise
    aliases: frozenset[str] = frozenset()
    is_required: bool = False


@dataclass(frozen=True)
class Row:
    """One line of the file: its number as a spreadsheet shows it, and its cells by column."""

    number: int
    cells: dict[str, str]


@dataclass(frozen=True)
class Table:
    """The columns that the file has of those that we know, its rows, and its bad rows."""

    columns: list[str]
    rows: list[Row]
    problems: list[Problem] = field(default_factory=list)


DEPARTMENT_COLUMNS = [
    Column(
        "code",
        gettext_lazy("Code"),
        frozenset({"department code", "unit code", "department id", "id"}),
        is_required=True,
    ),
    Column(
        "name",
        gettext_lazy("Name"),
        frozenset({"department", "department name", "unit", "title"}),
        is_required=True,
    ),
    Column(
        "parent",
        gettext_lazy("Part of"),
        frozenset({"parent code", "parent department", "belongs to", "reports to"}),
    ),
    Column("head", gettext_lazy("Head"), frozenset({"head email", "manager", "director"})),
    Column(
        "headcount",
        gettext_lazy("Headcount"),
        frozenset({"people", "size", "staff", "employees", "fte"}),
    ),
]
PEOPLE_COLUMNS = [
    Column(
        "email",
        gettext_lazy("Mail address"),
        frozenset({"e-mail", "mail", "email address", "work email"}),
        is_required=True,
    ),
    Column(
        "name",
        gettext_lazy("Name"),
        frozenset({"full name", "person", "employee", "display name"}),
        is_required=True,
    ),
    Column(
        "department",
        gettext_lazy("Department"),
        frozenset({"department code", "unit", "unit code", "org unit"}),
    ),
    Column("time_zone", gettext_lazy("Time zone"), frozenset({"timezone", "tz"})),
    Column("tags", gettext_lazy("Tags"), frozenset({"tag", "labels", "groups"})),
]

LABELS = {column.name: column.label for column in [*DEPARTMENT_COLUMNS, *PEOPLE_COLUMNS]}


def decode(content: bytes) -> str:
    """Return the text of a file in UTF-8 or, as older spreadsheets write it, in Windows-1252."""
    if len(content) > LARGEST:
        raise UnreadableFileError(
            _("The file is larger than %(size)d MB. Split it into smaller files.")
            % {"size": LARGEST // 1024 // 1024}
        )
    if content.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise UnreadableFileError(
            _("This is a spreadsheet. Save it as CSV first, then choose that file.")
        )
    if not content.strip():
        raise UnreadableFileError(_("The file is empty."))
    if b"\x00" in content:
        raise UnreadableFileError(_("This is not a text file. Save the list as CSV (UTF-8)."))
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    try:
        return content.decode("cp1252")
    except UnicodeDecodeError:
        raise UnreadableFileError(
            _("The letters cannot be read. Save the list as CSV (UTF-8).")
        ) from None


def read_table(text: str, columns: list[Column]) -> Table:
    """Return the rows under the columns that we know; rows with too many cells are problems."""
    text, said = without_separator_line(text)
    first = text.lstrip("\r\n").split("\n", 1)[0]
    delimiter = said or max(",;\t", key=first.count)
    try:
        lines = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error as problem:
        raise UnreadableFileError(
            _("This is not a CSV file: a quotation mark is missing, or a cell is far too long.")
        ) from problem
    start = next((number for number, line in enumerate(lines) if any(line)), 0)
    header = _match_header(lines[start] if lines else [], columns)
    body = [(number, line) for number, line in enumerate(lines, 1) if number > start + 1]
    body = [(number, line) for number, line in body if any(cell.strip() for cell in line)]
    if len(body) > MOST_ROWS:
        raise UnreadableFileError(
            _("The file has more than %(most)d rows. Split it.") % {"most": MOST_ROWS}
        )
    return _cut(header, body)


def _match_header(line: list[str], columns: list[Column]) -> list[str]:
    """Return our name for each column of the file, empty for those that we do not use."""
    known = {
        _as_word(word): column.name
        for column in columns
        for word in (column.name, str(column.label), *column.aliases)
    }
    header = [known.get(_as_word(cell), "") for cell in line]
    missing = [c.name for c in columns if c.is_required and c.name not in header]
    if missing:
        raise UnreadableFileError(
            _("The first row must name the columns. Missing: %(missing)s. Found: %(found)s.")
            % {
                "missing": ", ".join(missing),
                "found": ", ".join(cell.strip()[:40] for cell in line[:12] if cell.strip()) or "–",
            }
        )
    twice = sorted({name for name in header if name and header.count(name) > 1})
    if twice:
        raise UnreadableFileError(
            _("More than one column stands for: %(columns)s.") % {"columns": ", ".join(twice)}
        )
    return header


def _as_word(cell: str) -> str:
    return " ".join(cell.lower().replace("_", " ").split())


def _cut(header: list[str], body: list[tuple[int, list[str]]]) -> Table:
    table = Table(columns=[name for name in header if name], rows=[])
    for number, line in body:
        if len(line) > len(header) and any(line[len(header) :]):
            message = _("This row has more cells than the first row has columns.")
            table.problems.append(Problem(number, "", message))
            continue
        padded = line + [""] * (len(header) - len(line))
        cells = {name: cell.strip() for name, cell in zip(header, padded, strict=False) if name}
        long = next((name for name, cell in cells.items() if len(cell) > LONGEST_CELL), None)
        if long:
            table.problems.append(Problem(number, long, _("This cell is far too long.")))
        else:
            table.rows.append(Row(number, cells))
    return table
