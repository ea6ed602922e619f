"""Charts of readiness: each with its message, the same as a table, and nothing hidden in it."""

from .dots import departments_figure, profile_figure
from .heat import asked_about, heat_rows
from .lines import department_lines
from .spread import barriers_of, spreads_of
from .trend import trend_figure

__all__ = [
    "asked_about",
    "barriers_of",
    "department_lines",
    "departments_figure",
    "heat_rows",
    "profile_figure",
    "spreads_of",
    "trend_figure",
]
