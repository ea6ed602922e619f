"""Readiness as CSV for spreadsheets: released figures, one row a department and dimension."""

from collections.abc import Iterable, Iterator

from buyin.spreadsheets import csv_text

from .index import BY_CODE
from .models import Snapshot
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

WAVES = ("answers_until", "week", "dimension", "answered", "score", "low", "high", "band")


def trend_csv_of(waves: Iterable[tuple[Snapshot, Score]], *, lens: str) -> str:
    """Return one score in each wave, the oldest first."""
    return csv_text(WAVES, (_wave_row(snapshot, lens, score) for snapshot, score in waves))


def _wave_row(snapshot: Snapshot, lens: str, score: Score) -> list[object]:
    ends = [None if end is None else round(end, 1) for end in (score.low, score.high)]
    figures = [score.answered, round(score.value, 1), *ends, score.band]
    return [snapshot.closed_on, snapshot.period, lens or "overall", *figures]


def csv_of(standings: Iterable[Standing]) -> str:
    """Return the rows of what may be shown, overall first and then by dimension."""
    return csv_text(COLUMNS, (row for standing in standings for row in _rows(standing)))


def _rows(standing: Standing) -> Iterator[list[object]]:
    overall = None if standing.lens else standing.overall
    scores = {"overall": overall, **standing.dimensions}
    for code in ("overall", *BY_CODE):
        score = scores.get(code)
        if score:
            yield _row(standing, code, score)


def _row(standing: Standing, code: str, score: Score) -> list[object]:
    return [
        standing.code,
        standing.name,
        code,
        standing.asked,
        score.answered,
        round(score.value, 1),
        None if score.low is None else round(score.low, 1),
        None if score.high is None else round(score.high, 1),
        score.band,
        "yes" if score.is_barrier else "no",
    ]
