"""Reading roster files: bytes in, rows of text out, and in words what could not be read."""

from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.core.validators import validate_email, validate_slug
from django.utils.functional import Promise
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from buyin.lines import one_line
from buyin.spreadsheets import UnreadableError, decoded, table_in

LARGEST = 5 * 1024 * 1024
MOST_ROWS = 50_000
LONGEST_CELL = 1_000
SHOWN = 40  # characters of a cell that a message repeats


class CellError(Exception):
    """What is wrong in one cell."""

    def __init__(self, column: str, message: str) -> None:
        super().__init__(message)
        self.column = column


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
class Roster:
    """The columns that the file has of those that we know, its rows, and its bad rows."""

    columns: list[str]
    rows: list[Row]
    problems: list[Problem] = field(default_factory=list)


def _column(name: str, label: Promise, *aliases: str) -> Column:
    return Column(name, label, frozenset(aliases))


def _needed(name: str, label: Promise, *aliases: str) -> Column:
    return Column(name, label, frozenset(aliases), is_required=True)


DEPARTMENT_COLUMNS = [
    _needed("code", _lazy("Code"), "department code", "unit code", "department id", "id"),
    _needed("name", _lazy("Name"), "department", "department name", "unit", "title"),
    _column(
        "parent", _lazy("Part of"), "parent code", "parent department", "belongs to", "reports to"
    ),
    _column("head", _lazy("Head"), "head email", "manager", "director"),
    _column("headcount", _lazy("Headcount"), "people", "size", "staff", "employees", "fte"),
]
PEOPLE_COLUMNS = [
    _needed("email", _lazy("Mail address"), "e-mail", "mail", "email address", "work email"),
    _needed("name", _lazy("Name"), "full name", "person", "employee", "display name"),
    _column("department", _lazy("Department"), "department code", "unit", "unit code", "org unit"),
    _column("time_zone", _lazy("Time zone"), "timezone", "tz"),
    _column("tags", _lazy("Tags"), "tag", "labels", "groups"),
]

LABELS = {column.name: column.label for column in [*DEPARTMENT_COLUMNS, *PEOPLE_COLUMNS]}


def decode(content: bytes) -> str:
    """Return the text of a file, or say why it cannot be a list."""
    return decoded(content, largest=LARGEST)[0]


def rows_in(text: str, columns: list[Column]) -> Roster:
    """Return the rows under the columns that we know; rows with too many cells are problems."""
    table = table_in(text, is_strict=True)
    header = _match_header(table.headers, columns)
    if len(table.rows) > MOST_ROWS:
        message = _("The file has more than %(most)d rows. Split it.")
        raise UnreadableError(message % {"most": MOST_ROWS})
    return _cut(header, table.rows)


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
        raise UnreadableError(
            _("The first row must name the columns. Missing: %(missing)s. Found: %(found)s.")
            % {
                "missing": ", ".join(missing),
                "found": ", ".join(cell.strip()[:40] for cell in line[:12] if cell.strip()) or "–",
            }
        )
    twice = sorted({name for name in header if name and header.count(name) > 1})
    if twice:
        raise UnreadableError(
            _("More than one column stands for: %(columns)s.") % {"columns": ", ".join(twice)}
        )
    return header


def _as_word(cell: str) -> str:
    return " ".join(cell.lower().replace("_", " ").split())


def _cut(header: list[str], body: list[tuple[int, list[str]]]) -> Roster:
    table = Roster(columns=[name for name in header if name], rows=[])
    for number, line in body:
        if len(line) > len(header) and any(line[len(header) :]):
            message = _("This row has more cells than the first row has columns.")
            table.problems.append(Problem(number, "", message))
            continue
        padded = line + [""] * (len(header) - len(line))
        cells = {name: cell for name, cell in zip(header, padded, strict=False) if name}
        long = next((name for name, cell in cells.items() if len(cell) > LONGEST_CELL), None)
        if long:
            table.problems.append(Problem(number, long, _("This cell is far too long.")))
        else:
            table.rows.append(Row(number, cells))
    return table


def line_in(cells: dict[str, str], column: str) -> str:
    """Return a cell as one line of text; raise `CellError` where it cannot be one."""
    try:
        return one_line(cells[column])
    except ValidationError as refusal:
        raise CellError(column, refusal.messages[0]) from None


def text_in(cells: dict[str, str], column: str, longest: int) -> str:
    """Return the text of a cell that must say something and not too much."""
    value = line_in(cells, column)
    if not value:
        raise CellError(column, _("This cell is empty."))
    if len(value) > longest:
        raise CellError(column, _("At most %(longest)d characters.") % {"longest": longest})
    return value


def code_in(cells: dict[str, str]) -> str:
    """Return the code of a department."""
    value = text_in(cells, "code", 40)
    try:
        validate_slug(value)
    except ValidationError:
        message = _("Use letters, digits, hyphens and underscores only.")
        raise CellError("code", message) from None
    return value


def mail_address_in(cells: dict[str, str]) -> str:
    """Return a mail address in small letters."""
    value = text_in(cells, "email", 254).lower()
    try:
        validate_email(value)
    except ValidationError:
        message = _("“%(text)s” is not a mail address.") % {"text": Truncator(value).chars(SHOWN)}
        raise CellError("email", message) from None
    return value


def whole_number_in(cells: dict[str, str], column: str) -> int:
    """Return a whole number, 0 for an empty cell."""
    value = cells[column]
    if not value:
        return 0
    if not value.isascii() or not value.isdigit() or len(value) > 7:  # noqa: PLR2004
        raise CellError(column, _("Write a whole number, such as 120."))
    return int(value)
