"""Reading a delimited file as people really save it: any of the usual encodings and delimiters."""

import codecs
import csv
import io
from collections import Counter
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from buyin.spreadsheets import without_separator_line

DELIMITERS = ",;\t|"
LARGEST_FILE = 25 * 1024 * 1024
MOST_COLUMNS = (
    500  # each is a form of its own, and a browser sends no more than a few thousand fields
)
SAMPLE = 200_000


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


def read_table(content: bytes, *, delimiter: str = "") -> Table:
    """Return the table in this file; raise UnreadableError where there is none."""
    if len(content) > LARGEST_FILE:
        raise UnreadableError(_("The file is larger than 25 MB."))
    text, encoding = _decode(content)
    if "\0" in text:  # no database stores it
        raise _no_text()
    text, said = without_separator_line(text)
    delimiter = delimiter or said or sniff_delimiter(text)
    try:
        records = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=False))
    except csv.Error as error:
        raise UnreadableError(
            _("The file is not a proper CSV file: %(reason)s.") % {"reason": error}
        ) from error
    numbered = [(n, [cell.strip() for cell in cells]) for n, cells in enumerate(records, start=1)]
    filled = [(n, cells) for n, cells in numbered if any(cells)]
    if not filled:
        raise UnreadableError(_("The file is empty."))
    (first, headers), *rows = filled
    if len(headers) > MOST_COLUMNS:
        raise _too_wide(len(headers))
    kept = {n for n, _cells in filled}
    blank = [n for n, _cells in numbered if n > first and n not in kept]
    return Table(headers, rows, encoding, delimiter, blank)


def _decode(content: bytes) -> tuple[str, str]:
    """Return the text and the encoding that it was saved in."""
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if content.startswith(mark):
            return _decode_as(content, encoding), encoding
    if b"\0" in content:
        raise _no_text()
    try:
        return content.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        return _decode_as(content, "cp1252"), "cp1252"


def _no_text() -> UnreadableError:
    return UnreadableError(_("This is not a text file. Save the table as CSV and try again."))


def _too_wide(columns: int) -> UnreadableError:
    message = _("The file has %(columns)d columns. At most %(most)d can be read; leave some out.")
    return UnreadableError(message % {"columns": columns, "most": MOST_COLUMNS})


def _decode_as(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise UnreadableError(
            _("The characters at byte %(place)d cannot be read. Save the file as UTF-8.")
            % {"place": error.start}
        ) from error


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
