"""An attacker who knows how figures are made: which worlds would look exactly the same?

What can be worked out is what is so in every world that looks the same. One other world is
enough to show that something cannot be worked out.
"""

from collections.abc import Callable, Iterator, Mapping

Counts = dict[int, int]
Look = Callable[[Counts], object]


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
