"""Formulas at their edges, each with its numbers worked by hand."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from buyin.readiness import differences, index, reliability, scoring

NAN = float("nan")


def heard(*departments, asked):
    scores = np.array([score for people in departments for score in people], dtype=float)
    unit = np.repeat(np.arange(len(departments)), [len(people) for people in departments])
    return scoring.groups_of(scores, unit, np.array(asked))


@pytest.mark.parametrize(
    ("scale", "scores"),
    [(2, [0, 100]), (3, [0, 50, 100]), (4, [0, 100 / 3, 200 / 3, 100]), (5, [0, 25, 50, 75, 100])],
)
def test_every_scale_runs_from_nothing_to_a_hundred(scale, scores):
    points = np.arange(1.0, scale + 1)

    assert scoring.item_scores(points, scale=scale) == pytest.approx(scores)
    assert scoring.item_scores(points, scale=scale, is_reversed=True) == pytest.approx(scores[::-1])


def test_a_person_with_every_second_item_counts_and_with_fewer_does_not():
    rows = np.array([[80, NAN, NAN], [80, 40, NAN], [80, 40, 30]])

    means = scoring.person_means(rows)

    assert np.isnan(means[0])
    assert means[1:] == pytest.approx([60, 50])
    assert scoring.person_means(rows, at_least=0.3)[0] == 80


def test_the_standard_error_of_a_mean_shrinks_to_nothing_when_all_are_heard():
    groups = heard([30, 50], [70, 90], [50, 70], asked=[4, 8, 2])

    # s² 200: √(200/2 · 1/2), √(200/2 · 3/4) and nothing.
    assert groups.standard_error == pytest.approx([7.0710678, 8.6602540, 0])


@pytest.mark.parametrize(
    ("value", "error", "band"),
    [
        (64.21, 5, "ready"),  # .842 errors above 60: a probability of .8002
        (64.20, 5, "too-close"),
        (55.80, 5, "too-close"),
        (55.79, 5, "not-ready"),
        (60, 5, "too-close"),
        (60, 0, "ready"),
    ],
)
def test_the_band_turns_at_a_probability_of_eighty_and_of_twenty_percent(value, error, band):
    probability = scoring.probability_of(value, error, at_least=60)

    assert scoring.verdict_of(probability) == band


@given(st.floats(0, 100), st.floats(0.1, 30), st.floats(0, 100))
def test_a_higher_score_is_never_less_likely_to_be_ready(value, error, more):
    low = scoring.probability_of(value, error, at_least=60)

    assert 0 <= low <= scoring.probability_of(value + more, error, at_least=60) <= 1


def test_the_silent_cannot_pull_a_score_under_nothing_and_change_nothing_when_all_answered():
    assert scoring.if_silent_lower(3, answered=1, asked=10) == 0
    assert scoring.if_silent_lower(52, answered=10, asked=10) == 52
    assert scoring.if_silent_lower(52, answered=5, asked=10, by=20) == 42


@pytest.mark.parametrize(
    ("share", "rate", "bounds"),
    [(0.4, 1, (0.4, 0.4)), (0.4, 0, (0, 1)), (1, 0.5, (0.5, 1)), (0, 0.5, (0, 0.5))],
)
def test_the_bounds_of_a_share_close_as_more_people_answer(share, rate, bounds):
    assert scoring.favourable_bounds(share, rate) == pytest.approx(bounds)


def test_two_departments_weigh_by_the_people_asked_and_not_by_those_who_answered():
    estimates = scoring.estimate(heard([40, 40], [80, 80, 80, 80], asked=[6, 4]))

    value, _variance = scoring.combined(estimates, np.ones((1, 2), dtype=bool))

    assert value == pytest.approx([(6 * 40 + 4 * 80) / 10], abs=1e-4)


def test_cochrans_q_by_hand():
    # Q = (5/5)² + (5/5)² = 2 on one degree of freedom.
    assert differences.chance_of_spread([45, 55], [5, 5]) == pytest.approx(0.157299, abs=1e-6)
    # Of two, Q is the squared difference over both variances: 10² / (5² + 10²) = .8.
    assert differences.chance_of_spread([46, 56], [5, 10]) == pytest.approx(0.371093, abs=1e-6)


@pytest.mark.parametrize(("values", "errors"), [([], []), ([50], [5]), ([50, 60], [5, 0])])
def test_a_spread_without_errors_or_company_has_no_chance(values, errors):
    assert differences.chance_of_spread(values, errors) is None


@pytest.mark.parametrize(("p", "is_real"), [(0.049, True), (0.05, True), (0.051, False)])
def test_five_of_a_hundred_is_where_chance_begins(p, is_real):
    assert differences.is_unlikely(p) is is_real
    assert differences.Difference(icc=0.1, f=3, p=p).is_real is is_real


def test_departments_that_are_more_alike_than_chance_have_a_negative_icc():
    found = differences.difference_of(heard([0, 100], [0, 100], [0, 100], asked=[2, 2, 2]))

    assert found is not None
    # MSB 0, MSW 5000, size 2: (0 - 5000) / (0 + 5000).
    assert (found.icc, found.f, found.p) == (-1, 0, 1)


def test_a_change_down_counts_like_a_change_up():
    up = differences.change_between(56, 50, errors=(1.5, 2))
    down = differences.change_between(50, 56, errors=(2, 1.5))

    assert up.smallest_noticeable == pytest.approx(1.959964 * 2.5)
    assert (up.by, down.by) == (6, -6)
    assert up.is_real
    assert down.is_real


def test_a_change_of_exactly_what_can_be_noticed_is_not_yet_real():
    assert not differences.Change(by=-3.0, smallest_noticeable=3.0).is_real


def test_two_items_that_correlate_by_point_six_have_an_alpha_of_three_quarters():
    assert reliability.alpha_of(np.array([[1, 0.6], [0.6, 1]])) == pytest.approx(0.75)


def test_items_that_pull_against_each_other_have_a_negative_alpha():
    # 2/1 · (1 - 2/0.8)
    assert reliability.alpha_of(np.array([[1, -0.6], [-0.6, 1]])) == pytest.approx(-3)


def test_ties_of_the_barrier_are_judged_as_pages_print_them():
    assert index.barriers({"skills": 30.4, "openness": 29.6, "resources": 30.6}) == [
        "skills",
        "openness",
    ]


def test_a_dimension_at_nothing_lowers_the_geometric_mean_and_does_not_end_it():
    assert index.alternatives([0, 100])["geometric"] == pytest.approx(10)


def test_the_error_of_a_mean_of_two_that_go_half_together():
    half = np.array([[1, 0.5], [0.5, 1]])

    # √(9 + 16 + 2 · .5 · 12) / 2
    assert index.overall_error([3, 4], half) == pytest.approx(np.sqrt(37) / 2)
    assert index.overall_error([3, 3], np.array([[1.0, -1.0], [-1.0, 1.0]])) == 0
