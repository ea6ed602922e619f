"""Half way between two points: the share, the distribution and the method say the same of it."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from buyin.features import Scores
from buyin.readiness import scoring
from buyin.readiness.measuring import Rules, measure

NAN = float("nan")
RULES = Rules(ready_from=60, smallest=10)


def cell_of(*people, asked=None):
    """Return the only department's cell in one dimension."""
    scores = Scores(
        source="wave",
        initiative=1,
        closed_on=None,
        dimensions=["skills"],
        department=np.ones(len(people), dtype=np.int64),
        values=np.array(people, dtype=float)[:, None],
        asked={1: asked or len(people)},
    )
    cells: dict[str, Any] = {c.dimension: c for c in measure(scores, {1: None}, RULES).cells}
    return cells["skills"]


@pytest.mark.parametrize(
    ("score", "point"),
    [
        (0, 0), (12.4, 0), (12.5, 1), (25, 1), (37.4, 1), (37.5, 2), (50, 2), (62.4, 2),
        (62.5, 3), (75, 3), (87.4, 3), (87.5, 4), (100, 4),
    ],
)  # fmt: skip
def test_half_way_counts_as_the_higher_point(score, point):
    assert scoring.nearest_points(np.array([score])).tolist() == [point]


def test_people_half_way_to_agreement_are_favourable_and_missing_ones_are_not():
    assert scoring.is_favourable(np.array([62.5, 62.4, 100, 0, NAN])).tolist() == [
        True,
        False,
        True,
        False,
        False,
    ]


def test_the_distribution_counts_as_favourable_whom_the_share_counts():
    cell = cell_of(*[62.5] * 6, *[50] * 4, *[0] * 5)

    assert cell.detail["favourable"] == "40"
    assert dict(cell.detail["distribution"])["favourable"] == 6


@given(st.lists(st.sampled_from([0, 12.5, 25, 37.5, 50, 62.5, 75, 87.5, 100]), min_size=10))
def test_share_and_distribution_never_contradict_each_other(people):
    detail = cell_of(*people).detail

    counts = dict(detail["distribution"])
    if counts:
        agreeing = counts.get("favourable", counts.get("4", 0) + counts.get("5", 0))
        assert agreeing == sum(score >= 62.5 for score in people)
        assert sum(counts.values()) == len(people)
        assert min(counts.values()) >= 3
        assert detail["favourable"] == str(round(100 * agreeing / len(people)))
    else:
        assert detail["favourable"].split()[0] in {"under", "about", "over"}


def test_bounds_widen_by_the_share_of_the_silent():
    assert cell_of(*[75] * 10, *[25] * 10, asked=40).detail["favourable_between"] == [25, 75]
    assert cell_of(*[75] * 10, *[25] * 10).detail["favourable_between"] == [50, 50]


def test_a_share_of_which_only_a_side_is_told_has_no_bounds():
    detail = cell_of(*[100] * 15, asked=30).detail

    assert detail == {"favourable": "over 80", "distribution": []}


def test_a_score_and_its_range_stay_between_nothing_and_a_hundred():
    cell = cell_of(*[100] * 9, 0, asked=30)

    assert cell.value == pytest.approx(90)
    assert cell.high == 100
    assert cell.low is not None
    assert cell.low < 90
