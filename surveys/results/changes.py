"""What differs between two waves, and whether that is more than chance would give."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from buyin.readiness.differences import Change, change_between
from buyin.readiness.scoring import LEVEL
from surveys.definitions import Item

from .reading import ItemResult, QuestionResult
from .tally import CHOSEN

MEAN = "mean"
UPPER = "upper"
PERCENT = 100.0


@dataclass(frozen=True)
class Headline:
    """One figure of an item that can be followed over waves: a share in percent, or a mean.

    `part` is the code of a choice, "upper" for the upper half of a scale, "mean" for a mean.
    """

    item: Item
    part: str
    value: float
    error: float
    n: int

    @property
    def is_share(self) -> bool:
        """Whether it is a share of people and not a mean."""
        return self.part != MEAN


@dataclass(frozen=True)
class Changed:
    """A headline in two waves."""

    now: Headline
    before: Headline

    @property
    def change(self) -> Change:
        """Return the difference and the smallest one that can be noticed.

        Two shares p1 and p2 differ noticeably where |p1 - p2| > 1.96 √(v1 + v2), with
        v = q (1 - q) / (n + 2) and q = (x + 1) / (n + 2): Agresti and Caffo (2000), which keeps
        its promise in small groups, where 1.96 √(p (1 - p) / n) does not. They compare the q; the
        plain shares lie (n + 2) / n times as far apart, so that each √v is taken as many times.
        Means: v = s²/n.
        That many people answered both times only makes chance smaller, as far as they answer
        alike; who they are is not known, so it is not counted.
        """
        errors = (self.now.error, self.before.error)
        return change_between(self.now.value, self.before.value, errors=errors)


def headlines_of(result: ItemResult) -> list[Headline]:
    """Return the figures of an item that can be followed, only such as may be shown."""
    item = result.item
    if result.n is None:
        return []
    if result.mean and result.error is not None:
        return [Headline(item, MEAN, result.mean[0], result.error, result.n)]
    table = result.table
    counts: dict[str, tuple[int | None, int]] = {}
    if result.upper:
        counts = {UPPER: (result.upper_count, table.n)}
    elif item.type == "multiple":
        counts = {part: (one.among([CHOSEN]), one.n) for part, one in result.tables.items()}
    elif not result.bins:
        alone = [cell for cell in table.cells if len(cell.codes) == 1]
        counts = {cell.codes[0]: (cell.count, table.n) for cell in alone}
    return [_share(item, part, count, n) for part, (count, n) in counts.items() if count]


def changes_between(
    now: Sequence[QuestionResult], before: Sequence[QuestionResult]
) -> list[Changed]:
    """Return what both waves tell of the same question, in the order of the newer one.

    The same are questions with the same code and type, and scales with as many points.
    """
    earlier = {_key(one): one for result in _items(before) for one in headlines_of(result)}
    return [
        Changed(one, earlier[_key(one)])
        for result in _items(now)
        for one in headlines_of(result)
        if _key(one) in earlier
    ]


def by_chance(changes: Sequence[Changed]) -> int:
    """Return how many of these would seem to have changed if nothing had."""
    return round((1 - LEVEL) * len(changes))


def same_over_waves(
    headline: Headline, waves: Sequence[Sequence[QuestionResult]]
) -> list[Headline | None]:
    """Return this figure in each wave, None in a wave that does not tell it."""
    key = _key(headline)
    found: list[Headline | None] = []
    for wave in waves:
        known: Mapping[tuple, Headline] = {
            _key(one): one for result in _items(wave) for one in headlines_of(result)
        }
        found.append(known.get(key))
    return found


def _items(questions: Sequence[QuestionResult]) -> Iterator[ItemResult]:
    for question in questions:
        yield from question.rows


def _key(headline: Headline) -> tuple[str, str, str, int, str]:
    item = headline.item
    return (item.code, item.type, headline.part, len(item.question.points), item.question.unit)


def _share(item: Item, part: str, count: int, n: int) -> Headline:
    near = (count + 1) / (n + 2)
    error = PERCENT * math.sqrt(near * (1 - near) / (n + 2)) * (n + 2) / n
    return Headline(item, part, PERCENT * count / n, error, n)
