"""The five dimensions and the index over them: overall, barrier, and how firm the verdict is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .scoring import Floats, Ints

_NUDGE = 0.25


@dataclass(frozen=True)
class Dimension:
    """One side of readiness: its code, its name and what it asks."""

    code: str
    name: str | Promise
    question: str | Promise


DIMENSIONS = (
    Dimension("commitment", _("Commitment"), _("Do people see why, and do they want it to work?")),
    Dimension("confidence", _("Confidence"), _("Do people trust that they can carry it off?")),
    Dimension("skills", _("Skills"), _("Can people use it and read its output with care?")),
    Dimension("resources", _("Resources"), _("Are time, tools and support there?")),
    Dimension("openness", _("Openness"), _("Are questions answered and worries heard?")),
)
BY_CODE = {dimension.code: dimension for dimension in DIMENSIONS}


def is_enough(count: int, *, of: int = len(DIMENSIONS)) -> bool:
    """Return whether so many dimensions make an overall score: at least half of them."""
    return 2 * count >= of


def overall(values: Sequence[float], weights: Sequence[float] | None = None) -> float:
    """Return the weighted mean of the dimensions that there are; all weights equal by default."""
    return float(np.average(values, weights=weights))


def barriers(values: Mapping[str, float]) -> list[str]:
    """Return the dimension with the lowest score, or those that tie for it as whole numbers."""
    if not values:
        return []
    lowest = min(round(value) for value in values.values())
    return [code for code, value in values.items() if round(value) == lowest]


def alternatives(values: Sequence[float]) -> dict[str, float]:
    """Return what the index would be if it were made otherwise: the test of its construction.

    "geometric" is the geometric mean, in which a low dimension counts more; "lighter 0" and
    "heavier 0" change the weight of the first dimension by a quarter, and so on.
    """
    floor = np.maximum(np.asarray(values, dtype=float), 1.0)  # a zero would decide everything
    found = {"geometric": float(np.exp(np.log(floor).mean()))}
    for place in range(len(values)):
        for name, change in (("lighter", -_NUDGE), ("heavier", _NUDGE)):
            weights = np.ones(len(values))
            weights[place] += change
            found[f"{name} {place}"] = overall(values, list(weights))
    return found


def correlation_within(scores: Floats, unit: Ints, units: int) -> Floats:
    """Return how the dimensions (columns) go together among people of the same department.

    The same people answer all dimensions, so their errors are not independent and the range of
    the overall score has to know it. Pairs that nobody answered count as going fully together,
    which makes the range wider and never narrower.
    """
    known = ~np.isnan(scores)
    filled = np.where(known, scores, 0.0)
    centred = np.empty_like(filled)
    for column in range(scores.shape[1]):
        count = np.bincount(unit, weights=known[:, column], minlength=units)
        total = np.bincount(unit, weights=filled[:, column], minlength=units)
        centred[:, column] = filled[:, column] - (total / np.maximum(count, 1))[unit]
    centred = np.where(known, centred, 0.0)
    square = (centred**2).T @ known
    scale = np.sqrt(square * square.T)
    together = centred.T @ centred
    return np.where(scale > 0, together / np.where(scale > 0, scale, 1.0), 1.0)


def overall_error(errors: Sequence[float], correlation: Floats) -> float:
    """Return the standard error of the mean of dimensions that go together in that way."""
    error = np.asarray(errors, dtype=float)
    return float(np.sqrt(max(error @ correlation @ error, 0.0)) / len(error))
