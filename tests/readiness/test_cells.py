"""Tables of answers by department under attack: no sum or difference betrays a small cell."""

from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from buyin.readiness import release
from surveys.results.cuts import chain_of_bins, chain_of_choices, chain_of_points

from .cell_attacker import smallest_cell_leak

SMALLEST = 5
MAKERS = [chain_of_points, chain_of_choices, chain_of_bins]
many = settings(
    max_examples=400,
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
    database=None,
)


@st.composite
def tables(draw, groups=5, largest=9):
    """Draw a tree, how many of each group gave each answer, and the ways to cut them."""
    parents: dict[int, int | None] = {1: None}
    for group in range(2, draw(st.integers(1, groups)) + 1):
        parents[group] = draw(st.sampled_from(list(parents)))
    size = draw(st.integers(2, 4))
    rows = st.lists(st.integers(0, largest), min_size=size, max_size=size)
    answers = {group: draw(rows) for group in parents}
    return parents, answers, draw(st.sampled_from(MAKERS))(whole_of(answers))


def whole_of(answers):
    return [sum(column) for column in zip(*answers.values(), strict=True)]


def publish(parents, answers, chain):
    """Return the cut of each group that is shown, as results are frozen."""
    people = {group: sum(row) for group, row in answers.items()}
    allowed = release.shown(parents, people, smallest=SMALLEST)
    if 1 not in allowed:
        return {}
    fixed = {1: release.finest(whole_of(answers), chain)}
    return release.levels(parents, answers, allowed, chain, fixed)


def each_by_itself(parents, answers, chain):
    """Return the cut that each large group could have if there were no others."""
    people = {group: sum(row) for group, row in answers.items()}
    allowed = release.shown(parents, people, smallest=SMALLEST)
    found = {}
    for group in allowed:
        inside = [answers[one] for one in answers if group in release.path_up(one, parents)]
        found[group] = release.finest([sum(column) for column in zip(*inside, strict=True)], chain)
    return found


@many
@given(tables())
def test_no_combination_of_all_tables_tells_of_a_cell_of_fewer_than_three(table):
    parents, answers, chain = table

    assert smallest_cell_leak(parents, answers, publish(parents, answers, chain), chain) is None


@many
@given(tables(groups=4, largest=3))
def test_nor_where_nearly_every_cell_is_small(table):
    parents, answers, chain = table

    assert smallest_cell_leak(parents, answers, publish(parents, answers, chain), chain) is None


@many
@given(tables())
def test_the_whole_is_always_shown_as_finely_as_it_may_be(table):
    parents, answers, chain = table
    places = publish(parents, answers, chain)

    if places:
        assert places[1] == release.finest(whole_of(answers), chain)
        assert all(place >= places[1] for place in places.values())


def test_the_attacker_finds_what_judging_each_group_by_itself_gives_away():
    parents = {1: None, 2: 1, 3: 1}
    answers = {1: [0, 0], 2: [6, 4], 3: [4, 1]}
    chain = chain_of_choices([10, 5])

    # All together 10 and 5, the one department 6 and 4: only one in the other gave the second.
    alone = each_by_itself(parents, answers, chain)
    assert smallest_cell_leak(parents, answers, alone, chain) == ({3}, {1}, 1)

    assert publish(parents, answers, chain) == {1: 0, 2: 1, 3: 1}


@pytest.mark.parametrize(
    ("answers", "places"),
    [
        # Nobody is left over, and nobody need be hidden.
        ({1: [0, 0], 2: [6, 4], 3: [4, 5]}, {1: 0, 2: 0, 3: 0}),
        # All of the second department gave one answer: neither department is shown.
        ({1: [0, 0], 2: [6, 4], 3: [9, 0]}, {1: 0, 2: 1, 3: 1}),
        # Whoever is directly at the top is guarded as well.
        ({1: [0, 5], 2: [6, 4], 3: [4, 5]}, {1: 0, 2: 0, 3: 1}),
        # Nearly all together say the same: nothing of the whole, nothing of the parts.
        ({1: [0, 0], 2: [9, 1], 3: [9, 1]}, {1: 1, 2: 1, 3: 1}),
    ],
)
def test_what_is_shown_in_small_cases(answers, places):
    parents = {1: None, 2: 1, 3: 1}

    assert publish(parents, answers, [[(0,), (1,)], []]) == places


def test_a_part_is_cut_coarser_before_it_is_hidden():
    parents = {1: None, 2: 1, 3: 1}
    answers = {1: [0] * 5, 2: [3, 4, 5, 6, 7], 3: [9, 0, 5, 6, 7]}
    chain = chain_of_points(whole_of(answers))

    assert publish(parents, answers, chain) == {1: 0, 2: 1, 3: 1}
    assert chain[1] == [(0, 1), (2,), (3,), (4,)] or chain[1] == [(0,), (1,), (2,), (3, 4)]


# Ways to cut


@pytest.mark.parametrize(
    ("counts", "chain"),
    [
        ([3, 9], [[(0,), (1,)], []]),
        ([3, 9, 3], [[(0,), (1,), (2,)], [(0, 1), (2,)], []]),
        (
            [1, 2, 3, 4],
            [
                [(0,), (1,), (2,), (3,)],
                [(0, 1), (2,), (3,)],
                [(0, 1), (2, 3)],
                [],
            ],
        ),
        (
            [9, 2, 3, 4, 1],
            [
                [(0,), (1,), (2,), (3,), (4,)],
                [(0,), (1,), (2,), (3, 4)],
                [(0, 1), (2,), (3, 4)],
                [(0, 1, 2), (3, 4)],
                [],
            ],
        ),
    ],
)
def test_a_scale_is_cut_from_its_rarer_end_then_to_its_halves(counts, chain):
    assert [list(cut) for cut in chain_of_points(counts)] == chain


def test_a_long_scale_is_first_cut_to_bands():
    chain = chain_of_points([1] * 11)

    assert chain[1] == [(0, 1, 2), (3, 4), (5,), (6, 7), (8, 9, 10)]
    assert chain[2] == [(0, 1, 2, 3, 4), (5,), (6, 7, 8, 9, 10)]


def test_choices_are_joined_from_the_rarest_on():
    assert [list(cut) for cut in chain_of_choices([2, 9, 0, 5])] == [
        [(1,), (3,), (0,), (2,)],
        [(1,), (3,), (0, 2)],
        [(1,), (3, 0, 2)],
        [],
    ]


def test_ranges_are_halved_where_half_of_the_people_are():
    assert [list(cut) for cut in chain_of_bins([3, 3, 4, 9])] == [
        [(0,), (1,), (2,), (3,)],
        [(0, 1, 2), (3,)],
        [],
    ]


@pytest.mark.parametrize("maker", MAKERS)
def test_one_answer_alone_or_none_cannot_be_cut(maker):
    assert maker([7]) == [[]]
    assert maker([]) == [[]]


@given(st.lists(st.integers(0, 9), min_size=1, max_size=12), st.sampled_from(MAKERS))
def test_each_cut_holds_every_answer_once_and_joins_blocks_of_the_one_before(whole, maker):
    chain = maker(whole)

    assert chain[-1] == []
    for cut in chain[:-1]:
        assert sorted(one for block in cut for one in block) == list(range(len(whole)))
    for fine, coarse in pairwise(chain[:-1]):
        assert all(any(set(block) <= set(wide) for wide in coarse) for block in fine)
