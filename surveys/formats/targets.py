"""What an imported text has to become for each question of a definition."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone

from surveys.definitions import DONT_KNOW, HIGHEST_RATING, LOWEST_RATING, Choice, Item, read

from .labels import plain

POINTS = "points"
ONE = "one"
SEVERAL = "several"
NUMBER = "number"
TEXT = "text"
DAY = "day"
RANKED = "ranked"
KINDS = {
    "likert": POINTS,
    "single": ONE,
    "multiple": SEVERAL,
    "number": NUMBER,
    "short_text": TEXT,
    "long_text": TEXT,
    "date": DAY,
    "ranking": RANKED,
    "rating": POINTS,
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
    alone: frozenset[str] = frozenset()
    earliest: str = ""
    latest: str = ""


def read_targets(definition: dict[str, Any]) -> dict[str, Target]:
    """Return every question and matrix row of the definition by its code, in its order."""
    return {item.code: _target(item) for item in read(definition).items() if item.is_typed}


def _target(item: Item) -> Target:
    """Return what an answer to this item may be."""
    question, kind = item.question, KINDS[item.type]
    texts: dict[str, Any] = {}
    allowed: set[Any] = set()
    if kind == POINTS:
        texts = {plain(point.text): n for n, point in enumerate(question.points, start=1)}
        allowed = set(texts.values()) or set(range(LOWEST_RATING, HIGHEST_RATING + 1))
    elif kind in {ONE, SEVERAL, RANKED}:
        allowed = {choice.code for choice in question.choices}
        texts = dict(_texts_of_choices(question.choices))
    return Target(
        code=item.code,
        kind=kind,
        allowed=frozenset(allowed | ({DONT_KNOW} if item.dont_know else set())),
        texts=texts,
        low=question.minimum,
        high=question.maximum,
        longest=item.max_length,
        alone=frozenset(choice.code for choice in question.choices if choice.exclusive),
        earliest=_bound(question.earliest),
        latest=_bound(question.latest),
    )


def _bound(written: str) -> str:
    return timezone.localdate().isoformat() if written == "today" else written


def _texts_of_choices(choices: Iterable[Choice]) -> Iterator[tuple[str, str]]:
    """Yield each text that stands for a choice: its code and, before all, its label."""
    for choice in choices:
        yield plain(choice.code), choice.code
    for choice in choices:
        yield plain(choice.text), choice.code
