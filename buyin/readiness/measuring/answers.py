"""The answers to one survey laid out by department, and one dimension of them estimated."""

from collections import Counter
from collections.abc import Mapping
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from buyin.features import Scores
from buyin.readiness import release, scoring
from buyin.readiness.scoring import Floats, Ints

from .cells import Cell, Rules, judged

AGENCY = 0
_POINTS = 5


class Survey:
    """The answers laid out by department: who is where, who was asked, what lies under what."""

    def __init__(self, scores: Scores, parents: Mapping[int, int | None]) -> None:
        self.scores = scores
        homes = {*scores.asked, *scores.counted_in.values(), *np.unique(scores.department).tolist()}
        kept = {above for home in homes for above in release.path_up(home, parents)}
        self.parents = {node: parents[node] for node in sorted(kept)}
        tops = [node for node, parent in self.parents.items() if parent is None]
        self.top = tops[0] if len(tops) == 1 else AGENCY
        if self.top == AGENCY:
            self.parents = {AGENCY: None, **{n: p or AGENCY for n, p in self.parents.items()}}
        self.nodes = list(self.parents)
        self.place = {node: place for place, node in enumerate(self.nodes)}
        places = np.array(self.nodes, dtype=np.int64)
        # Whoever belongs to no department counts for the whole only.
        units = np.where(scores.department == AGENCY, self.top, scores.department)
        self.unit: Ints = np.searchsorted(places, units).astype(np.int64)
        self.asked_at = np.zeros(len(self.nodes), dtype=np.int64)
        asked: Counter[int] = Counter()
        for home, count in scores.asked.items():
            asked[home or self.top] += count
            self.asked_at[self.place[scores.counted_in.get(home, home) or self.top]] += count
        self.asked = release.totals_of(self.parents, asked)
        self.under = np.zeros((len(self.nodes), len(self.nodes)), dtype=bool)
        for node in self.nodes:
            for above in release.path_up(node, self.parents):
                self.under[self.place[above], self.place[node]] = True

    @cached_property
    def by_item(self) -> Floats:
        """Return the answers with one row an item: a column of a wide table is slow to read."""
        return np.ascontiguousarray(self.scores.answers.T)

    def counted(self, flags: npt.NDArray[np.bool_]) -> Ints:
        """Return how many people with a flag belong directly to each department."""
        return np.bincount(self.unit[flags], minlength=len(self.nodes)).astype(np.int64)

    def by_node(self, counts: Ints) -> dict[int, int]:
        """Return counts by department id instead of by place."""
        return dict(zip(self.nodes, counts.tolist(), strict=True))

    def summed(self, counts: Ints) -> Ints:
        """Return for each department the sum over itself and what is under it."""
        return np.asarray(self.under @ counts)


class Column:
    """One dimension for all departments."""

    def __init__(self, survey: Survey, place: int, code: str, rules: Rules) -> None:
        self.survey, self.code, self.rules = survey, code, rules
        self.scores: Floats = survey.scores.values[:, place]
        self.groups = scoring.groups_of(self.scores, survey.unit, survey.asked_at)
        self.estimates = scoring.estimate(self.groups)
        self.value, variance = scoring.combined(self.estimates, survey.under)
        self.error = np.sqrt(variance)
        self.margin = scoring.margin(self.error, self.groups.df)
        self.answered = survey.summed(self.groups.answered)
        self.shown = release.shown(
            survey.parents, survey.by_node(self.groups.answered), smallest=rules.smallest
        )

    def cells(self) -> list[Cell]:
        """Return this dimension's cell of each department."""
        return [self._cell(node) for node in self.survey.nodes]

    def _cell(self, node: int) -> Cell:
        if node not in self.shown:
            return Cell(node, self.code, self.survey.asked[node])
        place = self.survey.place[node]
        return Cell(
            department=node,
            dimension=self.code,
            asked=self.survey.asked[node],
            is_released=True,
            answered=int(self.answered[place]),
            detail=self._detail(node),
            **judged(self.value[place], self.error[place], self.margin[place], self.rules),
        )

    def _detail(self, node: int) -> dict[str, Any]:
        """Return the favourable share with its bounds, and the distribution as far as it may go."""
        place = self.survey.place[node]
        answered = int(self.answered[place])
        cut = self._distributions[node]
        share = (
            release.share(int(self.survey.summed(self._favourable)[place]), answered)
            if cut
            else release.rough(self._roughly_favourable[node])
        )
        detail: dict[str, Any] = {
            "favourable": share.as_code,
            "distribution": [list(category) for category in cut],
        }
        if share.side not in {"under", "over"}:
            rate = answered / max(self.survey.asked[node], answered)
            bounds = scoring.favourable_bounds(share.percent / 100, rate)
            detail["favourable_between"] = [round(100 * bound) for bound in bounds]
        return detail

    @cached_property
    def _favourable(self) -> Ints:
        flags = scoring.is_favourable(self.scores)
        return self.survey.counted(flags)

    @cached_property
    def _roughly_favourable(self) -> dict[int | None, release.Span]:
        counts, totals = (self.survey.by_node(n) for n in (self._favourable, self.groups.answered))
        return release.spans(self.survey.parents, counts, totals, self.shown)

    @cached_property
    def _distributions(self) -> dict[int, release.Cut]:
        known = ~np.isnan(self.scores)
        point = scoring.nearest_points(self.scores[known])
        flat = self.survey.unit[known] * _POINTS + point
        table = np.bincount(flat, minlength=len(self.survey.nodes) * _POINTS).reshape(-1, _POINTS)
        answers = dict(zip(self.survey.nodes, table.tolist(), strict=True))
        return release.distributions(self.survey.parents, answers, self.shown)
