"""Tables that leave as CSV files: they open in every spreadsheet, and nothing in them runs there."""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import batched

from django.http import HttpResponse, StreamingHttpResponse

CSV = "text/csv; charset=utf-8"  # the type of the media, as browsers know it
# What spreadsheets take for the beginning of a formula, also in the wide letters of East Asia.
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
# Where one begins in the middle of a text, for a spreadsheet that takes these signs for the end of a
# cell: in half of Europe it opens a CSV file with ";", and then quotes in a line mean nothing to it.
INNER_FORMULA = re.compile(r'(?<=[;\t\r\n])("*)(?=[=+\-@＝＋－＠])')
ROWS_AT_ONCE = 500
MOST_KNOWN = 1_000


def csv_text(header: Sequence[object], rows: Iterable[Sequence[object]]) -> str:
    """Return the table with a byte order mark, by which spreadsheets know the encoding."""
    return "".join(csv_stream(header, rows))


def csv_stream(header: Sequence[object], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    """Yield the same text piece by piece, so that a long table is never in memory as a whole."""
    out = io.StringIO()
    writer = csv.writer(out)
    out.write("\ufeff")
    writer.writerow([_harmless(cell) for cell in header])
    harmless = lru_cache(MOST_KNOWN, typed=True)(_harmless)  # the same few labels, again and again
    for some in batched(rows, ROWS_AT_ONCE):
        # Numbers are harmless, and most tables hold little else.
        writer.writerows(
            [cell if type(cell) is int else harmless(cell) for cell in row] for row in some
        )
        yield out.getvalue()
        out.seek(0)
        out.truncate()
    yield out.getvalue()


def csv_file(name: str, text: str) -> HttpResponse:
    """Return the text of a table as a download of this name."""
    return HttpResponse(text, content_type=CSV, headers=_named(name))


def csv_file_stream(
    name: str, header: Sequence[object], rows: Iterable[Sequence[object]]
) -> StreamingHttpResponse:
    """Return a table as a download of this name that is sent while its rows are read."""
    text = csv_stream(header, rows)
    return StreamingHttpResponse(text, content_type=CSV, headers=_named(name))


def _named(name: str) -> dict[str, str]:
    return {"Content-Disposition": f'attachment; filename="{name}"'}


def _harmless(cell: object) -> object:
    """Return a number as it is, and everything else as text that is no formula."""
    if cell is None or isinstance(cell, int | float):
        return cell
    text = INNER_FORMULA.sub(r"\1'", str(cell))
    return f"'{text}" if text.startswith(FORMULA_SIGNS) else text
