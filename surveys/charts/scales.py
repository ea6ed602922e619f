"""Answers on a scale: bars that grow from the middle to both sides, one for each statement."""

from collections.abc import Iterator, Sequence
from typing import Any

import plotly.graph_objects as go
from django.utils.translation import gettext as _

from buyin.figures import Figure
from buyin.readiness.wording import grouped
from surveys import wording
from surveys.results.reading import Cell, ItemResult, QuestionResult

from .shades import OUTLINE, on_shade, shade

DEPTHS = 5  # as many shades has either half of a scale
# Answers that are told together have the colour of the outermost, with lines across.
TOGETHER = {
    "shape": "/", "fillmode": "overlay", "fgcolor": on_shade("low-4"), "size": 7, "solidity": 0.2,
}  # fmt: skip
LEGIBLE = 7  # per cent: a narrower piece has no room for its number
WIDTH = 0.56
ROOM = 4

type Piece = tuple[Cell, float, float]
type Shades = dict[tuple[str, ...], str]


def scale_figure(question: QuestionResult, *, is_open: bool = False) -> Figure | None:
    """Return the chart of a scale, or None where no statement has anything to draw."""
    rows = [row for row in question.rows if row.table.cells]
    if not rows:
        return None
    shades = _shades(rows)
    return Figure(
        id=f"q-{question.question.code}",
        title=wording.finding_of(question),
        summary=" ".join([_summary(rows), *wording.missing_notes(question)]),
        plot=_plot(rows, shades),
        columns=[_("Statement"), _("Answer"), _("People"), _("Share")],
        rows=list(_table(question)),
        legend=[(css, label) for label, css in _legend(rows, shades)],
        is_open=is_open,
    )


def _summary(rows: Sequence[ItemResult]) -> str:
    counts = [row.table.n for row in rows]
    words = {"low": grouped(min(counts)), "high": grouped(max(counts))}
    people = (
        _("%(low)s people") if words["low"] == words["high"] else _("%(low)s to %(high)s people")
    )
    return _("Shares of %(people)s: lower answers to the left, higher ones to the right.") % {
        "people": people % words
    }


def _table(question: QuestionResult) -> Iterator[list[str]]:
    for row in question.rows:
        for cell in row.table.cells:
            share = wording.share_words(cell.count, row.table.n)
            label = wording.cell_label(row, cell)
            yield [row.item.text, label, grouped(cell.count), share]
        if row.table.edge:
            label = wording.codes_label(row, row.table.edge.codes)
            yield [row.item.text, label, "–", wording.stored_share(row.table.edge.share)]


def _sides(row: ItemResult) -> tuple[list[Cell], list[Cell], list[Cell]]:
    """Return the cells of the lower half, those across the middle, and of the upper half."""
    codes = _codes(row)
    half = len(codes) // 2
    low, high = set(codes[:half]), set(codes[len(codes) - half :])
    cells = row.table.cells
    below = [cell for cell in cells if set(cell.codes) <= low]
    above = [cell for cell in cells if set(cell.codes) <= high]
    return below, [cell for cell in cells if cell not in below + above], above


def _codes(row: ItemResult) -> list[str]:
    points = [point.code for point in row.item.question.points]
    return points or [str(n) for n in range(11)]


def _pieces(row: ItemResult) -> Iterator[Piece]:
    """Yield each cell with where its piece begins and how long it is, in percent."""
    below, middle, above = _sides(row)
    n = row.table.n
    across = 100 * sum(cell.count for cell in middle) / n
    place = -across / 2 - 100 * sum(cell.count for cell in below) / n
    for cell in [*below, *middle, *above]:
        length = 100 * cell.count / n
        yield cell, place, length
        place += length


def _shades(rows: Sequence[ItemResult]) -> Shades:
    """Return the shade of each set of answers that some row tells together."""
    found: Shades = {}
    for row in rows:
        below, middle, above = _sides(row)
        codes = _codes(row)
        half = max(1, len(codes) // 2)
        for cell in below:
            place = _place(codes.index(cell.codes[0]), half)
            found[cell.codes] = f"low-{4 - place}"
        for cell in middle:
            found[cell.codes] = "middle"
        for cell in above:
            place = _place(codes[::-1].index(cell.codes[-1]), half)
            found[cell.codes] = f"high-{4 - place}"
    return found


def _place(distance: int, half: int) -> int:
    """Return which of five colours an answer has, so far from the end of its half of the scale.

    Up to three answers have those in between, which can be told apart best.
    """
    if half > DEPTHS - 2:
        return round(4 * distance / (half - 1))
    return 1 + round(2 * distance / (half - 1)) if half > 1 else 2


def _legend(rows: Sequence[ItemResult], shades: Shades) -> list[tuple[str, str]]:
    """Return each label with its class, from the lowest answer on."""
    order = _codes(rows[0])
    found: dict[str, str] = {}
    for codes in sorted(shades, key=lambda one: (order.index(one[0]), len(one))):
        row = next(row for row in rows if any(cell.codes == codes for cell in row.table.cells))
        found.setdefault(wording.codes_label(row, codes), _classes(codes, shades[codes]))
    return list(found.items())


def _classes(codes: tuple[str, ...], name: str) -> str:
    return f"shade-{name} shade-together" if len(codes) > 1 else f"shade-{name}"


def _plot(rows: Sequence[ItemResult], shades: Shades) -> dict[str, Any]:
    names = [row.item.text for row in rows]
    traces = [_trace(rows, codes, name) for codes, name in shades.items()]
    ends = [(place, place + length) for row in rows for _cell, place, length in _pieces(row)]
    low, high = min(0, *(e[0] for e in ends)) - ROOM, max(0, *(e[1] for e in ends)) + ROOM
    layout = {
        "template": None,
        "barmode": "overlay",
        "xaxis": {"range": [low, high], "showticklabels": False, "showgrid": False},
        "yaxis": {"categoryorder": "array", "categoryarray": names[::-1]},
    }
    found: dict[str, Any] = go.Figure(data=traces, layout=layout).to_plotly_json()
    return found


def _trace(rows: Sequence[ItemResult], codes: tuple[str, ...], name: str) -> "go.Bar":
    pieces = [
        (row, place, length)
        for row in rows
        for cell, place, length in _pieces(row)
        if cell.codes == codes
    ]
    return go.Bar(
        orientation="h",
        y=[row.item.text for row, _place, _length in pieces],
        base=[round(place, 3) for _row, place, _length in pieces],
        x=[round(length, 3) for _row, _place, length in pieces],
        width=WIDTH,
        marker={
            "color": shade(name),
            "line": {"color": OUTLINE, "width": 1},
            **({"pattern": TOGETHER} if len(codes) > 1 else {}),
        },
        text=[str(round(length)) if length >= LEGIBLE else "" for _row, _place, length in pieces],
        textposition="inside",
        insidetextanchor="middle",
        textangle=0,
        insidetextfont={"color": on_shade(name)},
        hoverinfo="skip",
    )
