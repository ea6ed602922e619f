"""Changes between waves: what is compared, and how often chance alone looks like a change."""

from dataclasses import replace
from math import comb, hypot, sqrt

import pytest

from surveys import definitions
from surveys.results.changes import (
    MEAN,
    UPPER,
    Changed,
    by_chance,
    changes_between,
    headlines_of,
    same_over_waves,
)
from surveys.results.reading import questions_in
from tests.factories.surveys import DEFINITION

READ = definitions.read(DEFINITION)


def scale(counts, blocks=None):
    """Return a frozen question on a scale of five."""
    blocks = blocks or [[str(n)] for n in range(1, 6)]
    return {"n": sum(counts), "tables": {"": {"blocks": blocks, "counts": counts}}}


def two(chosen, left):
    return {"blocks": [["chosen"], ["left"]], "counts": [chosen, left]}


def read(**frozen):
    return questions_in(READ, frozen)


def headline(frozen, code="useful"):
    """Return the only figure of a question."""
    (question,) = [one for one in read(**{code: frozen}) if one.question.code == code]
    (found,) = headlines_of(question.main)
    return found


def test_of_a_scale_the_upper_half_is_followed():
    found = headline(scale([5, 10, 15, 20, 10]))

    assert (found.part, found.value, found.n) == (UPPER, 50, 60)
    # (30 + 1) / (60 + 2) is a half too.
    assert found.error == pytest.approx(100 * sqrt(0.25 / 62) * 62 / 60)


def test_a_scale_that_is_cut_in_two_is_followed_as_well():
    found = headline(scale([30, 30], [["1", "2", "3"], ["4", "5"]]))

    assert found.value == 50


def test_of_choices_only_those_that_stand_alone_are_followed():
    frozen = {"n": 30, "tables": {"": {"blocks": [["yes"], ["no", "dk"]], "counts": [20, 10]}}}
    (question,) = [one for one in read(helped=frozen) if one.question.code == "helped"]

    assert [found.part for found in headlines_of(question.main)] == ["yes"]


def test_a_scale_of_which_only_a_side_is_told_is_not_followed():
    frozen = {
        "n": 60,
        "tables": {"": {"blocks": [], "counts": [], "edge": [["4", "5"], "over 90"]}},
    }
    (question, *_more) = read(useful=frozen)

    assert headlines_of(question.main) == []


def test_of_choices_each_that_stands_alone_is_followed():
    frozen = {"n": 60, "tables": {"": {"blocks": [["yes"], ["no"]], "counts": [40, 20]}}}
    question = next(one for one in read(helped=frozen) if one.question.code == "helped")

    assert [(one.part, round(one.value)) for one in headlines_of(question.main)] == [
        ("yes", 67), ("no", 33),
    ]  # fmt: skip


def test_of_several_choices_each_that_may_be_shown_is_followed():
    tables = {"speed": two(30, 30), "check": {"blocks": [], "counts": []}, "other": two(3, 57)}
    question = next(
        one for one in read(reasons={"n": 60, "tables": tables}) if one.question.code == "reasons"
    )

    assert [(one.part, one.value) for one in headlines_of(question.main)] == [
        ("speed", 50), ("other", 5),
    ]  # fmt: skip


def test_of_numbers_the_mean_is_followed_and_no_range():
    table = {"": {"blocks": [["0"], ["1"]], "counts": [30, 30]}}
    frozen = {"n": 60, "tables": table, "bins": [[1, 1], [2, 2]], "mean": [1.5, 1.4, 1.6]}

    found = headline({**frozen, "error": 0.06}, "hours")
    assert (found.part, found.value, found.error, found.is_share) == (MEAN, 1.5, 0.06, False)
    question = next(one for one in read(hours=frozen) if one.question.code == "hours")
    assert headlines_of(question.main) == []


def test_a_question_that_too_few_answered_is_not_followed():
    items = [item for question in read() for item in question.items]

    assert items
    assert [one for item in items for one in headlines_of(item)] == []


def test_only_what_both_waves_tell_is_compared():
    now = read(useful=scale([10] * 5), told=scale([10] * 5))
    before = read(useful=scale([20, 10, 10, 5, 5]), heard=scale([10] * 5))

    (found,) = changes_between(now, before)

    assert found.now.item.code == "useful"
    assert (found.now.value, found.before.value) == (40, 20)
    assert found.change.by == 20


def test_a_scale_with_another_number_of_points_is_another_question():
    shorter = {
        **DEFINITION,
        "scales": {"agree5": DEFINITION["scales"]["agree5"][:4]},
    }
    before = questions_in(
        definitions.read(shorter), {"useful": scale([10] * 4, [[str(n)] for n in range(1, 5)])}
    )

    assert changes_between(read(useful=scale([10] * 5)), before) == []


def test_a_figure_is_found_in_every_wave_that_tells_it():
    waves = [read(useful=scale([10] * 5)), read(), read(useful=scale([0, 0, 20, 30, 0]))]
    figure = headline(scale([10] * 5))

    found = same_over_waves(figure, waves)

    assert [one.value if one else None for one in found] == [40, None, 60]


def test_the_smallest_change_that_is_noticed_comes_from_both_waves():
    now, before = headline(scale([20, 10, 10, 5, 5])), headline(scale([10] * 5))

    change = Changed(now, before).change

    assert change.by == -20
    assert change.smallest_noticeable == pytest.approx(
        1.959964 * hypot(now.error, before.error), rel=1e-6
    )
    # Agresti and Caffo (2000): (10 + 1)/(50 + 2) and (20 + 1)/(50 + 2).
    q, r = 11 / 52, 21 / 52
    variance = q * (1 - q) / 52 + r * (1 - r) / 52
    assert change.smallest_noticeable == pytest.approx(196 * sqrt(variance) * 52 / 50, rel=1e-3)


def test_a_mean_changes_by_its_own_measure():
    figure = headline(
        {"n": 40, "tables": {}, "bins": [], "mean": [4.0, 3.0, 5.0], "error": 0.3}, "hours"
    )

    assert not Changed(figure, replace(figure, value=3.5)).change.is_real
    assert Changed(figure, replace(figure, value=3.0)).change.is_real


@pytest.mark.parametrize(("changes", "expected"), [(0, 0), (9, 0), (20, 1), (60, 3)])
def test_one_in_twenty_seems_to_change_by_chance(changes, expected):
    assert by_chance([None] * changes) == expected  # type: ignore[list-item]


def binomial(n, p):
    return [comb(n, x) * p**x * (1 - p) ** (n - x) for x in range(n + 1)]


@pytest.mark.parametrize("p", [0.1, 0.3, 0.5, 0.8, 0.95])
@pytest.mark.parametrize(("n", "m"), [(10, 10), (10, 30), (25, 25), (60, 40)])
def test_chance_alone_seldom_looks_like_a_change(n, m, p):
    """Every pair of results that two waves of the same opinion can have, each with its chance."""
    first = [headline(scale([0, 0, n - x, x, 0])) if x > 0 else None for x in range(n + 1)]
    second = [headline(scale([0, 0, m - x, x, 0])) if x > 0 else None for x in range(m + 1)]
    chance_of, chance_after = binomial(n, p), binomial(m, p)

    alarm = sum(
        chance_of[x] * chance_after[y]
        for x, one in enumerate(first)
        for y, other in enumerate(second)
        if one and other and Changed(one, other).change.is_real
    )

    assert alarm < 0.067
