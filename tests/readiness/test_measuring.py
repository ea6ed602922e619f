"""Measuring: whatever the agency looks like, what is stored lets nobody work out a small group."""

import json
from dataclasses import asdict
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from buyin.features import Scores
from buyin.readiness import release
from buyin.readiness.index import DIMENSIONS
from buyin.readiness.measuring import OVERALL, Rules, measure

from .attacker import smallest_leak

CODES = [dimension.code for dimension in DIMENSIONS]
RULES = Rules(ready_from=60, smallest=5)


@st.composite
def surveys(draw):
    """Draw a tree of up to 9 departments and the answers of their people, some of them partial."""
    parents = {1: None}
    for department in range(2, draw(st.integers(1, 9)) + 1):
        parents[department] = draw(st.sampled_from([*parents, None]))
    people = {department: draw(st.integers(0, 9)) for department in parents}
    chance = np.random.default_rng(draw(st.integers(0, 999)))
    values = chance.uniform(0, 100, (sum(people.values()), len(CODES)))
    values[chance.uniform(size=values.shape) < draw(st.sampled_from([0.0, 0.1, 0.4]))] = np.nan
    scores = Scores(
        source="wave",
        initiative=1,
        closed_on=None,
        dimensions=CODES,
        department=np.repeat(np.array(list(people), dtype=np.int64), list(people.values())),
        values=values,
        asked={department: count + draw(st.integers(0, 3)) for department, count in people.items()},
    )
    return parents, scores


@settings(
    max_examples=300, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
@given(surveys())
def test_no_dimension_gives_away_a_small_group(survey):
    parents, scores = survey

    measured = measure(scores, parents, RULES)

    agency = {cell["dimension"]: cell for cell in measured.summary.get("agency", [])}
    for place, code in enumerate(CODES):
        heard = scores.department[~np.isnan(scores.values[:, place])].tolist()
        answers = {department: heard.count(department) for department in parents}
        shown = {c.department for c in measured.cells if c.dimension == code and c.is_released}
        tree = {0: None, **{d: parent or 0 for d, parent in parents.items()}}
        published = shown | ({0} if agency.get(code, {}).get("is_released") else set())
        assert smallest_leak(tree, {0: 0, **answers}, published, smallest=5) is None


@settings(
    max_examples=200, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
@given(surveys())
def test_the_overall_score_is_made_of_what_is_shown_beside_it(survey):
    parents, scores = survey

    measured = measure(scores, parents, RULES)

    cells: list[Any] = measured.cells
    shown = {(c.department, c.dimension): c for c in cells if c.is_released}
    for (department, dimension), cell in shown.items():
        if dimension == OVERALL:
            parts = [shown[department, code].value for code in cell.detail["dimensions"]]
            assert len(parts) >= 3
            assert cell.value == pytest.approx(sum(parts) / len(parts))
    json.dumps([asdict(c) for c in measured.cells], allow_nan=False)
    json.dumps(measured.summary, allow_nan=False)


@settings(
    max_examples=200, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
@given(surveys())
def test_hidden_cells_hold_nothing_but_how_many_were_asked(survey):
    parents, scores = survey

    cells: list[Any] = measure(scores, parents, RULES).cells
    for cell in cells:
        if not cell.is_released:
            assert (cell.answered, cell.value, cell.low, cell.detail) == (None, None, None, {})
        else:
            assert 0 <= cell.low <= cell.value <= cell.high <= 100 or cell.low is None
            assert cell.answered >= 5


def test_the_range_of_the_overall_score_knows_that_the_same_people_answer_everything():
    chance = np.random.default_rng(2)
    person = chance.normal(50, 15, (40, 1))
    scores = Scores(
        source="wave",
        initiative=1,
        closed_on=None,
        dimensions=CODES,
        department=np.full(40, 1),
        values=np.clip(person + chance.normal(0, 1, (40, 5)), 0, 100),
        asked={1: 80},
    )

    cells: dict[str, Any] = {c.dimension: c for c in measure(scores, {1: None}, RULES).cells}

    errors = [cells[code].standard_error for code in CODES]
    assert cells[OVERALL].standard_error == pytest.approx(np.mean(errors), rel=0.05)


def test_the_attack_works_when_the_rule_is_not_applied(monkeypatch):
    monkeypatch.setattr(release, "shown", lambda parents, answers, smallest: set(parents))
    parents = {1: None, 2: 1}
    scores = Scores(
        source="wave",
        initiative=1,
        closed_on=None,
        dimensions=CODES,
        department=np.array([1, 2, 2, 2, 2, 2, 2]),
        values=np.full((7, 5), 50.0) + np.arange(7)[:, None],
        asked={1: 2, 2: 9},
    )

    shown = {c.department for c in measure(scores, parents, RULES).cells if c.is_released}

    assert smallest_leak(parents, {1: 1, 2: 6}, shown, smallest=5) == {1}


def test_the_distribution_and_the_favourable_share_count_the_same_people():
    scores = Scores(
        source="wave",
        initiative=1,
        closed_on=None,
        dimensions=["skills"],
        department=np.full(20, 1, dtype=np.int64),
        values=np.repeat([25.0, 37.5, 62.5, 75.0], 5).reshape(-1, 1),
        asked={1: 20},
    )

    measured = measure(scores, {1: None}, RULES)

    (cell,) = [c for c in measured.cells if c.dimension == "skills"]
    assert cell.detail["favourable"] == "50"
    assert ["favourable", 10] in cell.detail["distribution"]


def test_whoever_belongs_to_no_department_counts_for_the_whole_only():
    scores = Scores(
        source="wave",
        initiative=1,
        closed_on=None,
        dimensions=CODES,
        department=np.array([0] * 6 + [3] * 8 + [4] * 9, dtype=np.int64),
        values=np.full((23, len(CODES)), 50.0),
        asked={0: 7, 3: 10, 4: 12},
    )

    # The top is not the department that comes first.
    measured = measure(scores, {9: None, 3: 9, 4: 9}, RULES)

    cells = [cell for cell in measured.cells if cell.dimension == CODES[0]]
    assert {(c.department, c.answered, c.asked) for c in cells} == {
        (9, 23, 29),
        (3, 8, 10),
        (4, 9, 12),
    }


@pytest.mark.parametrize(
    ("means", "otherwise"),
    [
        ([90, 90, 90, 30, 30], ["geometric"]),  # 66; the geometric mean, 58, is not ready
        ([66] * 5, []),
        ([70, 70, 70, 70, 21], ["geometric", *(f"lighter {n}" for n in range(4)), "heavier 4"]),
    ],
)
def test_a_verdict_that_hangs_on_how_the_index_is_built_says_on_what(means, otherwise):
    scores = Scores(
        source="wave",
        initiative=1,
        closed_on=None,
        dimensions=CODES,
        department=np.ones(6, dtype=np.int64),
        values=np.tile(np.array(means, dtype=float), (6, 1)),
        asked={1: 6},
    )

    measured = measure(scores, {1: None}, RULES)

    (whole,) = [cell for cell in measured.cells if cell.dimension == OVERALL]
    assert whole.detail["otherwise"] == otherwise
