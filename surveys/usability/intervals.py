"""Estimates from few participants with the range in which the truth very likely lies (95 %)."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from scipy import stats

_TAIL = 0.975
_TWO = 2


@dataclass(frozen=True)
class Estimate:
    """A value with its range; without one where there are too few values for it."""

    value: float
    low: float | None
    high: float | None
    n: int


def completion(done: int, tries: int) -> Estimate:
    """Return the share of participants who did a task, with the adjusted Wald interval.

    Agresti A, Coull BA. Approximate is better than "exact" for interval estimation of binomial
    proportions. The American Statistician 1998, 52:119-126. For usability tests recommended by
    Sauro J, Lewis JR. Estimating completion rates from small samples using binomial confidence
    intervals. Proceedings of the Human Factors and Ergonomics Society 2005, 49:2100-2103.
    """
    z = float(stats.norm.ppf(_TAIL))
    weight = tries + z * z
    centre = (done + z * z / _TWO) / weight
    margin = z * math.sqrt(centre * (1 - centre) / weight)
    return Estimate(done / tries, max(0.0, centre - margin), min(1.0, centre + margin), tries)


def mean_of(values: Sequence[float]) -> Estimate:
    """Return the mean with its t interval; it needs two values that a range can rest on."""
    n = len(values)
    mean = math.fsum(values) / n
    if n < _TWO:
        return Estimate(mean, None, None, n)
    variance = math.fsum((value - mean) ** 2 for value in values) / (n - 1)
    margin = float(stats.t.ppf(_TAIL, n - 1)) * math.sqrt(variance / n)
    return Estimate(mean, mean - margin, mean + margin, n)


def typical_time(seconds: Sequence[float]) -> Estimate:
    """Return the geometric mean of times above 0, with the t interval of their logarithms.

    Times have a long tail, which draws the plain mean up. Sauro J, Lewis JR. Average task times
    in usability tests: what to report? Proceedings of CHI 2010, 2347-2350.
    """
    logs = mean_of([math.log(second) for second in seconds])
    low = None if logs.low is None else math.exp(logs.low)
    high = None if logs.high is None else math.exp(logs.high)
    return Estimate(math.exp(logs.value), low, high, logs.n)
