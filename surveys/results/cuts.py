"""Ways to cut the answers to one question, from the finest to nothing at all.

Each cut joins blocks of the cut before it, so that groups which are cut differently still add up.
The release rule (`buyin.readiness.release.levels`) says which cut a group may be shown in.
"""

from collections.abc import Sequence

from buyin.readiness.release import Chain

MANY = 7  # points: a longer scale is first cut to bands
type Cut = list[tuple[int, ...]]


def chain_of_points(whole: Sequence[int]) -> Chain:
    """Return the cuts of a scale: points, the rarer end joined, three parts, the upper half.

    `whole` counts all people by point, the lowest first.
    """
    size, half = len(whole), len(whole) // 2
    points: Cut = [(place,) for place in range(size)]
    low, high = tuple(range(half)), tuple(range(size - half, size))
    middle = tuple(range(half, size - half))
    if size > MANY:
        edge = half // 2 + 1
        ends = [low[:edge], low[edge:], middle, high[:-edge], high[-edge:]]
    elif whole and whole[0] <= whole[-1]:
        ends = [low, *points[half:]]
    else:
        ends = [*points[: size - half], high]
    three: Cut = [low, middle, high]
    return _chain(points, ends, three, [low + middle, high])


def chain_of_choices(whole: Sequence[int]) -> Chain:
    """Return the cuts of choices without an order: the rarest of all are joined, one by one."""
    order = sorted(range(len(whole)), key=lambda place: (-whole[place], place))
    return _chain(
        *(
            [*((one,) for one in order[:alone]), tuple(order[alone:])]
            for alone in range(len(order) - 1, 0, -1)
        )
    )


def chain_of_bins(whole: Sequence[int]) -> Chain:
    """Return the cuts of ranges of numbers or days: the ranges, then two halves of the people."""
    size, total = len(whole), sum(whole)
    edges = range(1, size)
    if not edges:
        return _chain()
    edge = min(edges, key=lambda place: abs(2 * sum(whole[:place]) - total))
    halves: Cut = [tuple(range(edge)), tuple(range(edge, size))]
    return _chain([(place,) for place in range(size)], halves)


def _chain(*cuts: Sequence[tuple[int, ...]]) -> Chain:
    """Return these cuts without empty blocks, each once, and nothing at the end."""
    chain: list[list[tuple[int, ...]]] = []
    for cut in cuts:
        blocks = [block for block in cut if block]
        if len(blocks) > 1 and blocks not in chain:
            chain.append(blocks)
    return [*chain, []]
