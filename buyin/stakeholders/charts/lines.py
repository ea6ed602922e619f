"""The network as a drawing: who is connected with whom, as many as can be told apart."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from buyin.stakeholders.models import Relationship, Stakeholder
from buyin.stakeholders.naming import SPOTS, Spot, name_spots
from buyin.stakeholders.network import places

MOST = 40
WIDTH, HEIGHT, EDGE = 960, 620, 40


@dataclass(frozen=True)
class Dot:
    """One stakeholder in the drawing, with where its name stands."""

    stakeholder: Stakeholder
    x: int
    y: int
    name: Spot = SPOTS[0]


@dataclass(frozen=True)
class Arrow:
    """One relation in the drawing, from its first to its second."""

    start: Dot
    end: Dot
    kind: str
    strength: int


@dataclass(frozen=True)
class Network:
    """The drawing, with whom most others are connected, and how many it leaves to the table."""

    dots: Sequence[Dot]
    arrows: Sequence[Arrow]
    left_out: int
    hub: Stakeholder
    of_hub: int
    width: int = WIDTH
    height: int = HEIGHT


def network_drawing(relations: Sequence[Relationship]) -> Network:
    """Return the drawing of those with the most relations; the table beside it has all."""
    people = {end.pk: end for one in relations for end in (one.first, one.second)}
    ends = [(one.first_id, one.second_id) for one in relations]
    chosen = _chosen(relations)
    inside = [r for r in relations if {r.first_id, r.second_id} <= set(chosen)]
    lines = [(one.first_id, one.second_id) for one in inside]
    spots = places(chosen, lines, width=(WIDTH - 2 * EDGE) / (HEIGHT - 2 * EDGE))
    at = {pk: (_across(spots[pk][0]), _down(spots[pk][1])) for pk in chosen}
    names = name_spots(at, {pk: str(people[pk]) for pk in chosen}, lines, (WIDTH, HEIGHT))
    dots = {pk: Dot(people[pk], *at[pk], names[pk]) for pk in chosen}
    return Network(
        dots=list(dots.values()),
        arrows=[
            Arrow(dots[one.first_id], dots[one.second_id], one.kind, one.strength) for one in inside
        ],
        left_out=len(people) - len(chosen),
        hub=people[chosen[0]],
        of_hub=len({pk for line in ends if chosen[0] in line for pk in line}) - 1,
    )


def _chosen(relations: Sequence[Relationship]) -> list[int]:
    """Return those with the most relations, each with its neighbours, as long as there is room."""
    near: dict[int, set[int]] = defaultdict(set)
    for one in relations:
        near[one.first_id].add(one.second_id)
        near[one.second_id].add(one.first_id)
    found: dict[int, None] = {}
    for hub in sorted(near, key=lambda pk: (-len(near[pk]), pk)):
        wanted = [pk for pk in (hub, *sorted(near[hub])) if pk not in found]
        # Where the first has more neighbours than there is room for, some of them are shown.
        if not found or len(found) + len(wanted) <= MOST:
            found |= dict.fromkeys(wanted[:MOST])
    return list(found)


def _across(share: float) -> int:
    return round(EDGE + share * (WIDTH - 2 * EDGE))


def _down(share: float) -> int:
    return round(EDGE + share * (HEIGHT - 2 * EDGE))
