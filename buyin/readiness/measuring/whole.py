"""The overall score over the dimensions, for every department."""

from collections.abc import Sequence

import numpy as np

from buyin.readiness import index, release, scoring
from buyin.readiness.scoring import Floats

from .answers import Column, Survey
from .cells import OVERALL, Cell, Rules, judged

_SILENT_BY = 10.0


class Whole:
    """The overall score of all departments, made of the dimensions that may be shown and no more.

    So it holds nothing that is not in the cells beside it, and a hidden dimension cannot be
    worked out from it.
    """

    def __init__(self, survey: Survey, columns: Sequence[Column], rules: Rules) -> None:
        self.survey, self.columns, self.rules = survey, columns, rules
        places = [list(survey.scores.dimensions).index(column.code) for column in columns]
        self.scores: Floats = survey.scores.values[:, places]
        own = survey.counted((~np.isnan(self.scores)).any(axis=1))
        self.answered = survey.summed(own)
        self.shown = release.shown(survey.parents, survey.by_node(own), smallest=rules.smallest)
        self.correlation = index.correlation_within(self.scores, survey.unit, len(survey.nodes))

    def cells(self) -> list[Cell]:
        """Return the overall cell of each department."""
        return [self._cell(node) for node in self.survey.nodes]

    def _cell(self, node: int) -> Cell:
        parts = [number for number, column in enumerate(self.columns) if node in column.shown]
        if node not in self.shown or not index.is_enough(len(parts)):
            return Cell(node, OVERALL, self.survey.asked[node])
        place = self.survey.place[node]
        columns = [self.columns[number] for number in parts]
        values = [float(column.value[place]) for column in columns]
        error = index.overall_error(
            [float(column.error[place]) for column in columns],
            self.correlation[np.ix_(parts, parts)],
        )
        value, df = index.overall(values), min(column.groups.df for column in columns)
        answered, asked = int(self.answered[place]), self.survey.asked[node]
        found = judged(value, error, float(scoring.margin(np.array(error), df)), self.rules)
        return Cell(
            department=node,
            dimension=OVERALL,
            asked=asked,
            is_released=True,
            answered=answered,
            detail={
                "dimensions": [column.code for column in columns],
                "silent_lower": scoring.if_silent_lower(
                    value, answered=answered, asked=max(asked, answered), by=_SILENT_BY
                ),
                "otherwise": self._otherwise(values, error, found["band"]),
            },
            **found,
        )

    def _otherwise(self, values: list[float], error: float, band: str) -> list[str]:
        """Return the other ways to build the index under which the band would be another one."""
        return [
            name
            for name, value in index.alternatives(values).items()
            if judged(value, error, error, self.rules)["band"] != band
        ]
