"""Whether departments differ and whether scores moved, worked by hand."""

import math

import numpy as np
import pytest

from buyin.readiness import differences, scoring


def heard(*departments):
    """Return the groups where everybody answered."""
    scores = np.array([score for people in departments for score in people], dtype=float)
    sizes = [len(people) for people in departments]
    return scoring.groups_of(scores, np.repeat(np.arange(len(sizes)), sizes), np.array(sizes))


def test_the_analysis_of_variance_comes_out_by_hand():
    difference = differences.difference_of(heard([30, 50], [70, 90], [50, 70]))

    assert difference is not None
    assert difference.f == pytest.approx(800 / 200)
    assert difference.icc == pytest.approx(600 / 1000)
    assert difference.p == pytest.approx(0.1424, abs=1e-4)
    assert not difference.is_real


@pytest.mark.parametrize(("p", "is_unlikely"), [(0.0499, True), (0.05, True), (0.0501, False)])
def test_up_to_five_cases_in_a_hundred_are_unlikely(p, is_unlikely):
    assert differences.is_unlikely(p) is is_unlikely


def test_departments_that_are_alike_do_not_differ():
    difference = differences.difference_of(heard([40, 60], [40, 60]))

    assert difference is not None
    assert (difference.f, difference.is_real) == (0, False)


def test_departments_that_each_agree_and_stand_apart_differ_for_certain():
    difference = differences.difference_of(heard([40, 40], [60, 60]))

    assert difference == differences.Difference(icc=1, f=math.inf, p=0)
    assert difference.is_real


@pytest.mark.parametrize("people", [([40, 60],), ([40], [60]), ([], [])])
def test_there_is_nothing_to_compare(people):
    assert differences.difference_of(heard(*people)) is None


def test_a_change_counts_when_it_is_larger_than_chance_would_give():
    change = differences.change_between(45, 41, errors=(1.2, 0.9))

    assert change.by == 4
    assert change.smallest_noticeable == pytest.approx(1.959964 * 1.5)
    assert change.is_real
    assert not differences.change_between(43, 41, errors=(1.2, 0.9)).is_real
