"""The index over the dimensions: what counts, what holds back, how firm it is."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from buyin.readiness import index

NAN = float("nan")
scores = st.lists(st.floats(0, 100), min_size=1, max_size=5)


def test_half_of_the_dimensions_make_an_overall_score():
    assert [index.is_enough(count) for count in range(6)] == [False, False, False, True, True, True]
    assert index.is_enough(2, of=4)


def test_the_overall_score_is_the_plain_mean():
    assert index.overall([40, 50, 60]) == 50


def test_the_barrier_is_the_lowest_dimension_and_ties_are_named_together():
    assert index.barriers({"skills": 31.4, "openness": 52}) == ["skills"]
    assert index.barriers({"skills": 31.4, "openness": 30.6, "resources": 40}) == [
        "skills",
        "openness",
    ]
    assert index.barriers({}) == []


def test_other_ways_to_build_the_index_are_tried():
    found = index.alternatives([40, 90])

    assert found["geometric"] == pytest.approx(60)
    assert found["heavier 0"] == pytest.approx((1.25 * 40 + 90) / 2.25)
    assert found["lighter 1"] == pytest.approx((40 + 0.75 * 90) / 1.75)
    assert len(found) == 5


@given(scores)
def test_no_way_to_build_it_leaves_the_range_of_its_parts(values):
    floor, top = min(values), max(*values, 1)

    assert all(floor - 1e-9 <= value <= top + 1e-9 for value in index.alternatives(values).values())


def test_people_of_one_department_are_compared_with_their_colleagues_only():
    scores = np.array([[10.0, 20.0], [30.0, 40.0], [70.0, 60.0], [90.0, 80.0]])

    assert index.correlation_within(scores, np.array([0, 0, 1, 1]), 2) == pytest.approx(
        np.ones((2, 2))
    )


def test_dimensions_that_nobody_answered_together_count_as_going_fully_together():
    scores = np.array([[10.0, NAN], [30.0, NAN], [NAN, 60.0], [NAN, 80.0]])

    assert index.correlation_within(scores, np.array([0, 0, 0, 0]), 1)[0, 1] == 1


def test_errors_that_go_together_do_not_average_out():
    together, apart = np.ones((4, 4)), np.eye(4)

    assert index.overall_error([2, 2, 2, 2], together) == pytest.approx(2)
    assert index.overall_error([2, 2, 2, 2], apart) == pytest.approx(1)


def test_every_dimension_has_a_name_and_asks_something():
    assert [d.code for d in index.DIMENSIONS] == list(index.BY_CODE)
    assert all(str(d.name) and str(d.question).endswith("?") for d in index.DIMENSIONS)
