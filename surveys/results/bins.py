"""Ranges of numbers and of days, made so that none of them holds only a few people."""

import math
from collections.abc import Mapping, Sequence
from datetime import date

from buyin.readiness.release import SMALLEST_CATEGORY

MOST = 8
MONTHS = 24

type Bin = tuple[float, float] | tuple[str, str]


def number_bins(counts: Mapping[float, int]) -> list[tuple[float, float]]:
    """Return ranges, both ends included, that hold all these numbers.

    They are single numbers where there are few and each was given often enough. Else their ends
    are round numbers, so that they are nobody's answer.
    """
    values = sorted(counts)
    if len(values) <= MOST and min(counts.values()) >= SMALLEST_CATEGORY:
        return [(value, value) for value in values]
    if len(values) == 1:
        return [(values[0], values[0])]
    is_whole = all(float(value).is_integer() for value in values)
    step = _round_step((values[-1] - values[0]) / MOST)
    step = max(1.0, step) if is_whole else step
    bins: list[tuple[float, float]] = []
    for place in range(math.floor(values[0] / step), math.floor(values[-1] / step) + 1):
        low, high = place * step, (place + 1) * step
        bins.append((low, high - 1 if is_whole else math.nextafter(high, low)))
    return _joined(bins, [_inside(counts, low, high) for low, high in bins])


def day_bins(counts: Mapping[str, int]) -> list[tuple[str, str]]:
    """Return ranges of whole months, or of years where there are many, that hold these days."""
    days = [date.fromisoformat(day) for day in sorted(counts)]
    months = 12 * (days[-1].year - days[0].year) + days[-1].month - days[0].month
    size = 7 if months <= MONTHS else 4  # characters of "2026-01" and of "2026"
    periods = sorted({day[:size] for day in counts})
    found = [sum(n for day, n in counts.items() if day[:size] == one) for one in periods]
    return _joined([(one, one) for one in periods], found)


def place_of(value: float | str, bins: Sequence[Bin]) -> int:
    """Return the place of the range that holds this number or day."""
    last = len(bins) - 1
    if isinstance(value, str):
        ends = [str(high) for _low, high in bins]
        return next((n for n, end in enumerate(ends) if value[: len(end)] <= end), last)
    return next((n for n, (_low, high) in enumerate(bins) if value <= float(high)), last)


def _inside(counts: Mapping[float, int], low: float, high: float) -> int:
    return sum(n for value, n in counts.items() if low <= value <= high)


def _round_step(width: float) -> float:
    """Return the next larger of 1, 2, 5, 10, 20 … (or .5, .2, .1 …)."""
    size = 10.0 ** math.floor(math.log10(width))
    return next(step * size for step in (1, 2, 5, 10) if step * size >= width * (1 - 1e-9))


def _joined[T](bins: Sequence[tuple[T, T]], counts: Sequence[int]) -> list[tuple[T, T]]:
    """Join ranges with fewer than three people to the next, the last one to the one before it."""
    found: list[tuple[T, T]] = []
    people: list[int] = []
    for (low, high), count in zip(bins, counts, strict=True):
        if people and people[-1] < SMALLEST_CATEGORY:
            found[-1], people[-1] = (found[-1][0], high), people[-1] + count
        else:
            found.append((low, high))
            people.append(count)
    if len(found) > 1 and people[-1] < SMALLEST_CATEGORY:
        (_low, high), _few = found.pop(), people.pop()
        found[-1] = (found[-1][0], high)
    return found
