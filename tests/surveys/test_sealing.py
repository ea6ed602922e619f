"""Seals that open for one purpose only, and groups that are always large enough."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from surveys.sealing import large_enough, new_secret, seal_for, shuffled

SMALLEST = 5


def test_a_seal_opens_what_it_closed_and_nothing_else():
    secret = new_secret()
    sealed = seal_for(secret, 1, 2).close({"more": "canary"})

    assert seal_for(secret, 1, 2).open(sealed) == {"more": "canary"}
    assert seal_for(secret, 2, 1).open(sealed) is None
    assert seal_for(secret, 12).open(sealed) is None
    assert seal_for(new_secret(), 1, 2).open(sealed) is None
    assert seal_for(secret, 1, 2).open(sealed[:-1] + b"x") is None
    assert seal_for(secret, 1, 2).open(b"") is None
    assert b"canary" not in sealed


def test_shuffling_keeps_every_row_and_no_order():
    rows = list(range(200))

    one, other = shuffled(rows), shuffled(rows)

    assert sorted(one) == sorted(other) == rows
    assert rows not in (one, other)
    assert one != other


def test_a_small_group_moves_up_until_it_is_large_enough():
    parents = {1: None, 2: 1, 3: 2, 4: 2}

    assert large_enough({3: 3, 4: 9, 2: 3}, parents, smallest=SMALLEST) == {2: 2, 3: 2, 4: 4}
    assert large_enough({3: 3, 4: 9, 1: 2}, parents, smallest=SMALLEST) == {1: 1, 3: 1, 4: 4}


def test_a_group_moves_up_as_long_as_one_person_is_missing_and_no_longer():
    parents = {1: None, 2: 1, 3: 2, 4: 2}

    assert large_enough({3: 4, 4: 9, 2: 3}, parents, smallest=SMALLEST) == {2: 2, 3: 2, 4: 4}
    assert large_enough({3: 5, 4: 9, 2: 5}, parents, smallest=SMALLEST) == {2: 2, 3: 3, 4: 4}


def test_too_few_at_the_top_are_joined_by_the_smallest_group_below():
    parents = {1: None, 2: 1, 3: 1, 4: 1}

    homes = large_enough({2: 3, 3: 9, 4: 6}, parents, smallest=SMALLEST)

    assert homes == {2: 1, 3: 3, 4: 1}


def test_an_agency_with_several_tops_counts_the_rest_together():
    assert large_enough({1: 3, 2: 9, 3: 6}, {1: None, 2: None, 3: None}, smallest=SMALLEST) == {
        1: None,
        2: 2,
        3: None,
    }


@st.composite
def trees(draw):
    size = draw(st.integers(1, 9))
    parents = {n: draw(st.sampled_from([None, *range(n)])) for n in range(size)}
    counts = {n: draw(st.integers(0, 12)) for n in range(size)}
    return parents, counts


@given(trees())
def test_no_group_is_too_small_unless_all_answers_together_are(tree):
    parents, counts = tree

    homes = large_enough(counts, parents, smallest=SMALLEST)

    groups: Counter[int | None] = Counter()
    for department, home in homes.items():
        groups[home] += counts[department]
        line = [department]
        while line[-1] is not None:
            line.append(parents[line[-1]])
        assert home in line
    assert sum(groups.values()) == sum(counts.values())
    assert len(groups) <= 1 or min(groups.values()) >= SMALLEST
