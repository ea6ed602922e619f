"""Tables that come as delimited files, as people really save them: any usual encoding and delimiter."""

import codecs
import csv
import io
import re
from collections import Counter
from dataclasses import dataclass, field
from itertools import islice

from django.utils.translation import gettext as _

DELIMITERS = ",;\t|"
LARGEST_FILE = 25 * 1024 * 1024
# Each is a form of its own in places, and a browser sends no more than a few thousand fields.
MOST_COLUMNS = 500
# Empty lines count too: a few megabytes of nothing else would take gigabytes of memory.
MOST_ROWS = 250_000
SAMPLE = 200_000
WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")  # how newer and older ones begin
MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
LINE_END = re.compile(r"[\r\n]")
NEVER_CLOSED = "end of data"  # how a strict reader says it
# The first line of a file by which Excel is told what stands between the cells.
SEPARATOR_LINE = re.compile(r'("?)sep=([,;|\t])\1[ \t]*(\r\n?|\n|$)', re.IGNORECASE)


class UnreadableError(ValueError):
    """The file cannot be read as a table; the message says why in plain words."""


@dataclass(frozen=True)
class Table:
    """A header and its rows; a row carries the number that a spreadsheet shows beside it."""

    headers: list[str]
    rows: list[tuple[int, list[str]]]
    encoding: str
    delimiter: str
    blank_rows: list[int] = field(default_factory=list)
    header_row: int = 1


def read_table(content: bytes, *, delimiter: str = "") -> Table:
    """Return the table in this file; raise UnreadableError where there is none."""
    text, encoding = decoded(content)
    return table_in(text, delimiter=delimiter, encoding=encoding)


def table_in(
    text: str, *, delimiter: str = "", encoding: str = "", is_strict: bool = False
) -> Table:
    """Return the table in this text; a strict one closes each quotation mark that it opens."""
    text, said = without_separator_line(text)
    delimiter = delimiter or said or sniff_delimiter(text)
    lines = io.StringIO(text, newline="")
    try:
        reader = csv.reader(lines, delimiter=delimiter, strict=is_strict)
        records = list(islice(reader, MOST_ROWS + 1))
    except csv.Error as error:
        raise UnreadableError(
            _(
                "This is not a proper CSV file: a quotation mark is missing, or a cell is far too "
                "long."
            )
        ) from error
    if len(records) > MOST_ROWS:
        raise _too_long()
    _refuse_open_mark(text, delimiter, records)
    numbered = [(n, _filled(cells)) for n, cells in enumerate(records, start=1)]
    filled = [(n, cells) for n, cells in numbered if any(cells)]
    if not filled:
        raise UnreadableError(_("The file is empty."))
    (first, headers), *rows = filled
    widest = max(len(cells) for _n, cells in filled)
    if widest > MOST_COLUMNS:
        raise _too_wide(widest)
    kept = {n for n, _cells in filled}
    blank = [n for n, _cells in numbered if n > first and n not in kept]
    return Table(headers, rows, encoding, delimiter, blank, first)


def _refuse_open_mark(text: str, delimiter: str, records: list[list[str]]) -> None:
    """Refuse a table in which a quotation mark that is never closed has taken the rows below it."""
    last = records[-1][-1].strip() if records and records[-1] else ""
    if not LINE_END.search(last):
        return
    try:
        for _record in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True):
            pass
    except csv.Error as error:
        if NEVER_CLOSED in str(error):
            message = _(
                "A quotation mark in row %(row)d is never closed, so that all below it would be one "
                "cell. Close it and choose the file again."
            )
            raise UnreadableError(message % {"row": len(records)}) from error


def decoded(content: bytes, *, largest: int = LARGEST_FILE) -> tuple[str, str]:
    """Return the text of a file and the encoding in which it was saved, or say why it has none."""
    if len(content) > largest:
        message = _("The file is larger than %(size)d MB. Split it into smaller files.")
        raise UnreadableError(message % {"size": largest // 1024 // 1024})
    if content.startswith(WORKBOOKS):
        raise UnreadableError(
            _("This is a spreadsheet. Save it as CSV first, then choose that file.")
        )
    if not content.strip():
        raise UnreadableError(_("The file is empty."))
    encoding = next((name for mark, name in MARKS if content.startswith(mark)), "")
    if encoding:
        text = _decoded_as(content, encoding)
    elif b"\0" in content:
        raise _no_text()
    else:
        try:
            text, encoding = content.decode("utf-8"), "utf-8"
        except UnicodeDecodeError:
            text, encoding = _decoded_as(content, "cp1252"), "cp1252"
    if "\0" in text:  # no database stores it
        raise _no_text()
    return text, encoding


def _filled(cells: list[str]) -> list[str]:
    """Return the cells of a row without blanks; of a row that is too wide without its empty end."""
    found = [cell.strip() for cell in cells]
    if len(found) <= MOST_COLUMNS:
        return found
    last = max((place for place, cell in enumerate(found, start=1) if cell), default=0)
    return found[:last]


def _no_text() -> UnreadableError:
    return UnreadableError(_("This is not a text file. Save the table as CSV and try again."))


def _too_wide(columns: int) -> UnreadableError:
    message = _("The file has %(columns)d columns. At most %(most)d can be read; leave some out.")
    return UnreadableError(message % {"columns": columns, "most": MOST_COLUMNS})


def _too_long() -> UnreadableError:
    message = _("The file has more than %(most)d rows. Split it into smaller files.")
    return UnreadableError(message % {"most": MOST_ROWS})


def _decoded_as(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise UnreadableError(
            _("The characters at byte %(place)d cannot be read. Save the file as UTF-8.")
            % {"place": error.start}
        ) from error


def without_separator_line(text: str) -> tuple[str, str]:
    """Return the text without a first line such as `sep=;`, and the sign that this line names.

    A spreadsheet does not show that line and counts rows without it, and so do we.
    """
    line = SEPARATOR_LINE.match(text)
    return (text[line.end() :], line[2]) if line else (text, "")


def sniff_delimiter(text: str) -> str:
    """Return the delimiter with which most rows fall into the same number of columns (over one)."""
    best, best_score = ",", (0, 0)
    for delimiter in DELIMITERS:
        widths = Counter(_widths(text, delimiter))
        del widths[0]
        if not widths:
            continue
        width, rows = widths.most_common(1)[0]
        score = (rows if width > 1 else 0, width)
        if score > best_score:
            best, best_score = delimiter, score
    return best


def _widths(text: str, delimiter: str) -> list[int]:
    """Return the number of cells of each of the first rows."""
    try:
        reader = csv.reader(io.StringIO(text[:SAMPLE], newline=""), delimiter=delimiter)
        return [len(cells) for cells in reader][:200]
    except csv.Error:
        return []
