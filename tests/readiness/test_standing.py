"""Where a department stands: rates, barriers, what counts as shown, and the order of a board."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from buyin.readiness.standing import Board, Score, Standing, in_order

SKILLS = Score(31, 26, 36, "not-ready", answered=20, is_barrier=True)
OPENNESS = Score(64, 59, 69, "too-close", answered=20)


def standing(name="Permits", *, asked=40, answered=20, value=None, **more):
    overall = Score(value, None, None, "too-close", answered=20) if value is not None else None
    return Standing(name, name.lower(), asked=asked, answered=answered, overall=overall, **more)


def board(*parts, whole=None, **more):
    return Board(whole=whole, parts=parts, ready_from=60, smallest=10, **more)


@pytest.mark.parametrize(
    ("answered", "asked", "rate"),
    [(18, 30, 60), (0, 30, 0), (1, 3, 33), (2, 3, 67), (30, 30, 100), (33, 30, 100), (9, 0, None)],
)
def test_the_rate_is_how_many_of_a_hundred_have_answered(answered, asked, rate):
    assert standing(asked=asked, answered=answered).rate == rate


def test_a_hidden_number_of_answers_gives_no_rate_and_no_warning():
    hidden = standing(answered=None)

    assert hidden.rate is None
    assert not hidden.is_thin


@pytest.mark.parametrize(
    ("answered", "asked", "is_thin"),
    [(15, 30, False), (14, 30, True), (139, 280, True), (140, 280, False), (12, 0, False)],
)
def test_one_answer_under_half_is_under_half_even_where_the_rate_rounds_to_fifty(
    answered, asked, is_thin
):
    assert standing(asked=asked, answered=answered).is_thin is is_thin


@given(st.integers(0, 500), st.integers(1, 500))
def test_no_department_is_both_over_half_and_called_thin(answered, asked):
    found = standing(asked=asked, answered=answered)

    assert found.rate is not None
    assert 0 <= found.rate <= 100
    assert found.is_thin == (answered / asked < 0.5)


def test_a_department_is_shown_with_a_single_dimension_and_not_with_none():
    assert standing(dimensions={"skills": SKILLS}).is_shown
    assert standing(value=0.0).is_shown
    assert not standing().is_shown


def test_the_barriers_are_the_dimensions_that_carry_the_mark_in_their_order():
    tied = Score(31.2, 26, 36, "not-ready", answered=20, is_barrier=True)

    found = standing(dimensions={"confidence": tied, "skills": SKILLS, "openness": OPENNESS})

    assert found.barriers == ["confidence", "skills"]


def test_a_board_whose_only_part_is_the_whole_has_no_parts():
    whole = standing("Roads", value=50)

    assert not board(whole, whole=whole).has_parts
    assert board(whole, whole=whole, others=3).has_parts
    assert board(standing("Parks"), whole=whole).has_parts
    assert board(standing("Parks")).has_parts
    assert not board().has_parts


def test_only_parts_with_a_score_are_scored():
    parts = [standing("A", value=50), standing("B", dimensions={"skills": SKILLS}), standing("C")]

    assert [part.name for part in board(*parts).scored] == ["A"]


def test_equal_scores_come_by_name():
    parts = [standing("B", value=50), standing("A", value=50), standing("C", value=49)]

    assert [part.name for part in in_order(parts, differ=True)] == ["C", "A", "B"]


@given(st.lists(st.tuples(st.text(min_size=1, max_size=3), st.none() | st.integers(0, 100))))
def test_whatever_the_board_holds_parts_without_a_score_come_last(rows):
    parts = [standing(name, value=value) for name, value in rows]

    for differ in (True, False, None):
        ordered = in_order(parts, differ=differ)
        places = [part.overall is None for part in ordered]
        names = [part.name for part in ordered if part.overall]
        values = [part.overall.value for part in ordered if part.overall]
        assert len(ordered) == len(parts)
        assert places == sorted(places)
        assert values == sorted(values) if differ else names == sorted(names)
