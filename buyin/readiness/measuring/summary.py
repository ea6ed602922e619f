"""Facts about the agency as a whole: do departments differ, do items go together, which are lowest."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from buyin.readiness import scoring
from buyin.readiness.differences import difference_of
from buyin.readiness.reliability import reliability_of
from buyin.readiness.scoring import Floats

from .answers import Column, Survey
from .cells import Rules


def summary_of(
    survey: Survey, columns: Sequence[Column], scores: Floats, rules: Rules
) -> dict[str, Any]:
    """Return the facts; empty where too few answered in the whole agency."""
    if len(scores) < rules.smallest or not columns:
        return {}
    groups = scoring.groups_of(scoring.person_means(scores), survey.unit, survey.asked_at)
    return {
        "dimensions": [column.code for column in columns],
        "difference": _difference(groups),
        "by_dimension": {
            column.code: {
                "difference": _difference(column.groups),
                "reliability": _reliability(survey, column.code),
            }
            for column in columns
            if column.groups.answered.sum() >= rules.smallest
        },
        "items": _items(survey, rules),
    }


def _difference(groups: scoring.Groups) -> dict[str, Any] | None:
    found = difference_of(groups)
    return {"icc": found.icc, "p": found.p, "is_real": found.is_real} if found else None


def _reliability(survey: Survey, code: str) -> dict[str, Any] | None:
    chosen = [place for place, item in enumerate(survey.scores.items) if item.dimension == code]
    found = reliability_of(survey.by_item[chosen].T) if chosen else None
    if found is None or np.isnan(found.alpha):
        return None
    return {
        "alpha": found.alpha,
        "low": found.low,
        "high": found.high,
        "omega": None if np.isnan(found.omega) else found.omega,
        "people": found.people,
        "missing": found.missing,
        "is_low": found.is_low,
    }


def _items(survey: Survey, rules: Rules) -> list[dict[str, Any]]:
    """Return the agency's score for each item, the lowest first, where enough answered it."""
    found: list[dict[str, Any]] = []
    everything = np.ones((1, len(survey.nodes)), dtype=bool)
    for item, answers in zip(survey.scores.items, survey.by_item, strict=True):
        groups = scoring.groups_of(answers, survey.unit, survey.asked_at)
        if groups.answered.sum() < rules.smallest:
            continue
        value, _variance = scoring.combined(scoring.estimate(groups), everything)
        about = {"code": item.code, "text": item.text, "dimension": item.dimension}
        found.append({**about, "value": float(value[0])})
    return sorted(found, key=lambda item: (item["value"], item["code"]))
