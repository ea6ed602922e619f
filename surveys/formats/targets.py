"""What an imported text has to become for each question of a definition."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from .labels import plain

DONT_KNOW = "dk"
POINTS = "points"
ONE = "one"
SEVERAL = "several"
NUMBER = "number"
TEXT = "text"
KINDS = {
    "likert": POINTS,
    "single": ONE,
    "multiple": SEVERAL,
    "number": NUMBER,
    "short_text": TEXT,
    "long_text": TEXT,
}


@dataclass(frozen=True)
class Target:
    """One question or matrix row: its kind of answer and the texts that stand for its answers."""

    code: str
    kind: str
    allowed: frozenset[Any] = frozenset()
    texts: dict[str, Any] = field(default_factory=dict)
    low: float | None = None
    high: float | None = None
    longest: int | None = None


def read_targets(definition: dict[str, Any]) -> dict[str, Target]:
    """Return every question and matrix row of the definition by its code, in its order."""
    scales = definition.get("scales", {})
    questions = [q for page in definition["pages"] for q in page["questions"]]
    return {target.code: target for q in questions for target in _targets_of(q, scales)}


def _targets_of(question: dict[str, Any], scales: dict[str, Any]) -> Iterator[Target]:
    """Yield one target for a question, or one for each row of a matrix."""
    kind = question["type"]
    if kind in {"likert", "matrix"}:
        points = scales[question["scale"]]
        texts: dict[str, Any] = {plain(p["text"]): i for i, p in enumerate(points, start=1)}
        allowed: set[Any] = set(range(1, len(points) + 1))
        if question.get("dont_know"):
            allowed.add(DONT_KNOW)
        for row in question.get("rows", [question]):
            yield Target(row["code"], POINTS, frozenset(allowed), texts)
    elif kind in {"single", "multiple"}:
        codes = [choice["code"] for choice in question["choices"]]
        texts = {plain(code): code for code in codes}
        texts |= {plain(choice["text"]): choice["code"] for choice in question["choices"]}
        yield Target(question["code"], KINDS[kind], frozenset(codes), texts)
    else:
        yield Target(
            question["code"],
            KINDS[kind],
            low=question.get("min"),
            high=question.get("max"),
            longest=question.get("max_length"),
        )
