"""One figure of a question over the waves."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import plotly.graph_objects as go
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from buyin.figures import BRAND, FAINT, Figure
from buyin.readiness.wording import grouped
from surveys import wording
from surveys.results.changes import Changed, Headline

NORMAL = 1.96
HEIGHT, PANEL = 300, 210

type Point = tuple[datetime, Headline]


@dataclass(frozen=True)
class Row:
    """One figure in words: what it counts, its value by the day of each wave, whether it changed."""

    name: str
    values: list[tuple[str, str]]
    change: str
    is_real: bool


@dataclass(frozen=True)
class Panel:
    """One figure over the waves as a small chart beside others of the same measure."""

    id: str
    title: str
    plot: dict[str, Any]

    @property
    def plot_id(self) -> str:
        """Return the id of the element that carries the drawing's JSON."""
        return f"{self.id}-plot"


def trend_panels(
    series: Iterable[Sequence[Headline | None]], days: Sequence[datetime]
) -> list[Panel]:
    """Return a small chart for each figure that `rows_over_waves` has a row for, in its order."""
    panels: list[Panel] = []
    for values in series:
        points = [(day, one) for day, one in zip(days, values, strict=True) if one is not None]
        if len(points) <= 1 or values[-1] is None:
            continue
        newest = values[-1]
        plot = _plot(points, height=PANEL)
        panels.append(Panel(f"trend-{len(panels) + 1}", wording.short_name(newest), plot))
    return panels


def trend_figure(points: Sequence[Point]) -> Figure | None:
    """Return the chart of one figure over the waves, the oldest first; None before there are two."""
    if len(points) <= 1:
        return None
    newest, before = points[-1][1], points[-2][1]
    words = {
        "now": wording.value_words(newest),
        "before": wording.value_words(before),
        "change": wording.change_words(Changed(newest, before)),
    }
    return Figure(
        id=f"trend-{newest.item.code}-{newest.part}",
        title=_("%(now)s now, %(before)s before: %(change)s") % words,
        summary=_("%(figure)s: one dot a wave with its 95 %% range.")
        % {"figure": wording.figure_name(newest)},
        plot=_plot(points),
        columns=[_("Answers until"), wording.short_name(newest), _("Answered")],
        rows=[[day_of(day), wording.value_words(one), grouped(one.n)] for day, one in points],
    )


def rows_over_waves(series: Iterable[Sequence[Headline | None]], days: Sequence[str]) -> list[Row]:
    """Return a row for each figure, its waves from the oldest to the newest; those in two waves."""
    rows = []
    for values in series:
        known = [one for one in values if one is not None]
        if len(known) <= 1 or values[-1] is None:
            continue
        changed = Changed(known[-1], known[-2])
        rows.append(
            Row(
                name=wording.short_name(known[-1]),
                values=[
                    (day, wording.value_words(one) if one else "–")
                    for day, one in zip(days, values, strict=True)
                ],
                change=wording.change_words(changed),
                is_real=changed.change.is_real,
            )
        )
    return rows


def rows_of_changes(changes: Iterable[Changed], days: tuple[str, str]) -> list[Row]:
    """Return a row for each figure of two waves, those that have changed first."""
    rows = [
        Row(
            name=wording.figure_name(one.now),
            values=[
                (days[0], wording.value_words(one.before)),
                (days[1], wording.value_words(one.now)),
            ],
            change=wording.change_words(one),
            is_real=one.change.is_real,
        )
        for one in changes
    ]
    return sorted(rows, key=lambda row: not row.is_real)


def day_of(moment: datetime) -> str:
    """Return the day until which a wave took answers."""
    return formats.date_format(_local(moment))


def _plot(points: Sequence[Point], *, height: int = HEIGHT) -> dict[str, Any]:
    is_share = points[-1][1].is_share
    values = [one.value for _day, one in points]
    margins = [NORMAL * one.error for _day, one in points]
    down = [min(v, m) if is_share else m for v, m in zip(values, margins, strict=True)]
    up = [min(100 - v, m) if is_share else m for v, m in zip(values, margins, strict=True)]
    line = go.Scatter(
        x=[_tick(day) for day, _one in points],
        y=values,
        mode="lines+markers+text",
        text=[wording.value_words(one) for _day, one in points],
        textposition="top center",
        cliponaxis=False,
        line={"color": BRAND, "width": 2},
        marker={"size": 10, "color": BRAND},
        error_y={
            "type": "data",
            "symmetric": False,
            "array": up,
            "arrayminus": down,
            "color": FAINT,
            "thickness": 6,
            "width": 0,
        },
        hoverinfo="skip",
    )
    layout = {
        "template": None,
        "height": height,
        "yaxis": {"range": [0, 100], "dtick": 20} if is_share else {"rangemode": "tozero"},
        "xaxis": {"type": "category", "range": [-0.4, len(points) - 0.6], "tickangle": 0},
    }
    found: dict[str, Any] = go.Figure(data=[line], layout=layout).to_plotly_json()
    return found


def _local(day: datetime) -> datetime:
    return timezone.localtime(day, timezone.get_default_timezone())


def _tick(day: datetime) -> str:
    """Return that day on two lines, so that it fits on a phone."""
    return formats.date_format(_local(day), "j M") + f"<br>{_local(day).year}"
