"""What a measurement gives: one cell a department and dimension, judged by the agency's settings."""

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from buyin.readiness import scoring
from buyin.readiness.scoring import Verdict

OVERALL = ""


@dataclass(frozen=True)
class Cell:
    """One department in one dimension; everything but `asked` is empty where it is hidden."""

    department: int
    dimension: str
    asked: int
    is_released: bool = False
    answered: int | None = None
    value: float | None = None
    standard_error: float | None = None
    low: float | None = None
    high: float | None = None
    band: Verdict = "not-enough"
    is_barrier: bool = False
    detail: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Rules:
    """The agency's settings that a measurement depends on."""

    ready_from: int
    smallest: int


def judged(value: float, error: float, margin: float, rules: Rules) -> dict[str, Any]:
    """Return value, error, range and band as a cell holds them; unknown ones are None."""
    probability = scoring.probability_of(value, error, at_least=rules.ready_from)
    is_known = not np.isnan(margin)
    return {
        "value": float(value),
        "standard_error": None if np.isnan(error) else float(error),
        "low": max(0.0, float(value - margin)) if is_known else None,
        "high": min(100.0, float(value + margin)) if is_known else None,
        "band": scoring.verdict_of(probability),
    }
