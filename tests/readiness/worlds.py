"""An attacker who knows how figures are made: which worlds would look exactly the same?

What can be worked out is what is so in every world that looks the same. One other world is
enough to show that something cannot be worked out.
"""

from collections.abc import Callable, Iterator, Mapping

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

Counts = dict[int, int]
Look = Callable[[Counts], object]


def thoroughly(examples: int) -> settings:
    """Return how an attack is tried: often, with the same examples each time, whatever they cost."""
    return settings(
        max_examples=examples,
        deadline=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
        database=None,
    )


@st.composite
def trees_of(draw: st.DrawFn, most: int) -> dict[int, int | None]:
    """Draw a tree of up to so many groups, numbered from the one at its top."""
    parents: dict[int, int | None] = {1: None}
    for group in range(2, draw(st.integers(1, most)) + 1):
        parents[group] = draw(st.sampled_from(list(parents)))
    return parents


def parts_of(people: int) -> st.SearchStrategy[int]:
    """Draw nobody or everybody as often as anything between: that is what must not show."""
    return st.one_of(st.just(0), st.just(people), st.integers(0, people))


def certain_groups(counts: Counts, totals: Mapping[int, int], look: Look) -> list[int]:
    """Return the groups of which it shows that all of them, or nobody in them, are counted."""
    return [one for one in totals if totals[one] and is_certain(one, counts, totals, look)]


def is_certain(group: int, counts: Counts, totals: Mapping[int, int], look: Look) -> bool:
    """Return whether it shows that all of the people directly in a group, or none, are counted."""
    if counts[group] not in {0, totals[group]}:
        return False
    seen = look(counts)
    return not any(look(other) == seen for other in _nearby(group, counts, totals))


def _nearby(group: int, counts: Counts, totals: Mapping[int, int]) -> Iterator[Counts]:
    """Yield worlds in which a few people of the group differ, alone or in place of some elsewhere."""
    way = 1 if counts[group] == 0 else -1
    for few in range(1, min(3, totals[group]) + 1):
        changed = {**counts, group: counts[group] + way * few}
        yield changed
        for other in set(totals) - {group}:
            if 0 <= counts[other] - way * few <= totals[other]:
                yield {**changed, other: counts[other] - way * few}
