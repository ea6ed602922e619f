"""A ranking: for each choice how many people gave it which place, the best first; ties as ties."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import plotly.graph_objects as go
from django.utils.translation import gettext as _

from buyin.figures import Figure
from buyin.readiness.wording import grouped
from surveys import wording
from surveys.results.reading import ItemResult, Places, QuestionResult

from .shades import OUTLINE, on_shade, shade

# From the first place to the last.
SHADES = ("high-3", "high-2", "high-1", "middle", "low-1", "low-2", "low-3")
LEGIBLE = 7
WIDTH = 0.56


@dataclass(frozen=True)
class Ranked:
    """One choice with its place among all: equal ones share theirs."""

    place: str
    text: str
    mean: str
    counts: tuple[int, ...]


def ranking_figure(question: QuestionResult, *, is_open: bool = False) -> Figure | None:
    """Return the chart of a ranking; None where its places may not be told."""
    result = question.main
    if result.places is None:
        return None
    lines = ranked(result, result.places)
    names = [_block(block, result) for block in result.places.blocks]
    shades = [SHADES[round(n * (len(SHADES) - 1) / (len(names) - 1))] for n in range(len(names))]
    shares = [[wording.share_words(n, sum(line.counts)) for n in line.counts] for line in lines]
    return Figure(
        id=f"q-{question.question.code}",
        title=wording.finding_of(question),
        summary=" ".join([_summary(result), *wording.missing_notes(question)]),
        plot=_plot(lines, shades),
        columns=[_("Place"), _("Answer"), _("Mean place"), *names],
        rows=[
            [line.place, line.text, line.mean, *share]
            for line, share in zip(lines, shares, strict=True)
        ],
        legend=[(f"shade-{css}", name) for css, name in zip(shades, names, strict=True)],
        is_open=is_open,
    )


def ranked(result: ItemResult, places: Places) -> list[Ranked]:
    """Return the choices in the order that people gave them.

    It is that of the mean place; where that may not be told, of how many put a choice first. What
    is the same as people read it is a tie.
    """
    texts = wording.texts_of(result)

    def key(code: str) -> float:
        mean = places.mean(code)
        counts = places.counts[code]
        return round(mean, 1) if mean is not None else -round(100 * counts[0] / sum(counts))

    found: list[Ranked] = []
    codes = sorted(places.counts, key=key)
    for _same, tied in groupby(codes, key=key):
        group = list(tied)
        place = str(len(found) + 1) if len(group) == 1 else _("%d, tied") % (len(found) + 1)
        found += [
            Ranked(place, texts[code], _mean(places.mean(code)), places.counts[code])
            for code in group
        ]
    return found


def _mean(mean: float | None) -> str:
    return "–" if mean is None else wording.number_words(round(mean, 1))


def _block(block: Sequence[int], result: ItemResult) -> str:
    """Return a place in words, or several that are only told together."""
    is_last = block[-1] == len(result.item.question.choices)
    if len(block) > 1:
        words = {"low": block[0], "high": block[-1]}
        return _("Place %(low)d to %(high)d") % words
    if is_last and not result.item.required:
        return _("Place %(n)d or none") % {"n": block[0]}
    return _("Place %(n)d") % {"n": block[0]}


def _summary(result: ItemResult) -> str:
    people = {"n": grouped(result.n or 0)}
    if result.item.required:
        return _("The places that %(n)s people gave, first places to the left.") % people
    return (
        _(
            "The places that %(n)s people gave, first places to the left. What somebody gave no "
            "place counts as last."
        )
        % people
    )


def _plot(lines: Sequence[Ranked], shades: Sequence[str]) -> dict[str, Any]:
    names = [line.text for line in lines]
    traces = [_trace(lines, number, name) for number, name in enumerate(shades)]
    layout = {
        "template": None,
        "barmode": "stack",
        "xaxis": {"range": [0, 100], "showticklabels": False, "showgrid": False},
        "yaxis": {"categoryorder": "array", "categoryarray": names[::-1]},
    }
    found: dict[str, Any] = go.Figure(data=traces, layout=layout).to_plotly_json()
    return found


def _trace(lines: Sequence[Ranked], number: int, name: str) -> "go.Bar":
    lengths = [100 * line.counts[number] / sum(line.counts) for line in lines]
    return go.Bar(
        orientation="h",
        y=[line.text for line in lines],
        x=[round(length, 3) for length in lengths],
        width=WIDTH,
        marker={"color": shade(name), "line": {"color": OUTLINE, "width": 1}},
        text=[str(round(length)) if length >= LEGIBLE else "" for length in lengths],
        textposition="inside",
        insidetextanchor="middle",
        textangle=0,
        insidetextfont={"color": on_shade(name)},
        hoverinfo="skip",
    )
