"""How well the items of a dimension go together: Cronbach's alpha and omega from one factor."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from scipy import special

from .scoring import LEVEL, Floats

Missing = Literal["listwise", "pairwise"]

SMALLEST_SAMPLE = 30
ENOUGH = 0.70
_MOST_SHARED = 0.995  # a communality of 1 would leave nothing to the item itself (Heywood case)
_ROUNDS = 500


@dataclass(frozen=True)
class Reliability:
    """Alpha with its 95 % interval and omega; NaN where it cannot be computed.

    `missing` says how people who left items out were treated: "listwise" drops them, "pairwise"
    uses them for the items they answered. The two differ, so the rule is part of the result.
    """

    alpha: float
    low: float
    high: float
    omega: float
    people: int
    missing: Missing

    @property
    def is_low(self) -> bool:
        """Whether the items go together too loosely to be read as one score."""
        return self.alpha < ENOUGH


def reliability_of(answers: Floats, *, missing: Missing = "listwise") -> Reliability | None:
    """Return the reliability of items (columns), or None with fewer than 30 people or 2 items."""
    if answers.ndim != 2 or answers.shape[1] <= 1:  # noqa: PLR2004 - rows and columns
        return None
    known = ~np.isnan(answers)
    if missing == "listwise" and not known.all():
        complete = known.all(axis=1)
        answers, known = answers[complete], known[complete]
    people = int(known.sum(axis=0).min())
    if people < SMALLEST_SAMPLE:
        return None
    covariance = covariance_of(answers)
    alpha = alpha_of(covariance)
    low, high = feldt_interval(alpha, people=people, items=answers.shape[1])
    return Reliability(alpha, low, high, omega_of(covariance), people, missing)


def covariance_of(answers: Floats) -> Floats:
    """Return the covariances of items, each pair over the people who answered both."""
    known = ~np.isnan(answers)
    if known.all():
        return np.cov(answers, rowvar=False)
    filled = np.where(known, answers, 0.0)
    both = known.T.astype(float) @ known
    first = filled.T @ known  # sum of the row's item over people who answered both
    sums = filled.T @ filled - first * first.T / np.maximum(both, 1)
    return np.asarray(sums / np.maximum(both - 1, 1))


def alpha_of(covariance: Floats) -> float:
    """Return alpha = k/(k-1) (1 - sum of variances / variance of the sum) (Cronbach 1951)."""
    items, total = len(covariance), float(covariance.sum())
    if total <= 0:
        return float("nan")
    own = float(np.diag(covariance).sum())
    return items / (items - 1) * (1 - own / total)


def feldt_interval(alpha: float, *, people: int, items: int) -> tuple[float, float]:
    """Return the 95 % interval of alpha from the F distribution (Feldt 1965)."""
    freedom = people - 1, (people - 1) * (items - 1)
    tail = (1 - LEVEL) / 2
    low = 1 - (1 - alpha) * special.fdtri(*freedom, 1 - tail)
    high = 1 - (1 - alpha) * special.fdtri(*freedom, tail)
    return float(low), float(high)


def omega_of(covariance: Floats) -> float:
    """Return omega = (sum of loadings)² / variance of the sum under one factor (McDonald 1999).

    Loadings come from iterated principal axes on the correlations. NaN for fewer than three
    items, whose loadings the data do not fix, and where an item does not vary.
    """
    deviation: Floats = np.sqrt(np.diag(covariance))
    if deviation.size <= 2 or deviation.min() <= 0:  # noqa: PLR2004 - two items fix no loadings
        return float("nan")
    correlation = covariance / np.outer(deviation, deviation)
    loading = _loadings(correlation) * deviation
    unique = float((deviation**2 - loading**2).sum())
    common = float(loading.sum() ** 2)
    return common / (common + unique)


def _loadings(correlation: Floats) -> Floats:
    shared = np.abs(correlation - np.eye(len(correlation))).max(axis=0)
    loading = np.sqrt(shared)
    for _round in range(_ROUNDS):
        reduced = correlation.copy()
        np.fill_diagonal(reduced, np.clip(shared, 0.0, _MOST_SHARED))
        values, vectors = np.linalg.eigh(reduced)
        loading = vectors[:, -1] * np.sqrt(max(float(values[-1]), 0.0))
        if np.abs(loading**2 - shared).max() < 1e-9:  # noqa: PLR2004 - converged
            break
        shared = loading**2
    limit = np.sqrt(_MOST_SHARED)
    return np.clip(loading, -limit, limit)
