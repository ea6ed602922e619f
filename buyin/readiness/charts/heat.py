"""Departments by dimension as an accessible table: numbers in graded cells, words for the rest."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from buyin.readiness import wording
from buyin.readiness.index import DIMENSIONS, Dimension
from buyin.readiness.standing import Board, Score, Standing


@dataclass(frozen=True)
class Cell:
    """One cell: its dimension's name, what it says, and the classes that grade it."""

    label: str
    text: str
    css: str
    is_barrier: bool = False


@dataclass(frozen=True)
class Row:
    """One department, or all that are too small to show."""

    name: str
    url: str
    cells: list[Cell]
    answered: str


def heat_rows(board: Board, *, query: str = "") -> list[Row]:
    """Return the rows of the table, the lowest department first and the hidden last."""
    rows = [
        Row(
            name=part.name,
            url=reverse("readiness:department", args=[part.code]) + query,
            cells=list(_cells(part, board)),
            answered=wording.answered_of(part),
        )
        for part in board.parts
    ]
    if board.others:
        rows.append(_others_row(board))
    if board.beside:
        name = _("%(agency)s as a whole") % {"agency": board.beside.name}
        answered = wording.answered_of(board.beside)
        rows.append(Row(name, "", list(_cells(board.beside, board)), answered))
    return rows


def asked_about(board: Board) -> list[Dimension]:
    """Return the dimensions that the table has a column for: those that were asked about."""
    return [d for d in DIMENSIONS if d.code in board.dimensions] or list(DIMENSIONS)


def _others_row(board: Board) -> Row:
    """Return the row of everybody who is in no part that is shown: small units, direct people."""
    asked = {"asked": wording.grouped(board.others)}
    if board.hidden or not board.whole:
        name, text = _("Other units"), _("hidden")
        said = _("%(asked)s people asked, too few answers to show") % asked
    else:
        name, text = _("Directly in %(name)s") % {"name": board.whole.name}, "–"
        said = _("%(asked)s people asked, shown in the whole only") % asked
    cells = [Cell(str(d.name), text, "cell is-hidden-cell") for d in asked_about(board)]
    return Row(name, "", cells, said)


def _cells(standing: Standing, board: Board) -> Iterator[Cell]:
    for dimension in asked_about(board):
        score = standing.dimensions.get(dimension.code)
        label = str(dimension.name)
        if score:
            css = f"cell level-{_level(score, board.ready_from)}"
            css += " is-barrier" if score.is_barrier else ""
            yield Cell(label, str(round(score.value)), css, score.is_barrier)
        else:
            yield Cell(label, _("hidden"), "cell is-hidden-cell")


def _level(score: Score, ready_from: int) -> int:
    """Return the grade of a cell, 1 to 5; from the fourth on it is ready."""
    steps = (ready_from - 20, ready_from - 10, ready_from, ready_from + 10)
    return 1 + sum(round(score.value) >= step for step in steps)
