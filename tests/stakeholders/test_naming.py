"""Names in the drawing of the network: each at its dot, inside, and readable where there is room."""

import itertools

from hypothesis import given, settings
from hypothesis import strategies as st

from buyin.stakeholders.charts.lines import HEIGHT, WIDTH, network_drawing
from buyin.stakeholders.models import Relationship, Stakeholder
from buyin.stakeholders.naming import LETTER, SPOTS, name_spots

AREA = (WIDTH, HEIGHT)
PLACES = st.tuples(st.integers(40, WIDTH - 40), st.integers(40, HEIGHT - 40))


def overlap(one, other):
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


@settings(max_examples=40, deadline=None)
@given(st.lists(PLACES, min_size=1, max_size=30))
def test_every_dot_has_one_of_the_spots_always_the_same_and_inside(places):
    dots = dict(enumerate(places))
    names = dict.fromkeys(dots, "Ada Okafor")
    lines = [(0, pk) for pk in dots if pk]

    found = name_spots(dots, names, lines, AREA)

    assert found == name_spots(dots, names, lines, AREA)
    assert set(found.values()) <= set(SPOTS)
    for pk, spot in found.items():
        left, top, right, bottom = spot.box(dots[pk], LETTER * len(names[pk]))
        assert min(left, top) >= 0
        assert (right <= WIDTH, bottom <= HEIGHT) == (True, True)


def test_two_beside_each_other_do_not_share_the_room_for_their_names():
    dots = {1: (200, 100), 2: (260, 100)}
    names = {1: "Tomas Andersen", 2: "Kofi Cohen"}

    found = name_spots(dots, names, [], AREA)

    boxes = [found[pk].box(dots[pk], LETTER * len(names[pk])) for pk in dots]
    assert not overlap(*boxes)


def test_no_line_runs_through_a_name_that_has_room_elsewhere():
    dots = {1: (400, 100), 2: (400, 500)}

    found = name_spots(dots, {1: "Ana Kim", 2: "Bo Ek"}, [(1, 2)], AREA)

    assert found[1].y < found[2].y


def test_in_a_network_of_stars_hardly_any_two_names_touch():
    hubs = [Stakeholder(pk=n, name=f"Beatriz Carver {n}") for n in range(1, 6)]
    relations = [
        Relationship(
            first=Stakeholder(pk=100 * hub.pk + n, name=f"Emeka Alvarez {n}"),
            second=hub,
            strength=2,
        )
        for hub in hubs
        for n in range(7)
    ]

    dots = network_drawing(relations).dots

    boxes = [dot.name.box((dot.x, dot.y), LETTER * len(str(dot.stakeholder))) for dot in dots]
    touching = [pair for pair in itertools.combinations(boxes, 2) if overlap(*pair)]
    assert len(touching) <= 2


def test_the_drawing_says_with_whom_most_are_connected():
    ends = [(1, 2), (3, 2), (2, 4), (2, 4), (5, 6)]
    people = {pk: Stakeholder(pk=pk, name=f"S{pk}") for pk in range(1, 7)}

    drawing = network_drawing([Relationship(first=people[a], second=people[b]) for a, b in ends])

    assert (drawing.hub.name, drawing.of_hub) == ("S2", 3)
