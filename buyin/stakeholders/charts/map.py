"""The map: each stakeholder by power and interest, or how many there are where they are many."""

import math
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

import plotly.graph_objects as go
from django.utils.translation import gettext as _

from buyin.figures import BRAND, GOOD, GROUND, LOW, MUTED, UNAWARE, Figure
from buyin.stakeholders.models import QUADRANTS, Level
from buyin.stakeholders.queries import Stance
from buyin.stakeholders.standing import HIGH, Quadrant

from .titles import map_title

MOST = 150  # beyond so many dots nobody can tell one from another
BORDER = HIGH - 0.5
SPREAD = 0.36  # how far from its cross a dot may be drawn, so that those around others stay apart
GOLDEN = math.pi * (3 - math.sqrt(5))
# Colour, Plotly's symbol and the sign in the legend: a level is never told by colour alone.
LOOKS: dict[int | None, tuple[str, str, str]] = {
    Level.LEADING: (GOOD, "triangle-up", "▲"),
    Level.SUPPORTIVE: (GOOD, "circle", "●"),
    Level.NEUTRAL: (MUTED, "diamond", "◆"),
    Level.RESISTANT: (LOW, "square", "■"),
    Level.UNAWARE: (UNAWARE, "circle-open", "○"),
    None: (MUTED, "square-open", "□"),
}
CORNERS = {
    Quadrant.MANAGE_CLOSELY: (5.5, 5.85, "right", "top"),
    Quadrant.KEEP_SATISFIED: (0.5, 5.85, "left", "top"),
    Quadrant.KEEP_INFORMED: (5.5, 0.15, "right", "bottom"),
    Quadrant.MONITOR: (0.5, 0.15, "left", "bottom"),
}

type Cell = tuple[int, int]


def map_figure(stances: Sequence[Stance]) -> Figure | None:
    """Return the map, None where nobody's power and interest are assessed."""
    shown = [one for one in stances if one.said.quadrant]
    if not shown:
        return None
    is_counted = len(shown) > MOST
    traces = [_counts(shown)] if is_counted else list(_dots(shown))
    looks = [] if is_counted else _levels(shown)
    return Figure(
        id="map",
        title=map_title(stances),
        summary=_summary(len(shown), len(stances) - len(shown), is_counted=is_counted),
        plot=go.Figure(data=traces, layout=_layout()).to_plotly_json(),
        columns=(),
        legend=[("", f"{LOOKS[level][2]} {_level_words(level)}") for level in looks],
    )


def _summary(shown: int, missing: int, *, is_counted: bool) -> str:
    words = {"shown": shown, "missing": missing}
    if is_counted:
        return (
            _("How many of %(shown)d stakeholders stand where. Not assessed: %(missing)d.") % words
        )
    return _("One sign for each of %(shown)d stakeholders. Not assessed: %(missing)d.") % words


def _cells(shown: Sequence[Stance]) -> dict[Cell, list[Stance]]:
    found: dict[Cell, list[Stance]] = defaultdict(list)
    for one in shown:
        found[one.said.interest or 0, one.said.power or 0].append(one)
    return found


def _levels(shown: Sequence[Stance]) -> list[int | None]:
    there = {one.said.current for one in shown}
    return [level for level in LOOKS if level in there]


def _level_words(level: int | None) -> str:
    return _("Not assessed") if level is None else str(Level(level).label)


def _dots(shown: Sequence[Stance]) -> Iterator["go.Scatter"]:
    """Yield one trace a level; who share a cross stand around it like seeds in a flower."""
    placed: dict[int | None, list[tuple[float, float, str]]] = defaultdict(list)
    for (x, y), there in _cells(shown).items():
        for row, one in enumerate(there):
            away = SPREAD * math.sqrt(row / len(there))
            turn = row * GOLDEN
            spot = (x + away * math.cos(turn), y + away * math.sin(turn), one.name)
            placed[one.said.current].append(spot)
    for level in _levels(shown):
        colour, symbol, _sign = LOOKS[level]
        spots = placed[level]
        yield go.Scatter(
            x=[round(spot[0], 3) for spot in spots],
            y=[round(spot[1], 3) for spot in spots],
            customdata=[spot[2] for spot in spots],
            mode="markers",
            marker={"size": 13, "color": colour, "symbol": symbol, "line": {"width": 2}},
            hovertemplate="%{customdata}<extra></extra>",
        )


def _counts(shown: Sequence[Stance]) -> "go.Scatter":
    cells = _cells(shown)
    largest = max(len(there) for there in cells.values())
    return go.Scatter(
        x=[x for x, _y in cells],
        y=[y for _x, y in cells],
        mode="markers+text",
        text=[str(len(there)) for there in cells.values()],
        textfont={"color": GROUND},
        marker={
            "size": [22 + 34 * math.sqrt(len(there) / largest) for there in cells.values()],
            "color": BRAND,
        },
        hovertemplate="%{text}<extra></extra>",
    )


def _layout() -> dict[str, Any]:
    axis = {"range": [0.5, 5.5], "dtick": 1}
    tall = {"range": [0.1, 5.9], "tickvals": [1, 2, 3, 4, 5]}  # the names of quadrants need room
    line = {
        "type": "line",
        "line": {"color": BRAND, "width": 1.5, "dash": "dash"},
        "layer": "below",
    }
    return {
        "template": None,
        "height": 520,
        "margin": {"l": 8, "r": 16, "t": 12, "b": 52},
        "xaxis": {**axis, "title": {"text": _("Interest, 1 to 5")}},
        "yaxis": {**tall, "title": {"text": _("Power, 1 to 5")}},
        "shapes": [
            {**line, "x0": BORDER, "x1": BORDER, "y0": 0.1, "y1": 5.9},
            {**line, "y0": BORDER, "y1": BORDER, "x0": 0.5, "x1": 5.5},
        ],
        "annotations": [
            {
                "x": x,
                "y": y,
                "xanchor": across,
                "yanchor": down,
                "showarrow": False,
                "text": str(QUADRANTS[quadrant]),
                "font": {"color": BRAND, "size": 13},
            }
            for quadrant, (x, y, across, down) in CORNERS.items()
        ],
    }
