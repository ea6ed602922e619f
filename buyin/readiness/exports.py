"""Readiness as CSV for spreadsheets: released figures, one row a department and dimension."""

import csv
import io
from collections.abc import Iterable
from typing import Any

from .index import BY_CODE
from .standing import Score, Standing

COLUMNS = (
    "department_code",
    "department",
    "dimension",
    "asked",
    "answered",
    "score",
    "low",
    "high",
    "band",
    "is_barrier",
)
# A spreadsheet would run a cell that begins like this.
_RISKY = ("=", "+", "-", "@", "\t", "\r")


def csv_of(standings: Iterable[Standing]) -> str:
    """Return the rows of what may be shown, overall first and then by dimension."""
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(COLUMNS)
    for standing in standings:
        overall = None if standing.lens else standing.overall
        scores = {"overall": overall, **standing.dimensions}
        for code in ("overall", *BY_CODE):
            score = scores.get(code)
            if score:
                writer.writerow(_row(standing, code, score))
    return file.getvalue()


def _row(standing: Standing, code: str, score: Score) -> list[Any]:
    return [
        _harmless(standing.code),
        _harmless(standing.name),
        code,
        standing.asked,
        score.answered,
        round(score.value, 1),
        "" if score.low is None else round(score.low, 1),
        "" if score.high is None else round(score.high, 1),
        score.band,
        "yes" if score.is_barrier else "no",
    ]


def _harmless(text: str) -> str:
    """Return the text so that no spreadsheet takes it for a formula."""
    return f"'{text}" if text.startswith(_RISKY) else text
