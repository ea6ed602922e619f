"""Charts of results and of sessions: each with its message, the same as a table, and nothing hidden in it."""

from .bars import bars_figure
from .rankings import ranking_figure
from .scales import scale_figure
from .sessions import clock, needs_figure, tasks_figure, themes_figure
from .trend import Row, day_of, rows_of_changes, rows_over_waves, trend_figure, trend_panels
from .usability import sus_figure

__all__ = [
    "Row",
    "bars_figure",
    "clock",
    "day_of",
    "needs_figure",
    "ranking_figure",
    "rows_of_changes",
    "rows_over_waves",
    "scale_figure",
    "sus_figure",
    "tasks_figure",
    "themes_figure",
    "trend_figure",
    "trend_panels",
]
