"""From answers to scores: items, people, departments, the agency, and how sure each number is.

Pure functions on NumPy arrays; missing is NaN, scores run from 0 to 100. `docs/readiness.md`
gives each formula in words, with where it comes from.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt
from scipy import special

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Verdict = Literal["ready", "not-ready", "too-close", "not-enough"]

FORMULA = 1
LEVEL = 0.95
SURE = 0.8
_TOP = 100.0
_HALVINGS = 100  # more than the digits of a float
_POINTS = 5


def item_scores(points: Floats, *, scale: int, is_reversed: bool = False) -> Floats:
    """Return points 1 to `scale` as 0 to 100; a reversed item counts from the other end."""
    scores: Floats = _TOP * (points - 1) / (scale - 1)
    return _TOP - scores if is_reversed else scores


def person_means(scores: Floats, *, at_least: float = 0.5) -> Floats:
    """Return each person's mean over items (columns); NaN below that share of answered items."""
    answered = ~np.isnan(scores)
    count = answered.sum(axis=1)
    total = np.where(answered, scores, 0.0).sum(axis=1)
    enough = (count > 0) & (count >= at_least * scores.shape[1])
    return np.where(enough, total / np.maximum(count, 1), np.nan)


@dataclass(frozen=True)
class Groups:
    """What was heard from each department in one dimension.

    `within` is the variance of people inside their departments, pooled over all of them, with
    `df` degrees of freedom; NaN where no department has two answers.
    """

    answered: Ints
    asked: Ints
    mean: Floats
    within: float
    df: int

    @property
    def standard_error(self) -> Floats:
        """Return the standard error of each plain mean, the finite number of people counted."""
        count = np.maximum(self.answered, 1)
        return np.sqrt(self.within / count * (1 - self.answered / np.maximum(self.asked, 1)))


def groups_of(scores: Floats, unit: Ints, asked: Ints) -> Groups:
    """Return what was heard: one score a person, `unit` the index of the person's department.

    Where more people answered than were asked, the roster was wrong and the answers are right.
    """
    heard = ~np.isnan(scores)
    if not heard.all():
        scores, unit = scores[heard], unit[heard]
    answered = np.bincount(unit, minlength=asked.size)
    total = np.bincount(unit, weights=scores, minlength=asked.size)
    mean = np.where(answered > 0, total / np.maximum(answered, 1), np.nan)
    df = int(answered.sum() - (answered > 0).sum())
    squares = float(((scores - mean[unit]) ** 2).sum())
    within = squares / df if df else float("nan")
    return Groups(answered, np.maximum(asked, answered), mean, within, df)


@dataclass(frozen=True)
class Estimates:
    """Each department's estimate: what was answered is known, only the rest is borrowed.

    `own` is the part of the variance that belongs to one department alone; `lean` says how much
    of the estimate rests on the common centre, whose variance all departments share.
    """

    groups: Groups
    value: Floats
    own: Floats
    lean: Floats
    between: float
    centre: float
    centre_variance: float

    @property
    def variance(self) -> Floats:
        """Return the variance of each department's estimate."""
        return self.own + self.lean**2 * self.centre_variance


def estimate(groups: Groups) -> Estimates:
    """Return T = [n y + (N - n)(B y + (1 - B) mu)] / N for each department, with its variance.

    B = tau² / (tau² + s²/n) is how far colleagues speak for those who were silent, mu the
    precision-weighted mean (composite estimation of small areas; tau² by Paule and Mandel).
    """
    heard = groups.answered > 0
    sampling = np.full(heard.shape, np.inf)
    sampling[heard] = groups.within / groups.answered[heard] if groups.df else np.nan
    between = between_variance(groups.mean[heard], sampling[heard])
    centre, centre_variance = _centre(groups.mean[heard], sampling[heard], between)
    spread = sampling + between
    trust = np.where(np.isinf(spread), 0.0, 1.0)
    np.divide(between, spread, out=trust, where=np.isfinite(spread) & (spread > 0))
    silent = groups.asked - groups.answered
    share = silent / np.maximum(groups.asked, 1)
    mean = np.where(heard, groups.mean, centre)
    # For a department that said nothing, B s²/n becomes tau² as n goes to nothing.
    drawn = np.where(heard, trust * np.where(heard, sampling, 0.0), between)
    own = share**2 * (drawn + groups.within / np.maximum(silent, 1))
    return Estimates(
        groups=groups,
        value=(1 - share) * mean + share * (trust * mean + (1 - trust) * centre),
        own=np.where(silent == 0, 0.0, own),
        lean=np.where(silent == 0, 0.0, share * (1 - trust)),
        between=between,
        centre=centre,
        centre_variance=centre_variance,
    )


