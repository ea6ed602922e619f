"""Places in the network: the same for the same people, within the drawing, neighbours together."""

import math

from hypothesis import given
from hypothesis import strategies as st

from buyin.stakeholders.network import places

NODES = st.lists(st.integers(0, 50), max_size=15)
LINES = st.lists(st.tuples(st.integers(0, 50), st.integers(0, 50)), max_size=30)


def apart(one, other):
    return math.dist(one, other)


@given(NODES, LINES, st.sampled_from([0.6, 1.0, 1.7]))
def test_everybody_has_a_place_within_the_drawing_and_always_the_same(nodes, lines, width):
    found = places(nodes, lines, width=width)

    assert found == places(nodes, lines, width=width)
    assert set(found) == set(nodes)
    assert all(0 <= x <= 1 and 0 <= y <= 1 for x, y in found.values())


def test_neighbours_come_nearer_than_strangers():
    found = places([1, 2, 3, 4, 5, 6], [(1, 2), (2, 3), (3, 1), (4, 5), (5, 6), (6, 4)])

    assert apart(found[1], found[2]) < apart(found[1], found[4])


def test_one_alone_stands_in_the_middle():
    assert places([7], []) == {7: (0.5, 0.5)}


def test_groups_that_have_nothing_to_do_with_each_other_do_not_overlap():
    triangles = [(n, n + 1, n + 2) for n in range(0, 12, 3)]
    lines = [line for a, b, c in triangles for line in ((a, b), (b, c), (c, a))]

    found = places(range(12), lines)

    boxes = []
    for group in triangles:
        across, down = zip(*(found[node] for node in group), strict=True)
        boxes.append((min(across), max(across), min(down), max(down)))
    for row, one in enumerate(boxes):
        for other in boxes[row + 1 :]:
            is_beside = one[1] < other[0] or other[1] < one[0]
            is_below = one[3] < other[2] or other[3] < one[2]
            assert is_beside or is_below


def test_a_group_of_many_has_more_of_the_drawing_than_a_group_of_two():
    many = [(0, n) for n in range(1, 10)]

    found = places(range(12), [*many, (10, 11)])

    spread = [found[node][0] for node in range(10)]
    assert max(spread) - min(spread) > 1.5 * apart(found[10], found[11])


def test_a_line_to_somebody_who_is_not_drawn_or_to_oneself_changes_nothing():
    assert places([1, 2], [(1, 2)]) == places([1, 2], [(1, 2), (2, 9), (1, 1)])
