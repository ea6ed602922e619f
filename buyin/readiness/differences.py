"""Whether departments differ, and whether a score has changed, by more than chance would give."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import special

from .scoring import LEVEL, Groups

CHANCE = 0.05


@dataclass(frozen=True)
class Difference:
    """How far departments differ: ICC(1), the share of variance between them, and its F test."""

    icc: float
    f: float
    p: float

    @property
    def is_real(self) -> bool:
        """Whether a table from best to worst says more than chance would."""
        return is_unlikely(self.p)


def is_unlikely(p: float) -> bool:
    """Return whether chance alone would give this in at most 5 of 100 cases."""
    return p <= CHANCE


def difference_of(groups: Groups) -> Difference | None:
    """Return the one-way analysis of variance, or None where there is nothing to compare.

    ICC(1) = (MSB - MSW) / (MSB + (k - 1) MSW), k the mean size corrected for unequal departments
    (Shrout and Fleiss 1979; Bliese 2000).
    """
    count = groups.answered[groups.answered > 0]
    if count.size <= 1 or groups.df <= 0:
        return None
    mean, total = groups.mean[groups.answered > 0], count.sum()
    grand = (count * mean).sum() / total
    between = float((count * (mean - grand) ** 2).sum() / (count.size - 1))
    if groups.within == 0:
        is_apart = between > 0
        return Difference(float(is_apart), math.inf if is_apart else 0.0, float(not is_apart))
    size = float((total - (count**2).sum() / total) / (count.size - 1))
    f = between / groups.within
    icc = (between - groups.within) / (between + (size - 1) * groups.within)
    return Difference(icc, f, float(special.fdtrc(count.size - 1, groups.df, f)))


def chance_of_spread(values: Sequence[float], errors: Sequence[float]) -> float | None:
    """Return how likely estimates lie so far apart if their true scores are all the same.

    Cochran's Q against chi squared (Cochran 1954); None for fewer than two or without errors.
    """
    value, error = np.asarray(values, dtype=float), np.asarray(errors, dtype=float)
    if value.size <= 1 or not (error > 0).all():
        return None
    weight = error**-2
    centre = (weight * value).sum() / weight.sum()
    return float(special.chdtrc(value.size - 1, (weight * (value - centre) ** 2).sum()))


@dataclass(frozen=True)
class Change:
    """A score against an earlier one, and the smallest change that could have been noticed."""

    by: float
    smallest_noticeable: float

    @property
    def is_real(self) -> bool:
        """Whether the change is larger than chance would give in 95 of 100 cases."""
        return abs(self.by) > self.smallest_noticeable


def change_between(now: float, before: float, *, errors: tuple[float, float]) -> Change:
    """Return the difference of two independent estimates, with both standard errors."""
    quantile = float(special.ndtri((1 + LEVEL) / 2))
    return Change(now - before, quantile * float(np.hypot(*errors)))
