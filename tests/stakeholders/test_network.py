"""Places in the network: the same for the same people, within the drawing, neighbours together."""

import math

from hypothesis import given
from hypothesis import strategies as st

from buyin.stakeholders.network import places

NODES = st.lists(st.integers(0, 50), max_size=15)
LINES = st.lists(st.tuples(st.integers(0, 50), st.integers(0, 50)), max_size=30)


def apart(one, other):
    return math.dist(one, other)


@given(NODES, LINES)
def test_everybody_has_a_place_within_the_drawing_and_always_the_same(nodes, lines):
    found = places(nodes, lines)

    assert found == places(nodes, lines)
    assert set(found) == set(nodes)
    assert all(0 <= x <= 1 and 0 <= y <= 1 for x, y in found.values())


def test_neighbours_come_nearer_than_strangers():
    found = places([1, 2, 3, 4, 5, 6], [(1, 2), (2, 3), (3, 1), (4, 5), (5, 6), (6, 4)])

    assert apart(found[1], found[2]) < apart(found[1], found[4])


def test_one_alone_stands_in_the_middle():
    assert places([7], []) == {7: (0.5, 0.5)}
