"""Benefits drawn: what was measured, against the way from baseline to target."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import plotly.graph_objects as go
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from buyin.figures import BRAND, MUTED, Figure

from . import wording
from .models import Benefit, Measurement

type Point = tuple[date, Decimal]


def benefit_figure(benefit: Benefit, measured: Sequence[Measurement]) -> Figure | None:
    """Return the chart of what counts, the oldest first, or None before anybody has measured."""
    if not measured:
        return None
    rows = [
        [
            date_format(one.day),
            wording.amount(benefit, one.value),
            "–" if one.n is None else one.n,
            one.method or "–",
        ]
        for one in measured
    ]
    begins = _begins(benefit)
    if begins:
        said = wording.amount(benefit, begins[1])
        rows.insert(0, [_("%(day)s (baseline)") % {"day": date_format(begins[0])}, said, "–", "–"])
    return Figure(
        id="measured",
        title=wording.message(benefit, measured),
        summary=_summary(benefit),
        plot=_plot(benefit, [(one.day, one.value) for one in measured]),
        columns=[_("Measured on"), benefit.indicator or _("Value"), _("Cases"), _("How")],
        rows=rows,
        csv_url=reverse("initiatives:measurements-csv", args=[benefit.initiative_id, benefit.pk]),
    )


def _summary(benefit: Benefit) -> str:
    """Return what is drawn, for those who see the drawing and those who do not."""
    parts = [_("One dot a measurement.")]
    if benefit.aim:
        parts.append(
            _("Dashed: the limit that was agreed.")
            if benefit.is_disbenefit
            else _("Dashed: the straight way from the baseline to the target.")
        )
    parts.append(f"{benefit.get_direction_display().capitalize()}.")
    return " ".join(parts)


def _begins(benefit: Benefit) -> Point | None:
    value, day = benefit.baseline_value, benefit.baseline_on
    return None if value is None or day is None else (day, value)


def _plot(benefit: Benefit, points: list[Point]) -> dict[str, Any]:
    begins = _begins(benefit)
    actual = [begins, *points] if begins else points
    texts = ["" for _point in actual]
    for place in {0, len(actual) - 1}:
        texts[place] = wording.number(actual[place][1])
    line = go.Scatter(
        x=[day.isoformat() for day, _value in actual],
        y=[float(value) for _day, value in actual],
        mode="lines+markers+text",
        text=texts,
        textposition="top center",
        cliponaxis=False,
        line={"color": BRAND, "width": 2},
        marker={"size": 9, "color": BRAND},
        hovertemplate="%{y}<extra></extra>",
    )
    way = _way(benefit, actual)
    layout = {
        "template": None,
        "height": 300,
        "yaxis": {"range": _room([*actual, *way])},
        "xaxis": {"type": "date", "nticks": 4, "tickangle": 0},
        "annotations": [_target_label(benefit, way[-1])] if way else [],
    }
    found: dict[str, Any] = go.Figure(
        data=[*([_dashed(way)] if way else []), line], layout=layout
    ).to_plotly_json()
    return found


def _way(benefit: Benefit, actual: list[Point]) -> list[Point]:
    """Return the dashed line: the way to the target, or the limit from the first day to the last."""
    target, by = benefit.target_value, benefit.target_on
    if target is None or by is None:
        return []
    begins = _begins(benefit)
    if begins and not benefit.is_disbenefit:
        return [begins, (by, target)]
    return [(actual[0][0], target), (max(by, actual[-1][0]), target)]


def _dashed(way: list[Point]) -> "go.Scatter":
    return go.Scatter(
        x=[day.isoformat() for day, _value in way],
        y=[float(value) for _day, value in way],
        mode="lines",
        line={"color": MUTED, "width": 1.5, "dash": "dash"},
        hoverinfo="skip",
    )


def _target_label(benefit: Benefit, end: Point) -> dict[str, Any]:
    words = _("limit %(value)s") if benefit.is_disbenefit else _("target %(value)s")
    return {
        "x": end[0].isoformat(),
        "y": float(end[1]),
        "xanchor": "right",
        "yanchor": "top",
        "showarrow": False,
        "text": words % {"value": wording.number(end[1])},
        "font": {"color": MUTED, "size": 13},
    }


def _room(points: list[Point]) -> list[float]:
    """Return an axis from zero, where that is near, with room for what is written at the ends."""
    values = [float(value) for _day, value in points]
    low, high = min(values), max(values)
    gap = (high - low) or abs(high) or 1.0
    begins = 0.0 if 0 <= low < 2 * gap else low - 0.2 * gap
    return [begins - 0.12 * gap, high + 0.2 * gap]
