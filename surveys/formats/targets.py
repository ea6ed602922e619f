"""What an imported text has to become for each question of a definition."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from surveys.definitions import DONT_KNOW, Choice, Item, read

from .labels import plain

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
    longest: int = 0


def read_targets(definition: dict[str, Any]) -> dict[str, Target]:
    """Return every question and matrix row of the definition by its code, in its order."""
    return {item.code: _target(item) for item in read(definition).items()}


def _target(item: Item) -> Target:
    """Return what an answer to this item may be."""
    question, kind = item.question, KINDS[item.type]
    texts: dict[str, Any] = {}
    allowed: set[Any] = set()
    if kind == POINTS:
        texts = {plain(point.text): n for n, point in enumerate(question.points, start=1)}
        allowed = {*texts.values(), *([DONT_KNOW] if question.dont_know else [])}
    elif kind in {ONE, SEVERAL}:
        allowed = {choice.code for choice in question.choices}
        texts = dict(_texts_of_choices(question.choices))
    return Target(
        code=item.code,
        kind=kind,
        allowed=frozenset(allowed),
        texts=texts,
        low=question.minimum,
        high=question.maximum,
        longest=question.max_length,
    )


def _texts_of_choices(choices: Iterable[Choice]) -> Iterator[tuple[str, str]]:
    """Yield each text that stands for a choice: its code and, before all, its label."""
    for choice in choices:
        yield plain(choice.code), choice.code
    for choice in choices:
        yield plain(choice.text), choice.code
