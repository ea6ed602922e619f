"""Scales of a survey and how well their statements go together."""

import math
from array import array
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from buyin.readiness.reliability import reliability_of
from buyin.readiness.scoring import item_scores
from surveys.definitions import Definition, Item


@dataclass
class Scale:
    """Statements that measure one thing: those of a dimension, else the rows of a matrix."""

    name: str
    items: list[Item]
    is_dimension: bool
    # One number after the other: a list for each person would keep the garbage collector busy.
    numbers: "array[float]" = field(default_factory=lambda: array("d"))

    def add(self, answers: Mapping[str, Any]) -> None:
        """Take one person's answers."""
        self.numbers.extend(_point(item, answers.get(item.code)) for item in self.items)

    def reliability(self) -> dict[str, Any] | None:
        """Return alpha with its range, omega and how many it rests on; None from too few people."""
        if not self.numbers:
            return None
        points = np.array(self.numbers).reshape(-1, len(self.items))
        columns = [
            item_scores(points[:, n], scale=len(i.question.points), is_reversed=i.reversed)
            for n, i in enumerate(self.items)
        ]
        found = reliability_of(np.stack(columns, axis=1))
        if found is None or math.isnan(found.alpha):
            return None
        return {
            "name": self.name,
            "is_dimension": self.is_dimension,
            "items": len(self.items),
            "alpha": found.alpha,
            "low": found.low,
            "high": found.high,
            "omega": None if math.isnan(found.omega) else found.omega,
            "people": found.people,
        }


def scales_of(definition: Definition) -> list[Scale]:
    """Return the scales of a survey: two or more statements each, in the order of the questions."""
    found: dict[tuple[bool, str], Scale] = {}
    for item in _statements(definition):
        key = (bool(item.dimension), item.dimension or item.question.code)
        name = item.dimension or item.question.text
        found.setdefault(key, Scale(name, [], key[0])).items.append(item)
    return [scale for scale in found.values() if len(scale.items) > 1]


def _statements(definition: Definition) -> Iterable[Item]:
    for item in definition.items():
        is_statement = item.type == "likert" and len(item.question.points) > 1
        if is_statement and (item.dimension or item.question.type == "matrix"):
            yield item


def _point(item: Item, answer: Any) -> float:
    is_point = type(answer) is int and 1 <= answer <= len(item.question.points)
    return float(answer) if is_point else math.nan
