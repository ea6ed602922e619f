"""The release rule: the one place that decides which results of a group may leave the portal.

Pure functions on counts. A page, a chart, a mail, an export and an API answer show what these
functions allow and nothing else. `docs/readiness.md` gives the rule in words.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

SMALLEST_CATEGORY = 3
_SPAN = 5
_EDGE = 10
_ALL = 100


def shown(
    parents: Mapping[int, int | None], answers: Mapping[int, int], *, smallest: int
) -> set[int]:
    """Return the groups of a tree whose totals may be shown together.

    `parents` names the group above each group, `answers` counts the answers of people who belong
    directly to a group, not to one under it. Even by adding and subtracting everything that is
    shown, nobody can work out the total of fewer than `smallest` answers.

    Under each shown group the smallest shown parts are hidden until what is hidden there, people
    directly in the group included, is nothing or at least `smallest` answers. Nothing is shown
    under a hidden group.
    """
    children: dict[int | None, list[int]] = {}
    for group, parent in parents.items():
        children.setdefault(parent, []).append(group)
    totals = totals_of(parents, answers)
    allowed: set[int] = set()
    waiting: list[int | None] = [None]
    while waiting:
        above = waiting.pop()
        own = 0 if above is None else answers.get(above, 0)
        parts = {part: totals[part] for part in children.get(above, [])}
        kept = _kept(parts, own=own, smallest=smallest)
        allowed.update(kept)
        waiting.extend(kept)
    return allowed


def totals_of(parents: Mapping[int, int | None], own: Mapping[int, int]) -> dict[int, int]:
    """Return for each group of the tree the sum over itself and everything under it."""
    totals = dict.fromkeys(parents, 0)
    for group, count in own.items():
        for above in path_up(group, parents):
            totals[above] += count
    return totals


def path_up(group: int | None, parents: Mapping[int, int | None]) -> Iterator[int]:
    """Yield the group and then each group above it, up to the top of the tree."""
    seen: set[int] = set()
    while group is not None and group in parents and group not in seen:
        yield group
        seen.add(group)
        group = parents[group]


@dataclass(frozen=True)
class Span:
    """How many of a group have answered, only as two limits between which the number lies."""

    low: int
    high: int
    of: int

    def __add__(self, other: "Span") -> "Span":
        return Span(self.low + other.low, self.high + other.high, self.of + other.of)


def span(count: int, total: int) -> Span:
    """Return the five numbers around a count of `total` people: 3 to 7, 8 to 12 and so on.

    At both ends at least three numbers are kept together, so that nobody can tell that all or
    none of a group have answered.
    """
    half, least = _SPAN // 2, SMALLEST_CATEGORY - 1
    last = (total + half) // _SPAN
    if _SPAN * last - half > total - least:
        last = max(0, last - 1)
    place = min((count + half) // _SPAN, last)
    low = max(0, _SPAN * place - half)
    return Span(low, total if place == last else _SPAN * place + half, total)


def spans(
    parents: Mapping[int, int | None],
    counts: Mapping[int, int],
    totals: Mapping[int, int],
    allowed: Collection[int],
) -> dict[int | None, Span]:
    """Return roughly how many there are in each allowed group, and in all of them together (None).

    `counts` of `totals` people directly in each group are counted. What is given for a group is
    the sum of what is given for its allowed parts and for the people left over. So a total tells
    no more of anybody than its parts do: were each rounded by itself, the difference of two could
    say that all who are hidden in it, or none of them, were counted.
    """
    rests: dict[int | None, list[int]] = {None: [0, 0]}
    for group in parents:
        home = next((above for above in path_up(group, parents) if above in allowed), None)
        rest = rests.setdefault(home, [0, 0])
        rest[0] += counts.get(group, 0)
        rest[1] += totals.get(group, 0)
    found: dict[int | None, Span] = {}
    for home, (count, total) in rests.items():
        rest_of = span(count, total)
        for above in [None, *path_up(home, parents)]:
            found[above] = found.get(above, Span(0, 0, 0)) + rest_of
    return found


@dataclass(frozen=True)
class Share:
    """A share in whole percent, or only the side on which it lies, where all or none would show."""

    percent: int
    side: str = ""  # "under" and "over": somewhere beyond `percent`; "about": near it

    @property
    def as_code(self) -> str:
        """Return the share as it is stored: "54", "under 10", "over 90" or "about 50"."""
        return f"{self.side} {self.percent}".strip()


def share(count: int, total: int) -> Share:
    """Return a share that never says of a group that all of it, or nobody in it, chose something.

    Fewer than three people on one side are never told from nobody: only the ten percent above two
    people are named.
    """
    percent, few = round(_ALL * count / total), SMALLEST_CATEGORY - 1
    edge = (_ALL * few // total // _EDGE + 1) * _EDGE
    if count <= few or percent == 0:
        return Share(edge, "under")
    if total - count <= few or percent == _ALL:
        return Share(_ALL - edge, "over")
    return Share(percent)


def rough(known: Span) -> Share:
    """Return a share to the nearest ten percent, where the parts of a group need such cover."""
    if known.low == 0:
        return Share((_ALL * known.high // known.of // _EDGE + 1) * _EDGE, "under")
    if known.high == known.of:
        others = known.of - known.low
        return Share(_ALL - (_ALL * others // known.of // _EDGE + 1) * _EDGE, "over")
    middle = round(_ALL * (known.low + known.high) / 2 / known.of / _EDGE) * _EDGE
    return Share(min(max(middle, _EDGE), _ALL - _EDGE), "about")


Cut = list[tuple[str, int]]


def cuts_of(counts: Sequence[int]) -> list[Cut]:
    """Return the ways to cut a distribution, the finest first and nothing at all last.

    `counts` runs from the lowest point to the highest. The points themselves are named "1" to
    "5"; then come "unfavourable", "neutral" and "favourable", then "favourable" and "other".
    """
    half = len(counts) // 2
    low, middle, high = sum(counts[:half]), sum(counts[half:-half]), sum(counts[-half:])
    points = [(str(number), count) for number, count in enumerate(counts, start=1)]
    three = [("unfavourable", low), ("neutral", middle), ("favourable", high)]
    if len(counts) % 2 == 0:
        three.pop(1)
    return [points, three, [("other", low + middle), ("favourable", high)], []]


def coarseness(counts: Sequence[int], *, smallest: int = SMALLEST_CATEGORY) -> int:
    """Return the place of the finest cut in which no category is smaller than `smallest`."""
    cuts = cuts_of(counts)
    return next(
        place for place, cut in enumerate(cuts) if all(count >= smallest for _name, count in cut)
    )


def distributions(
    parents: Mapping[int, int | None],
    answers: Mapping[int, Sequence[int]],
    allowed: Collection[int],
) -> dict[int, Cut]:
    """Return the distribution of each group that may be shown, none finer than its parts allow.

    `answers` counts the people directly in each group by point. A group is cut no finer than any
    shown part of it, nor than what is left of it when its shown parts are taken away: else the
    small categories of that part or of that rest would follow by subtraction.
    """
    found: dict[int, Cut] = {}
    levels: dict[int, int] = {}
    totals = {group: [0] * len(points) for group, points in answers.items()}
    deepest_first = sorted(allowed, key=lambda g: -len(list(path_up(g, parents))))
    for group, points in answers.items():
        for above in path_up(group, parents):
            totals[above] = [a + b for a, b in zip(totals[above], points, strict=True)]
    for group in deepest_first:
        parts = [part for part in allowed if parents[part] == group]
        rest = list(totals[group])
        for part in parts:
            rest = [a - b for a, b in zip(rest, totals[part], strict=True)]
        needed = [coarseness(totals[group]), *(levels[part] for part in parts)]
        if any(rest):
            needed.append(coarseness(rest))
        levels[group] = max(needed)
        found[group] = cuts_of(totals[group])[levels[group]]
    return found


type Chain = Sequence[Sequence[Sequence[int]]]


def finest(counts: Sequence[int], chain: Chain, *, smallest: int = SMALLEST_CATEGORY) -> int:
    """Return the place of the first cut of a chain in which no block holds fewer than `smallest`.

    Each cut of a chain lists blocks of places in `counts`, and joins blocks of the cut before it;
    the last has no blocks, which says nothing and always may.
    """
    return next(
        place
        for place, cut in enumerate(chain)
        if all(sum(counts[one] for one in block) >= smallest for block in cut)
    )


def levels(
    parents: Mapping[int, int | None],
    answers: Mapping[int, Sequence[int]],
    allowed: Collection[int],
    chain: Chain,
    fixed: Mapping[int, int],
) -> dict[int, int]:
    """Return at which cut of the chain each allowed group may be shown, all of them together.

    `answers` counts the people directly in each group by answer; `fixed` gives the cut of groups
    that keep theirs, such as the whole. At each cut the groups that are shown as finely as that,
    or finer, are looked at together: what is left of a group without its parts among them is
    nobody, or has no block of fewer than three people. Until that is so, the smallest part is cut
    one step coarser. So no sum or difference of all that is shown says of any people that none of
    them, all of them, or one or two gave an answer.
    """
    size = max(map(len, answers.values()), default=0)
    totals = {group: [0] * size for group in parents}
    for group, points in answers.items():
        for above in path_up(group, parents):
            totals[above] = [a + b for a, b in zip(totals[above], points, strict=True)]
    found = {g: fixed[g] if g in fixed else finest(totals[g], chain) for g in allowed}
    for level in range(len(chain) - 1):
        while (too_fine := _too_fine(level, found, totals, parents, chain)) is not None:
            found[too_fine] = level + 1
    return found


def _too_fine(
    level: int,
    found: Mapping[int, int],
    totals: Mapping[int, Sequence[int]],
    parents: Mapping[int, int | None],
    chain: Chain,
) -> int | None:
    """Return a part that may not be shown at this cut beside the others, or None."""
    parts: dict[int, list[int]] = {}
    for group in (group for group, place in found.items() if place <= level):
        line = path_up(parents[group], parents)
        above = next((one for one in line if found.get(one, len(chain)) <= level), None)
        if above is not None:
            parts.setdefault(above, []).append(group)
    for group, under in parts.items():
        rest = list(totals[group])
        for part in under:
            rest = [a - b for a, b in zip(rest, totals[part], strict=True)]
        if any(rest) and finest(rest, chain) > level:
            return min(under, key=lambda part: (sum(totals[part]), part))
    return None


def _kept(parts: Mapping[int, int], *, own: int, smallest: int) -> Collection[int]:
    """Return which parts of one shown group may be shown, `own` being the people directly in it."""
    kept = sorted((p for p in parts if parts[p] >= smallest), key=lambda p: (parts[p], p))
    hidden = own + sum(parts.values()) - sum(parts[part] for part in kept)
    while kept and 0 < hidden < smallest:
        hidden += parts[kept.pop(0)]
    return kept
