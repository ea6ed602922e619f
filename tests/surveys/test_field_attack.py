"""Response rates under attack: nobody can tell of a department that all, or none, have answered."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from buyin.readiness import release
from surveys.queries.field import number_of, rate_of, spans_of
from tests.readiness.worlds import certain_groups, is_certain, parts_of, thoroughly, trees_of

SMALLEST = 10
many = thoroughly(700)


@pytest.fixture(autouse=True)
def smallest_group(settings):
    settings.SMALLEST_GROUP = SMALLEST


@st.composite
def waves(draw):
    """Draw a tree of departments, how many are asked in each, and how many of them have answered."""
    parents = draw(trees_of(9))
    asked = {group: draw(st.integers(0, 24)) for group in parents}
    answered = {group: draw(parts_of(people)) for group, people in asked.items()}
    return parents, asked, answered


def page(parents, asked, answered):
    """Return everything that the page and the file say of a wave."""
    spans = spans_of(parents, asked, answered)
    return {group: (rate_of(one), number_of(one)) for group, one in spans.items()}


def rounded_alone(parents, asked, answered):
    """Return the rates of the same departments, each rounded by itself to ten per cent."""
    given_, totals = release.totals_of(parents, answered), release.totals_of(parents, asked)
    shown = release.shown(parents, asked, smallest=SMALLEST)
    return {group: round(10 * given_[group] / totals[group]) for group in shown}


@many
@given(waves())
def test_nobody_can_tell_of_any_department_that_all_or_none_have_answered(wave):
    parents, asked, answered = wave

    seen = certain_groups(answered, asked, lambda other: page(parents, asked, other))

    assert seen == []


@many
@given(waves(), st.lists(st.dictionaries(st.integers(1, 9), st.integers(0, 9)), max_size=4))
def test_the_rates_of_several_days_together_tell_no_more(wave, later):
    parents, asked, answered = wave
    days = [answered]
    for more in later:
        grown = {g: min(asked[g], days[-1][g] + more.get(g, 0)) for g in parents}
        days.append(grown)
    seen = [page(parents, asked, day) for day in days]

    # For each group two rows of days that look the same: in one it is never full, in the other
    # never empty. Nobody takes an answer back in them either.
    for group in (group for group in parents if asked[group]):
        last = [refilled(parents, asked, day, group, is_last=True) for day in days]
        first = [refilled(parents, asked, day, group, is_last=False) for day in days]
        for row in (last, first):
            assert [page(parents, asked, day) for day in row] == seen
            for before, after in pairwise(row):
                assert all(after[g] >= before[g] for g in parents)
        assert all(day[group] < asked[group] for day in last)
        assert all(day[group] > 0 for day in first)


def refilled(parents, asked, answered, group, *, is_last):
    """Return a world that looks the same, in which this group answers last of those it is with."""
    shown = release.shown(parents, asked, smallest=SMALLEST)
    home = {
        g: next((up for up in release.path_up(g, parents) if up in shown), None) for g in parents
    }
    beside = [g for g in parents if home[g] == home[group]]
    known = release.span(sum(answered[g] for g in beside), sum(asked[g] for g in beside))
    left = known.low if is_last else known.high
    world = dict(answered)
    for one in sorted(beside, key=lambda g: (g == group) == is_last):
        world[one] = min(left, asked[one])
        left -= world[one]
    return world


def test_the_attack_finds_what_rates_that_are_rounded_alone_give_away():
    parents, asked, answered = {1: None, 2: 1}, {1: 12, 2: 10}, {1: 12, 2: 5}

    def alone(other):
        return rounded_alone(parents, asked, other)

    assert is_certain(1, answered, asked, alone)
    assert not is_certain(1, answered, asked, lambda other: page(parents, asked, other))


@given(waves())
def test_which_departments_have_a_rate_does_not_depend_on_the_answers(wave):
    parents, asked, answered = wave

    assert set(page(parents, asked, answered)) == set(page(parents, asked, {}))


@given(waves())
def test_every_number_that_is_given_is_true(wave):
    parents, asked, answered = wave
    totals = release.totals_of(parents, answered) | {None: sum(answered.values())}

    for group, span in spans_of(parents, asked, answered).items():
        assert span.low <= totals[group] <= span.high
        side, percent, _sign = rate_of(span).text.split()
        exact = 100 * totals[group] / span.of
        assert side != "under" or exact < int(percent)
        assert side != "over" or exact > int(percent)
        assert number_of(span).split()[0] == side
