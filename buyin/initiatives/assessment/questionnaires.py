"""The questions of one published version of the assessment, read from its file."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from .conditions import Condition, parse

# An answer is a text, the key of a choice, or a list of keys where several may be chosen.
type Answers = Mapping[str, str | list[str]]
type Texts = Mapping[str, str]

FOLDER = Path(__file__).parent
NEWEST = "1.0.1"
LANGUAGES = {"en": "English", "fr": "Français"}
RAW, MITIGATION, NONE = "raw", "mitigation", "none"
SUFFIXES = {"RS": RAW, "MS": MITIGATION, "NS": NONE}
LONGEST_LINE = 1_000
LONGEST_TEXT = 10_000


def _always(_answers: Mapping[str, Any]) -> bool:
    return True


def _when(text: str) -> Condition:
    return parse(text) if text else _always


def _points(key: str) -> int:
    """Return the points that stand in the key of a choice after its last hyphen."""
    found = key.rpartition("-")[2] if "-" in key else ""
    return int(found) if found.isdecimal() else 0


@dataclass(frozen=True)
class Choice:
    """One answer that may be chosen, in every language, and the points that it brings."""

    key: str
    text: Texts

    @property
    def points(self) -> int:
        """How many points it brings where its question counts."""
        return _points(self.key)


@dataclass(frozen=True)
class Question:
    """One question: `kind` is text, comment, radiogroup, dropdown or checkbox."""

    name: str
    kind: str
    text: Texts
    counts_as: str
    is_required: bool = False
    choices: tuple[Choice, ...] = ()
    is_asked: Condition = _always

    @property
    def maximum(self) -> int:
        """The most points that an answer can bring."""
        if self.counts_as == NONE or not self.choices:
            return 0
        points = [choice.points for choice in self.choices]
        return sum(points) if self.kind == "checkbox" else max(points)

    @property
    def longest(self) -> int:
        """How many characters a text may have."""
        return LONGEST_LINE if self.kind == "text" else LONGEST_TEXT

    def points(self, answer: str | list[str]) -> int:
        """Return the points of an answer that fits."""
        if self.counts_as == NONE or not self.choices:
            return 0
        return sum(map(_points, [answer] if isinstance(answer, str) else answer))

    def fits(self, answer: Any) -> bool:
        """Return whether this can be an answer: a known choice, different ones, or a text."""
        if not self.choices:
            return isinstance(answer, str) and 0 < len(answer) <= self.longest
        keys = {choice.key for choice in self.choices}
        if self.kind != "checkbox":
            return isinstance(answer, str) and answer in keys
        if not isinstance(answer, list) or not answer:
            return False
        texts = [key for key in answer if isinstance(key, str) and key in keys]
        return len(set(texts)) == len(answer)


@dataclass(frozen=True)
class Section:
    """The questions of one page."""

    name: str
    title: Texts
    questions: tuple[Question, ...]
    intro: Texts = field(default_factory=dict)
    is_asked: Condition = _always


@dataclass(frozen=True)
class Questionnaire:
    """All questions of one version, with where they come from."""

    version: str
    title: Texts
    source: str
    attribution: str
    licence: str
    translated_here: tuple[str, ...]
    sections: tuple[Section, ...]

    @cached_property
    def questions(self) -> dict[str, Question]:
        """Every question by its name."""
        return {q.name: q for section in self.sections for q in section.questions}

    @cached_property
    def raw_maximum(self) -> int:
        """The most points of risk."""
        return sum(q.maximum for q in self.questions.values() if q.counts_as == RAW)

    @cached_property
    def mitigation_maximum(self) -> int:
        """The most points of mitigation: half, for design and implementation are never both asked."""
        found = sum(q.maximum for q in self.questions.values() if q.counts_as == MITIGATION)
        return found // 2


@cache
def questionnaire(version: str = NEWEST) -> Questionnaire:
    """Return the questions of a version."""
    read = json.loads((FOLDER / f"aia-{version}.json").read_text(encoding="utf-8"))
    sections = tuple(_section(part) for part in read.pop("sections"))
    return Questionnaire(
        sections=sections, translated_here=tuple(read.pop("translated_here")), **read
    )


def _section(part: dict[str, Any]) -> Section:
    return Section(
        name=part["name"],
        title=part["title"],
        intro=part.get("intro", {}),
        is_asked=_when(part.get("visible_if", "")),
        questions=tuple(_question(one, part["panel"]) for one in part["questions"]),
    )


def _question(part: dict[str, Any], panel: str) -> Question:
    return Question(
        name=part["name"],
        kind=part["type"],
        text=part["text"],
        counts_as=_counts_as(part["name"]) or _counts_as(panel) or NONE,
        is_required=part.get("required", False),
        choices=tuple(Choice(**choice) for choice in part.get("choices", ())),
        is_asked=_when(part.get("visible_if", "")),
    )


def _counts_as(name: str) -> str:
    return SUFFIXES.get(name.rpartition("-")[2], "")
