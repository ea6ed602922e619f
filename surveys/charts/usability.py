"""The curve of published SUS scores, with where a system lies on it."""

from typing import Any

from django.utils.formats import localize
from django.utils.translation import gettext as _

from buyin.figures import BRAND, EDGE, FAINT, Figure
from surveys.queries.findings import Sus
from surveys.usability import CURVE, percentile_of

from .sessions import HUNDRED


def sus_figure(sus: Sus) -> Figure:
    """Return the chart of the score on the curve of published ones; the table holds every grade."""
    about = {
        "score": localize(round(sus.score.value, 1)),
        "grade": sus.grade.name,
        "percent": sus.grade.percentile_low,
    }
    title = _(
        "SUS %(score)s, grade %(grade)s: at least %(percent)d %% of published scores are lower"
    )
    if not sus.grade.percentile_low:
        title = _("SUS %(score)s, grade %(grade)s: among the lowest published scores")
    return Figure(
        id="sus-curve",
        title=title % about,
        summary=_summary(sus),
        plot={"data": [*_range(sus), _curve(), _dot(sus)], "layout": _layout()},
        columns=[
            _("Grade"),
            _("From score"),
            _("Share of published scores that are lower"),
            _("This system"),
        ],
        rows=[
            [
                grade.name,
                localize(grade.score),
                f"{grade.percentile_low}–{grade.percentile_high} %",
                _("here") if grade == sus.grade else "",
            ]
            for grade in CURVE
        ],
    )


def _summary(sus: Sus) -> str:
    low, high = sus.score.low, sus.score.high
    said = _("From left to right the score, upwards the share of published scores that are lower.")
    if low is None or high is None:
        return said
    marked = _("The broad line is where the score very likely lies, from %(low)s to %(high)s.")
    between = {"low": localize(round(low, 1)), "high": localize(round(high, 1))}
    return f"{said} {marked % between}"


def _curve() -> dict[str, Any]:
    """Return the curve through the first score of each band, up to the end of the scale."""
    points = [(grade.score, grade.percentile_low) for grade in reversed(CURVE)]
    points.append((HUNDRED, HUNDRED))
    return {
        "type": "scatter",
        "mode": "lines",
        "x": [score for score, _percent in points],
        "y": [percent for _score, percent in points],
        "line": {"color": EDGE, "width": 2},
        "hoverinfo": "skip",
    }


def _range(sus: Sus) -> list[dict[str, Any]]:
    """Return the part of the curve on which the score very likely lies; nothing without a range."""
    low, high = sus.score.low, sus.score.high
    if low is None or high is None:
        return []
    between = [grade.score for grade in reversed(CURVE) if low < grade.score < high]
    scores = [low, *between, high]
    return [
        {
            "type": "scatter",
            "mode": "lines",
            "x": scores,
            "y": [percentile_of(score) for score in scores],
            "line": {"color": FAINT, "width": 10},
            "hoverinfo": "skip",
        }
    ]


def _dot(sus: Sus) -> dict[str, Any]:
    score = sus.score.value
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [score],
        "y": [percentile_of(score)],
        "marker": {"size": 13, "color": BRAND},
        "hovertemplate": "%{x:.1f}<extra></extra>",
    }


def _layout() -> dict[str, Any]:
    return {
        "height": 300,
        "xaxis": {"range": [0, HUNDRED], "dtick": 20},
        "yaxis": {"range": [0, HUNDRED + 4], "dtick": 25, "ticksuffix": " %"},
    }
