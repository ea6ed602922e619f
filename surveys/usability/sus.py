"""The System Usability Scale: its score, and where a score lies among published ones."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

ITEMS = 10
HIGHEST = 4
HIGHEST_SCORE = 100.0
_STEP = 2.5


@dataclass(frozen=True)
class Grade:
    """A band of the curved grading scale: from which score on, and the percentiles it spans."""

    name: str
    score: float
    percentile_low: int
    percentile_high: int


# Sauro J, Lewis JR. Quantifying the User Experience, 2nd edition, Morgan Kaufmann 2016, chapter 8:
# the curved grading scale, made from the SUS means of several hundred studies; the same bands stand
# in Sauro J. 5 ways to interpret a SUS score, MeasuringU 2018. The first score of each band.
CURVE = (
    Grade("A+", 84.1, 96, 100),
    Grade("A", 80.8, 90, 95),
    Grade("A-", 78.9, 85, 89),
    Grade("B+", 77.2, 80, 84),
    Grade("B", 74.1, 70, 79),
    Grade("B-", 72.6, 65, 69),
    Grade("C+", 71.1, 60, 64),
    Grade("C", 65.0, 41, 59),
    Grade("C-", 62.7, 35, 40),
    Grade("D", 51.7, 15, 34),
    Grade("F", 0.0, 0, 14),
)


def sus_score(points: Sequence[int]) -> float:
    """Return the score from 0 to 100 of one participant's ten answers from 1 to 5.

    Odd statements give the answer minus 1, even ones 5 minus the answer; the sum times 2.5.
    Brooke J. SUS: a "quick and dirty" usability scale. In: Jordan PW and others, Usability
    evaluation in industry. Taylor & Francis 1996, 189-194.
    """
    if len(points) != ITEMS or any(not 1 <= point <= HIGHEST + 1 for point in points):
        raise ValueError("ten answers from 1 to 5 are needed")
    odd = sum(point - 1 for point in points[::2])
    even = sum(HIGHEST + 1 - point for point in points[1::2])
    return _STEP * (odd + even)


def grade_of(score: float) -> Grade:
    """Return the band of a mean score, as it reads to one decimal."""
    return next(grade for grade in CURVE if round(score, 1) >= grade.score)


def percentile_of(score: float) -> float:
    """Return which percentage of published scores lies below a score from 0 to 100.

    Between the first scores of two bands of the curved grading scale the line is straight; a score
    of 100 has all others below it. Good for a drawing: the bands themselves are what is published.
    """
    ends = [(HIGHEST_SCORE, HIGHEST_SCORE), *((g.score, g.percentile_low) for g in CURVE)]
    for (high, above), (low, below) in pairwise(ends):
        if score >= low:
            return below + (above - below) * (min(score, high) - low) / (high - low)
    return 0.0
