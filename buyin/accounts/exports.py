"""Lists as CSV files that a spreadsheet opens without running anything."""

import csv
from collections.abc import Iterable, Sequence

from django.http import HttpResponse

RUNS_IN_SPREADSHEETS = ("=", "+", "-", "@", "\t", "\r")


def as_cell(value: object) -> str:
    """Return the text of a cell; what a spreadsheet would take for a formula stays text."""
    text = str(value)
    return f"'{text}" if text.startswith(RUNS_IN_SPREADSHEETS) else text


def csv_file(name: str, header: Sequence[object], rows: Iterable[Sequence[object]]) -> HttpResponse:
    """Return a download with a header and rows."""
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer.write("\ufeff")
    writer = csv.writer(answer)
    writer.writerow([as_cell(cell) for cell in header])
    writer.writerows([as_cell(cell) for cell in row] for row in rows)
    return answer
