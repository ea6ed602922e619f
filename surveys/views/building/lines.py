"""The outline of a survey: its pages and questions as lines to look at and to press on."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from surveys.building import Raw
from surveys.building.scales import points_of
from surveys.forms.kinds import KINDS

UNNUMBERED = {"note", "computed"}


@dataclass
class QuestionLine:
    """One question: its number, what it is, and where it can still go."""

    raw: Raw
    number: int
    details: str
    can_rise: bool = True
    can_sink: bool = True

    @property
    def code(self) -> str:
        """Return the code, which is part of addresses and ids."""
        return str(self.raw["code"])

    @property
    def text(self) -> str:
        """Return what it asks; a computed value may have its code only."""
        return str(self.raw.get("text") or self.raw["code"])

    @property
    def kind(self) -> str:
        """Return the type in words."""
        return str(KINDS[self.raw["type"]][0])

    @property
    def tags(self) -> list[str]:
        """Return in a word each what is special about it."""
        raw = self.raw
        said = [
            (raw.get("required"), _("required")),
            (raw.get("required_if"), _("required under a condition")),
            (raw.get("show_if"), _("asked under a condition")),
            (raw.get("dimension"), _("counts for readiness")),
            (raw.get("source"), _("from elsewhere")),
        ]
        return [word for holds, word in said if holds]


@dataclass
class PageLine:
    """One page with its questions."""

    raw: Raw
    number: int
    can_rise: bool
    can_sink: bool
    questions: list[QuestionLine] = field(default_factory=list)

    @property
    def code(self) -> str:
        """Return the code, which is part of addresses and ids."""
        return str(self.raw["code"])

    @property
    def title(self) -> str:
        """Return the title, or what a page without one is called here."""
        return self.raw.get("title") or _("Page without a title")


def outline_of(definition: Raw) -> list[PageLine]:
    """Return the pages of a draft with their questions."""
    last = len(definition["pages"])
    pages = [
        PageLine(raw, number, number > 1, number < last)
        for number, raw in enumerate(definition["pages"], 1)
    ]
    number = 0
    for page in pages:
        for raw in page.raw["questions"]:
            number += raw["type"] not in UNNUMBERED
            details = " · ".join(_details(definition, raw))
            page.questions.append(QuestionLine(raw, number, details))
    if pages[0].questions:
        pages[0].questions[0].can_rise = False
    if pages[-1].questions:
        pages[-1].questions[-1].can_sink = False
    return pages


def _details(definition: Raw, raw: dict[str, Any]) -> Iterator[str]:
    """Yield what can be chosen or must be kept to."""
    yield from (choice["text"] for choice in raw.get("choices", []))
    yield from (row["text"] for row in raw.get("rows", []))
    if "scale" in raw:
        points = points_of(definition, raw["scale"])
        yield f"{points[0]} … {points[-1]}"
    if raw.get("low") or raw.get("high"):
        yield f"0 {raw.get('low', '')} … 10 {raw.get('high', '')}"
    if raw.get("unit"):
        yield raw["unit"]
    if "value" in raw:
        yield raw["value"]
