"""Seals of other people, waves and browsers; and where the answers of small groups are counted."""

from collections import Counter
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.sealing import large_enough, new_secret, seal_for

TREES = (
    st.integers(1, 12)
    .flatmap(lambda size: st.tuples(*[st.sampled_from([None, *range(n)]) for n in range(size)]))
    .map(lambda parents: dict(enumerate(parents)))
)
COUNTS = st.lists(st.integers(0, 15), min_size=12, max_size=12)
SIZES = st.integers(1, 12)


def groups_of(homes, counts):
    groups: Counter[int | None] = Counter()
    for department, home in homes.items():
        groups[home] += counts[department]
    return groups


def line_of(department, parents):
    line = [department]
    while line[-1] is not None:
        line.append(parents[line[-1]])
    return line


@given(TREES, COUNTS, SIZES)
def test_every_group_is_large_enough_or_everything_is_in_one(parents, numbers, smallest):
    counts = {d: numbers[d] for d in parents}

    groups = groups_of(large_enough(counts, parents, smallest=smallest), counts)

    assert groups.total() == sum(counts.values())
    assert len(groups) <= 1 or min(groups.values()) >= smallest


@given(TREES, COUNTS, SIZES)
def test_answers_move_only_to_a_department_above_their_own(parents, numbers, smallest):
    counts = {d: numbers[d] for d in parents}

    homes = large_enough(counts, parents, smallest=smallest)

    assert set(homes) == {d for d, n in counts.items() if n}
    assert all(home in line_of(d, parents) for d, home in homes.items())


@given(TREES, COUNTS, SIZES, st.randoms(use_true_random=False))
def test_the_order_in_which_departments_are_listed_decides_nothing(
    parents, numbers, smallest, shuffler
):
    counts = {d: numbers[d] for d in parents}
    order = sorted(parents, key=lambda _d: shuffler.random())

    other = large_enough(
        {d: counts[d] for d in order}, {d: parents[d] for d in order}, smallest=smallest
    )

    assert other == large_enough(counts, parents, smallest=smallest)


@given(TREES, st.integers(1, 12))
def test_departments_that_are_all_large_enough_keep_their_answers(parents, smallest):
    counts = dict.fromkeys(parents, smallest)

    assert large_enough(counts, parents, smallest=smallest) == {d: d for d in parents}


@given(TREES, COUNTS, SIZES)
def test_what_was_moved_once_stays_where_it_is(parents, numbers, smallest):
    counts = {d: numbers[d] for d in parents}
    groups = groups_of(large_enough(counts, parents, smallest=smallest), counts)
    settled = {d: n for d, n in groups.items() if d is not None}
    if None in groups:
        return

    again = large_enough(settled, parents, smallest=smallest)

    assert len(groups_of(again, settled)) <= len(groups)
    if len(groups) > 1:
        assert again == {d: d for d in settled}


def test_where_nobody_answered_nothing_is_counted_anywhere():
    assert large_enough({}, {1: None, 2: 1}, smallest=5) == {}
    assert large_enough({1: 0, 2: 0}, {1: None, 2: 1}, smallest=5) == {}


def test_a_department_without_answers_of_its_own_takes_in_what_is_below():
    parents = {1: None, 2: 1, 3: 2, 4: 2, 5: 1}

    assert large_enough({3: 3, 4: 3, 5: 9}, parents, smallest=5) == {3: 2, 4: 2, 5: 5}


def test_too_few_answers_altogether_end_in_one_group_at_the_top():
    assert large_enough({3: 1, 2: 1}, {1: None, 2: 1, 3: 2}, smallest=5) == {2: 1, 3: 1}


def test_of_two_equally_small_groups_the_first_made_joins_the_top():
    assert large_enough({1: 1, 2: 6, 3: 6}, {1: None, 2: 1, 3: 1}, smallest=5) == {
        1: 1,
        2: 1,
        3: 3,
    }


PURPOSES = [(1, 2), (2, 1), (1, 3), (3, 2), (12,), (1, 2, 0), ("rescue", 1, 2), ("", 1, 2)]


@pytest.mark.parametrize(("mine", "other"), list(product(PURPOSES, PURPOSES)))
def test_a_seal_of_another_person_or_wave_opens_nothing(mine, other):
    sealed = seal_for("secret", *mine).close(["canary"])

    opened = seal_for("secret", *other).open(sealed)

    assert opened == (["canary"] if mine == other else None)
    assert (seal_for("secret", *mine).token_hash == seal_for("secret", *other).token_hash) is (
        mine == other
    )


def test_a_changed_byte_anywhere_makes_what_was_sealed_unreadable():
    seal = seal_for(new_secret(), 1, 2)
    sealed = seal.close({"a": "b"})

    for place in range(len(sealed)):
        changed = sealed[:place] + bytes([sealed[place] ^ 1]) + sealed[place + 1 :]
        assert seal.open(changed) is None
        assert seal.open(sealed[:place]) is None


def test_the_same_text_sealed_twice_looks_different_and_its_name_tells_no_key():
    seal = seal_for(new_secret(), 1, 2)

    assert seal.close("same") != seal.close("same")
    assert seal.key.hex() not in seal.token_hash
    assert len({new_secret() for _n in range(50)}) == 50


@given(st.recursive(st.none() | st.integers() | st.text(), st.lists, max_leaves=5))
def test_whatever_was_sealed_comes_back_the_same(value):
    seal = seal_for("secret", 1)

    assert seal.open(seal.close(value)) == value
