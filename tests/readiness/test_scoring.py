"""Scores: small examples worked by hand, and what must hold for any answers."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from buyin.readiness import scoring

NAN = float("nan")


def heard(*departments, asked):
    """Return the groups for lists of people's scores, one list a department."""
    scores = np.array([score for people in departments for score in people], dtype=float)
    unit = np.repeat(np.arange(len(departments)), [len(people) for people in departments])
    return scoring.groups_of(scores, unit, np.array(asked))


@pytest.fixture
def worked():
    """Three departments whose numbers come out even: s² 200, tau² 300, B .75, mu 60."""
    return scoring.estimate(heard([30, 50], [70, 90], [50, 70], asked=[4, 4, 2]))


def test_a_point_becomes_a_score_and_a_reversed_item_counts_from_the_other_end():
    points = np.array([1, 2, 5, NAN])

    assert scoring.item_scores(points, scale=5).tolist()[:3] == [0, 25, 100]
    assert scoring.item_scores(points, scale=5, is_reversed=True).tolist()[:3] == [100, 75, 0]
    assert np.isnan(scoring.item_scores(points, scale=5)[3])


def test_a_person_counts_when_half_of_the_items_are_answered():
    answers = np.array([[100, 50, NAN, NAN], [100, NAN, NAN, NAN], [NAN] * 4])

    means = scoring.person_means(answers)

    assert means[0] == 75
    assert np.isnan(means[1:]).all()


def test_the_worked_example_comes_out(worked):
    assert worked.groups.within == 200
    assert worked.between == pytest.approx(300)
    assert worked.centre == pytest.approx(60)
    assert worked.value == pytest.approx([42.5, 77.5, 60])
    assert worked.variance == pytest.approx([45.8333333, 45.8333333, 0])


def test_the_agency_is_the_mean_over_people_asked_and_shared_errors_add_up(worked):
    value, variance = scoring.combined(worked, np.ones((1, 3), dtype=bool))

    assert value == pytest.approx([60])
    assert variance == pytest.approx([14 + 4 / 3])


def test_a_group_of_one_department_is_that_department(worked):
    value, variance = scoring.combined(worked, np.eye(3, dtype=bool))

    assert value == pytest.approx(worked.value)
    assert variance == pytest.approx(worked.variance)


def test_a_department_that_said_nothing_is_taken_from_the_centre_with_all_its_doubt():
    estimates = scoring.estimate(heard([30, 50], [70, 90], [50, 70], [], asked=[4, 4, 2, 8]))

    assert estimates.value[3] == pytest.approx(60)
    assert estimates.variance[3] == pytest.approx(300 + 400 / 3 + 200 / 8)


def test_where_departments_do_not_differ_the_silent_are_like_the_agency():
    estimates = scoring.estimate(heard([40, 60], [50, 70], asked=[4, 4]))

    assert estimates.between == 0
    assert estimates.value == pytest.approx([(50 + 55) / 2, (60 + 55) / 2])


def test_one_department_alone_speaks_for_its_silent_colleagues():
    estimates = scoring.estimate(heard([20, 40, 60], asked=[9]))

    assert estimates.value == pytest.approx([40])
    assert estimates.variance[0] > 0


def test_one_person_alone_gives_a_number_but_no_certainty():
    estimates = scoring.estimate(heard([40], asked=[3]))

    assert estimates.value == [40]
    assert np.isnan(estimates.variance[0])
    assert scoring.verdict_of(scoring.probability_of(40, NAN, at_least=60)) == "not-enough"


def test_people_who_all_say_the_same_leave_only_the_difference_of_departments():
    estimates = scoring.estimate(heard([40, 40], [80, 80], asked=[4, 4]))

    assert estimates.between == pytest.approx(800)
    assert estimates.value == pytest.approx([40, 80])


def test_an_agency_where_everybody_agrees_is_certain():
    estimates = scoring.estimate(heard([50, 50], [50, 50], asked=[9, 9]))

    assert estimates.value == pytest.approx([50, 50])
    assert estimates.variance == pytest.approx([0, 0])


def test_nobody_asked_and_nobody_answered_is_no_error():
    estimates = scoring.estimate(heard([], asked=[0]))

    assert np.isnan(estimates.value[0])
    assert scoring.combined(estimates, np.ones((1, 1), dtype=bool))[0].tolist() == [0]


def test_more_answers_than_people_on_the_roster_correct_the_roster():
    assert heard([10, 20, 30], asked=[2]).asked.tolist() == [3]


def test_the_band_follows_the_probability_and_not_the_score():
    cases = [(66, 3), (62, 5), (58, 5), (41, 3), (60, 0), (59.9, 0)]

    bands = [
        scoring.verdict_of(scoring.probability_of(value, error, at_least=60))
        for value, error in cases
    ]

    assert bands == ["ready", "too-close", "too-close", "not-ready", "ready", "not-ready"]


def test_the_range_uses_students_t():
    assert scoring.margin(np.array([2.0]), 10) == pytest.approx([4.4562778])
    assert np.isnan(scoring.margin(np.array([2.0]), 0)).all()


def test_the_bounds_of_a_share_take_the_silent_all_one_way():
    assert scoring.favourable_bounds(0.5, 0.6) == pytest.approx((0.3, 0.7))


def test_the_silent_ten_points_lower_pull_a_score_by_their_share():
    assert scoring.if_silent_lower(52, answered=812, asked=1236) == pytest.approx(48.5696)


@pytest.mark.parametrize(
    ("percent", "index"), [((10, 40, 10, 16, 24), 49), ((22, 28, 34, 12, 6), 63)]
)
def test_an_engagement_index_published_with_its_working_comes_out(percent, index):
    # UK Civil Service People Survey, technical guide 2022; the second row adds up to 102 there.
    scores = scoring.item_scores(np.array([5, 4, 3, 2, 1]), scale=5)

    assert scores @ np.array(percent) / 100 == pytest.approx(index)


departments = st.lists(
    st.lists(st.integers(0, 100), min_size=1, max_size=8), min_size=1, max_size=6
)


@given(departments)
def test_where_everybody_answered_the_estimate_is_what_they_said(people):
    estimates = scoring.estimate(heard(*people, asked=[len(p) for p in people]))

    assert estimates.value == pytest.approx([np.mean(p) for p in people])
    assert estimates.variance.tolist() == [0] * len(people)


@given(departments, st.integers(1, 20))
def test_an_estimate_lies_between_what_was_said_and_the_centre(people, silent):
    estimates = scoring.estimate(heard(*people, asked=[len(p) + silent for p in people]))

    for value, mean in zip(estimates.value, estimates.groups.mean, strict=True):
        low, high = sorted([mean, estimates.centre])
        assert low - 1e-9 <= value <= high + 1e-9
    assert not (estimates.variance < 0).any()
    assert estimates.between >= 0


@given(departments, st.integers(1, 20), st.randoms(use_true_random=False))
def test_the_order_of_answers_and_departments_does_not_matter(people, silent, chance):
    order = list(range(len(people)))
    chance.shuffle(order)
    asked = [len(p) + silent for p in people]

    straight = scoring.estimate(heard(*people, asked=asked))
    shuffled = scoring.estimate(heard(*[people[i] for i in order], asked=[asked[i] for i in order]))

    assert shuffled.value == pytest.approx(straight.value[order], abs=1e-6)
