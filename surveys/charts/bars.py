"""Answers without a scale: a bar for each, the longest on top; ranges in their order."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import plotly.graph_objects as go
from django.utils.translation import gettext as _

from buyin.figures import BRAND, Figure
from buyin.readiness.wording import grouped
from surveys import wording
from surveys.results.reading import ItemResult, QuestionResult
from surveys.results.tally import CHOSEN

WIDTH = 0.56
ROOM = 1.35  # the longest bar leaves space for the words behind it


@dataclass(frozen=True)
class Bar:
    """An answer and its share; without people where only the side of the share may be told."""

    label: str
    share: str
    count: int | None = None
    n: int = 0
    is_together: bool = False

    @property
    def length(self) -> float:
        """Return the share in percent as it is drawn."""
        return 100 * (self.count or 0) / max(self.n, 1)


def bars_figure(question: QuestionResult, *, is_open: bool = False) -> Figure | None:
    """Return the chart of single or several choices, a ranking, numbers or days."""
    result = question.main
    bars = several(result) if result.item.type == "multiple" else each(result)
    if not bars:
        return None
    return Figure(
        id=f"q-{question.question.code}",
        title=wording.finding_of(question),
        summary=" ".join([_summary(result), *wording.missing_notes(question)]),
        plot=_plot(bars),
        columns=[_("Answer"), _("People"), _("Share")],
        rows=[[bar.label, _number(bar.count), bar.share] for bar in bars],
        is_open=is_open,
    )


def each(result: ItemResult) -> list[Bar]:
    """Return a bar for each answer of which people give one."""
    table = result.table
    if table.edge:
        share = wording.stored_share(table.edge.share)
        return [Bar(wording.codes_label(result, table.edge.codes), share)]
    bars = [
        Bar(
            label=wording.cell_label(result, cell),
            share=wording.share_words(cell.count, table.n),
            count=cell.count,
            n=table.n,
            is_together=len(cell.codes) > 1,
        )
        for cell in table.cells
    ]
    return bars if result.bins else _longest_first(bars)


def several(result: ItemResult) -> list[Bar]:
    """Return a bar for each choice of several."""
    bars: list[Bar] = []
    for part, table in result.tables.items():
        label = wording.codes_label(result, [part])
        chosen = table.among([CHOSEN])
        if chosen is not None:
            share = wording.share_words(chosen, table.n)
            bars.append(Bar(label, share, chosen, table.n))
        elif table.edge:
            bars.append(Bar(label, wording.edge_of_choice(table.edge)))
    return _longest_first(bars)


def _longest_first(bars: Sequence[Bar]) -> list[Bar]:
    return sorted(bars, key=lambda bar: (bar.is_together, bar.count is None, -bar.length))


def _summary(result: ItemResult) -> str:
    people = {"n": grouped(result.n or 0)}
    if result.item.type == "multiple":
        return _("Shares of %(n)s people, who could choose several answers.") % people
    if result.item.type == "ranking":
        return _("What %(n)s people put in the first place.") % people
    return _("Shares of %(n)s people.") % people


def _number(count: int | None) -> str:
    return "–" if count is None else grouped(count)


def _plot(bars: Sequence[Bar]) -> dict[str, Any]:
    lengths = [bar.length for bar in bars]
    trace = go.Bar(
        orientation="h",
        x=[round(length, 3) for length in lengths],
        y=[bar.label for bar in bars],
        width=WIDTH,
        marker={"color": BRAND},
        text=[bar.share for bar in bars],
        textposition="outside",
        textangle=0,
        cliponaxis=False,
        hoverinfo="skip",
    )
    layout = {
        "template": None,
        "xaxis": {
            "range": [0, max(10, max(lengths) * ROOM)],
            "showticklabels": False,
            "showgrid": False,
        },
        "yaxis": {"categoryorder": "array", "categoryarray": [bar.label for bar in bars][::-1]},
    }
    found: dict[str, Any] = go.Figure(data=[trace], layout=layout).to_plotly_json()
    return found
