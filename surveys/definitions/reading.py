"""What a survey asks, as frozen objects, with how long it takes and a fingerprint of it."""

import hashlib
import json
import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

DIMENSIONS = ("commitment", "confidence", "skills", "resources", "openness")
DONT_KNOW = "dk"
DEFAULT_LENGTH = {"short_text": 200, "long_text": 4000}

QuestionType = Literal[
    "likert", "single", "multiple", "matrix", "number", "short_text", "long_text"
]

# Seconds to answer, beside reading: measured nowhere, chosen so that 24 statements take 6 minutes.
SECONDS = {
    "likert": 5,
    "matrix": 0,
    "single": 8,
    "multiple": 10,
    "number": 10,
    "short_text": 20,
    "long_text": 40,
}
WORDS_A_MINUTE = 200


@dataclass(frozen=True, slots=True)
class Choice:
    """A code and the text beside it: a point of a scale or one of several choices."""

    code: str
    text: str


@dataclass(frozen=True, slots=True)
class Row:
    """One statement of a matrix."""

    code: str
    text: str
    required: bool = False
    reversed: bool = False
    dimension: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """One question as it is shown; `points` are those of its scale."""

    code: str
    type: QuestionType
    text: str
    help: str = ""
    required: bool = False
    reversed: bool = False
    dimension: str = ""
    dont_know: bool = False
    points: tuple[Choice, ...] = ()
    choices: tuple[Choice, ...] = ()
    rows: tuple[Row, ...] = ()
    minimum: float | None = None
    maximum: float | None = None
    unit: str = ""
    max_length: int = 0

    def items(self) -> "Iterator[Item]":
        """Yield what is answered here: the question itself, or each row of a matrix."""
        if self.type != "matrix":
            yield Item(self.code, self.text, self, self.required, self.reversed, self.dimension)
        for row in self.rows:
            required = row.required or self.required
            yield Item(row.code, row.text, self, required, row.reversed, row.dimension)


@dataclass(frozen=True, slots=True)
class Item:
    """One thing with an answer of its own, under its own code."""

    code: str
    text: str
    question: Question
    required: bool
    reversed: bool
    dimension: str

    @property
    def type(self) -> QuestionType:
        """Return the kind of answer; a row of a matrix is answered like a likert statement."""
        return "likert" if self.question.type == "matrix" else self.question.type


@dataclass(frozen=True, slots=True)
class Page:
    """The questions that are shown together."""

    code: str
    title: str
    intro: str
    questions: tuple[Question, ...]

    def items(self) -> Iterator[Item]:
        """Yield everything that is answered on this page, in order."""
        for question in self.questions:
            yield from question.items()


@dataclass(frozen=True)
class Definition:
    """A whole survey as it is asked."""

    language: str
    intro: str
    scales: dict[str, tuple[Choice, ...]]
    pages: tuple[Page, ...]

    def items(self) -> Iterator[Item]:
        """Yield everything that is answered, in order; their codes key the stored answers."""
        for page in self.pages:
            yield from page.items()

    @cached_property
    def minutes(self) -> int:
        """Return how long the survey takes, at least one minute."""
        items = list(self.items())
        texts = [self.intro, *(f"{page.title} {page.intro}" for page in self.pages)]
        texts += [f"{q.text} {q.help}" for page in self.pages for q in page.questions]
        texts += [item.text for item in items if item.question.type == "matrix"]
        texts += [c.text for item in items for c in item.question.choices]
        words = sum(len(text.split()) for text in texts)
        seconds = words * 60 / WORDS_A_MINUTE + sum(SECONDS[item.type] for item in items)
        return max(1, math.ceil(seconds / 60))


def read(definition: dict[str, Any]) -> Definition:
    """Return the typed form of a definition in which `check` finds no problem."""
    scales = {
        name: tuple(Choice(point["code"], point["text"]) for point in points)
        for name, points in definition.get("scales", {}).items()
    }
    pages = tuple(
        Page(
            code=page["code"],
            title=page.get("title", ""),
            intro=page.get("intro", ""),
            questions=tuple(_question(raw, scales) for raw in page["questions"]),
        )
        for page in definition["pages"]
    )
    return Definition(definition["language"], definition.get("intro", ""), scales, pages)


def _question(raw: dict[str, Any], scales: dict[str, tuple[Choice, ...]]) -> Question:
    plain = {
        key: raw[key]
        for key in ("help", "required", "reversed", "dimension", "dont_know", "unit")
        if key in raw
    }
    return Question(
        code=raw["code"],
        type=raw["type"],
        text=raw["text"],
        points=scales.get(raw.get("scale", ""), ()),
        choices=tuple(Choice(c["code"], c["text"]) for c in raw.get("choices", [])),
        rows=tuple(Row(**row) for row in raw.get("rows", [])),
        minimum=raw.get("min"),
        maximum=raw.get("max"),
        max_length=raw.get("max_length", DEFAULT_LENGTH.get(raw["type"], 0)),
        **plain,
    )


def fingerprint(definition: dict[str, Any], anonymity: str) -> str:
    """Return the SHA-256 of a definition and its anonymity, however the JSON is spelled."""
    text = json.dumps([definition, anonymity], sort_keys=True, ensure_ascii=False)
    same = json.loads(text, parse_float=lambda n: int(float(n)) if float(n) % 1 == 0 else float(n))
    return hashlib.sha256(json.dumps(same, sort_keys=True).encode()).hexdigest()
