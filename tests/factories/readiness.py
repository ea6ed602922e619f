"""Scores as a feature hands them over, and snapshots of them, for tests."""

from datetime import date

import numpy as np

from buyin.accounts.models import Department
from buyin.features import Feature, Item, Scores
from buyin.readiness import actions, scoring
from buyin.readiness.index import DIMENSIONS

CODES = [dimension.code for dimension in DIMENSIONS]
ITEMS = [
    Item(code=f"{code}_{number}", text=f"{code} item {number}", dimension=code)
    for code in CODES
    for number in (1, 2, 3)
]


class FakeSurveys(Feature):
    """A feature app that hands over the scores it was given, and counts how often it was asked."""

    name = "fake"

    def __init__(self, *given):
        self.given = given
        self.asked_for_scores = 0

    def tasks_for(self, person, **_more):
        """Return nothing."""
        return []

    def digest_items(self, person, *, since, until):
        """Return nothing."""
        return []

    def score_sources(self, *, until):
        """Return what was closed before that moment."""
        return [s for s in self.given if s.closed_on is None or s.closed_on < until.date()]

    def scores(self, *, until):
        """Return what was closed before that moment."""
        self.asked_for_scores += 1
        return self.score_sources(until=until)


def make_scores(initiative, people, *, asked, source="Ready for AI, wave 1", spread=8, **more):
    """Return scores: `people` gives for each department's code (n, five means), with so much spread around.

    Everybody's five scores rest on three items each, so that reliability can be computed too.
    """
    ids = dict(Department.objects.order_by().values_list("code", "pk"))
    chance = np.random.default_rng(7)
    department = np.repeat([ids[code] for code in people], [n for n, _means in people.values()])
    centre = np.repeat(
        [means for _n, means in people.values()], [n for n, _means in people.values()], axis=0
    )
    person = chance.normal(0, spread, (len(department), 1))
    noise = chance.normal(0, 0.8 * spread, (len(department), len(ITEMS)))
    answers = np.clip(np.repeat(centre, 3, axis=1) + person + noise, 0, 100)
    values = np.column_stack(
        [scoring.person_means(answers[:, i : i + 3]) for i in range(0, len(ITEMS), 3)]
    )
    return Scores(
        source=source,
        initiative=initiative.pk,
        closed_on=more.pop("closed_on", date(2026, 11, 13)),
        dimensions=CODES,
        department=department,
        values=values,
        asked={ids[code]: count for code, count in asked.items()},
        items=ITEMS,
        answers=answers,
        **more,
    )


def make_snapshot(initiative, people, *, asked, period="2026-W47", **more):
    """Measure such scores and return the snapshot of that week."""
    scores = make_scores(initiative, people, asked=asked, **more)
    return actions.take_snapshot(scores=scores, period=period)
