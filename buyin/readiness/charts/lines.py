"""Departments in one line each, for people who have a minute: the verdict, the way and the barrier."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from buyin.readiness import wording
from buyin.readiness.standing import Board, Standing


@dataclass(frozen=True)
class Line:
    """One department: its score, what that means, how it has moved and what holds it back."""

    name: str
    url: str
    score: int
    meaning: str
    words: str
    moved: str
    barrier: str


def department_lines(board: Board, *, query: str = "") -> list[Line]:
    """Return a line for each department that has a score, in the order of the board."""
    return [_line(part, query) for part in board.scored]


def _line(part: Standing, query: str) -> Line:
    band = part.overall.band if part.overall else "not-enough"
    return Line(
        name=part.name,
        url=reverse("readiness:department", args=[part.code]) + query,
        score=round(part.overall.value) if part.overall else 0,
        meaning=band if band in {"ready", "not-ready"} else "between",
        words=wording.band_words(band),
        moved=_moved(part),
        barrier="" if band == "ready" else wording.barrier_words(part),
    )


def _moved(part: Standing) -> str:
    """Return how far a score has moved, and nothing of what can be chance."""
    if part.change is None:
        return "–"
    if not part.change.is_real:
        return _("no clear change")
    by = round(part.change.by)
    return (_("up %(points)d") if by > 0 else _("down %(points)d")) % {"points": abs(by)}
