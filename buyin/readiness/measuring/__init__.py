"""From people's scores to the cells of a snapshot: estimated, judged, and hidden where too few.

Pure: arrays and a tree of department ids in, plain rows out. What may not be shown is left out
here already, so that no later step can let it slip.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

import numpy as np

from buyin.features import Scores
from buyin.readiness import index

from .answers import AGENCY, Column, Survey
from .cells import OVERALL, Cell, Rules
from .summary import summary_of
from .whole import Whole

__all__ = ["OVERALL", "Cell", "Measured", "Rules", "measure"]


@dataclass(frozen=True)
class Measured:
    """The cells of all departments, and the facts about the whole agency with its own cells."""

    cells: list[Cell]
    summary: dict[str, Any]


def measure(scores: Scores, parents: Mapping[int, int | None], rules: Rules) -> Measured:
    """Return every cell of a snapshot and its summary.

    `parents` is the department tree. Departments outside the audience are left out; those above
    it are there, because their figures are made of the departments below. The agency's cells in
    the summary are those of the department at the top, or of all of them where there are several.
    """
    survey = Survey(scores, parents)
    columns = [
        Column(survey, place, code, rules)
        for place, code in enumerate(scores.dimensions)
        if code in index.BY_CODE and (~np.isnan(scores.values[:, place])).any()
    ]
    whole = Whole(survey, columns, rules)
    cells = [cell for column in columns for cell in column.cells()] + whole.cells()
    cells = _with_barriers(cells)
    summary = summary_of(survey, columns, whole.scores, rules)
    if summary:
        top = [cell for cell in cells if cell.department == survey.top]
        summary["agency"] = [asdict(cell) for cell in top]
    return Measured([cell for cell in cells if cell.department != AGENCY], summary)


def _with_barriers(cells: list[Cell]) -> list[Cell]:
    """Return the cells with the lowest dimension of each department marked, ties all of them."""
    values: dict[int, dict[str, float]] = {}
    for cell in cells:
        if cell.dimension != OVERALL and cell.value is not None:
            values.setdefault(cell.department, {})[cell.dimension] = cell.value
    lowest = {
        department: index.barriers(found) if len(found) > 1 else []
        for department, found in values.items()
    }
    return [
        replace(cell, is_barrier=cell.dimension in lowest.get(cell.department, []))
        for cell in cells
    ]