def between_variance(mean: Floats, sampling: Floats) -> float:
    """Return tau², the variance between departments, by Paule and Mandel (1982); never negative.

    It is the value at which the weighted squares of the means add up to their degrees of freedom.
    """
    if mean.size <= 1 or np.isnan(sampling).any():
        return 0.0

    def excess(between: float) -> float:
        weight = 1 / (sampling + between)
        centre = (weight * mean).sum() / weight.sum()
        return float((weight * (mean - centre) ** 2).sum() - (mean.size - 1))

    smallest = 0.0 if sampling.min() > 0 else 1e-12
    if excess(smallest) <= 0:
        return 0.0
    return _root(excess, smallest, float(np.ptp(mean)) ** 2 * mean.size + 1)


def _root(falling: Callable[[float], float], low: float, high: float) -> float:
    """Return where a falling function crosses zero, by halving; scipy.optimize is slow to load."""
    for _step in range(_HALVINGS):
        middle = (low + high) / 2
        low, high = (middle, high) if falling(middle) > 0 else (low, middle)
    return (low + high) / 2


def _centre(mean: Floats, sampling: Floats, between: float) -> tuple[float, float]:
    if not mean.size:
        return float("nan"), float("nan")
    spread = sampling + between
    if np.isnan(spread).any() or spread.min() <= 0:
        return float(mean.mean()), 0.0
    weight = 1 / spread
    return float((weight * mean).sum() / weight.sum()), float(1 / weight.sum())


def combined(estimates: Estimates, member: npt.NDArray[np.bool_]) -> tuple[Floats, Floats]:
    """Return (value, variance) for groups of departments: the sum of N T over the sum of N.

    `member` has one row a group and one column a department. What departments borrow from their
    common centre errs together and is added up before it is squared.
    """
    asked = np.where(member, estimates.groups.asked, 0).astype(np.float64)
    weight = asked / np.maximum(asked.sum(axis=1, keepdims=True), 1)
    counts = weight > 0
    value, own, lean = (
        (factor * np.where(counts, part, 0.0)).sum(axis=1)
        for factor, part in (
            (weight, estimates.value),
            (weight**2, estimates.own),
            (weight, estimates.lean),
        )
    )
    return value, own + np.where(lean > 0, lean**2 * estimates.centre_variance, 0.0)


def margin(standard_error: Floats, df: int) -> Floats:
    """Return half the width of the 95 % range, from Student's t."""
    quantile = special.stdtrit(df, (1 + LEVEL) / 2) if df > 0 else float("nan")
    return np.asarray(quantile * standard_error)


def probability_of(value: float, standard_error: float, *, at_least: float) -> float:
    """Return how likely the true score reaches a threshold; NaN where the error is not known."""
    if np.isnan(standard_error):
        return float("nan")
    if standard_error == 0:
        return float(value >= at_least)
    return float(special.ndtr((value - at_least) / standard_error))


def verdict_of(probability: float) -> Verdict:
    """Return the band: ready from a probability of .8, not ready up to .2, else too close."""
    if np.isnan(probability):
        return "not-enough"
    if probability >= SURE:
        return "ready"
    return "not-ready" if probability <= 1 - SURE else "too-close"


def nearest_points(scores: Floats) -> Ints:
    """Return for scores the nearest of five points, 0 to 4; half way is the higher one.

    NumPy rounds halves to even numbers, which would put 37.5 and 62.5 both in the middle.
    """
    return np.floor(scores * (_POINTS - 1) / _TOP + 0.5).astype(np.int64)


def is_favourable(scores: Floats) -> npt.NDArray[np.bool_]:
    """Return which people stand on the favourable side in a dimension; False where missing.

    That is from 62.5 on: nearer to "agree" than to the middle.
    """
    return nearest_points(np.nan_to_num(scores, nan=0.0)) > _POINTS // 2


def favourable_bounds(share: float, rate: float) -> tuple[float, float]:
    """Return the least and the largest share of all asked that can be favourable.

    At one end all who were silent are not, at the other all of them are: the bounds that need no
    assumption (Manski 1989).
    """
    return rate * share, rate * share + 1 - rate


def if_silent_lower(value: float, *, answered: int, asked: int, by: float = 10.0) -> float:
    """Return the score if those who did not answer were that much lower than assumed."""
    return max(0.0, value - by * (asked - answered) / asked)
