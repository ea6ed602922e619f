"""What the numbers of a usability test mean: pure functions, each with its source."""

from .intervals import Estimate, completion, mean_of, typical_time
from .sus import CURVE, Grade, grade_of, percentile_of, sus_score

__all__ = [
    "CURVE",
    "Estimate",
    "Grade",
    "completion",
    "grade_of",
    "mean_of",
    "percentile_of",
    "sus_score",
    "typical_time",
]
