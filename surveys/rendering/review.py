"""Everything that was answered in a survey, in words: before it is handed in, and once it is stored."""

from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from surveys import logic
from surveys.answers import Typed, day_in, in_order, typed_of
from surveys.definitions import DONT_KNOW, Definition, Item, Page

from .fields import Field
from .pieces import Slots


@dataclass(frozen=True)
class Reviewed:
    """What was typed, what of it counts, and by item code what is wrong with it."""

    typed: Typed
    counts: Typed
    errors: Mapping[str, str]


@dataclass(frozen=True)
class Line:
    """One question, the answer as a person would read it, and what is wrong with it, if anything."""

    text: str
    answer: str
    problem: str
    anchor: str
    section: str = ""


@dataclass(frozen=True)
class ReviewedPage:
    """One page of the survey with a line for each of its questions."""

    number: int
    title: str
    lines: list[Line]

    def groups(self) -> list[tuple[str, list[Line]]]:
        """Return the lines by the heading of their section, which is empty between sections."""
        grouped = groupby(self.lines, key=lambda line: line.section)
        return [(section, list(lines)) for section, lines in grouped]


def review_of(definition: Definition, typed: Typed) -> list[ReviewedPage]:
    """Return the pages of a survey with these texts; nothing is asked of the database."""
    state = logic.state_of(logic.plan_of(definition), typed)
    errors = logic.read(definition, typed).errors
    return _pages(definition, state, state.asked, Reviewed(typed, state.typed(typed), errors))


def stored_of(definition: Definition, answers: Mapping[str, Any]) -> list[ReviewedPage]:
    """Return the pages with these stored answers: all of them, also what would not be asked by now.

    A condition may look at the day, and it is the day of handing in that counted.
    """
    typed = typed_of(definition.items(), answers).typed
    state = logic.state_of(logic.plan_of(definition), typed)
    return _pages(definition, state, answers, Reviewed(typed, typed, {}))


def _pages(
    definition: Definition, state: logic.State, asked: Container[str], found: Reviewed
) -> list[ReviewedPage]:
    pages = []
    for number, page in enumerate(definition.pages, 1):
        told = [item for item in _told(page, found) if item.code in asked]
        if told:
            place = logic.place_of(state, number)[0]
            title = logic.piped(page.title, state) or _("Page %(number)d") % {"number": place}
            lines = [_line(item, page, state, found) for item in told]
            pages.append(ReviewedPage(number, title, lines))
    return pages


def _told(page: Page, found: Reviewed) -> Iterator[Item]:
    """Yield what is answered on a page; words for “other” only where they matter."""
    for item in page.items():
        matters = item.code in found.errors or found.typed.get(item.code)
        if item.is_typed and (not item.is_other or matters):
            yield item


def fields_of(items: list[Item], typed: Typed) -> list[tuple[str, str]]:
    """Return name and value of each field that a form needs to send these answers once more."""
    found: list[tuple[str, str]] = []
    for item in items:
        value = typed.get(item.code, "")
        values = value if isinstance(value, list) else [value]
        found += [(Field(item, Slots()).name, one) for one in values if one or len(values) > 1]
    return found


def _line(item: Item, page: Page, state: logic.State, found: Reviewed) -> Line:
    text = logic.piped(item.text, state)
    section = page.section_of(item.question)
    return Line(
        text,
        _in_words(item, state, found.counts.get(item.code, "")),
        found.errors.get(item.code, ""),
        Field(item, Slots()).anchor,
        logic.piped(section.title, state) if section else "",
    )


def _in_words(item: Item, state: logic.State, value: str | list[str]) -> str:
    """Return an answer as it reads on the page: the label of a choice, a number with its unit."""
    question = item.question
    choices = (*question.points, *question.choices)
    labels = {choice.code: logic.piped(choice.text, state) for choice in choices}
    if item.dont_know:
        labels[DONT_KNOW] = _("Don’t know")
    if item.type == "ranking" and isinstance(value, list):
        value = [f"{n}. {labels.get(code, code)}" for n, code in enumerate(in_order(value), 1)]
    if isinstance(value, list):
        return ", ".join(labels.get(one, one) for one in value if one)
    if item.type == "date" and (day := day_in(value)):
        return date_format(day, "DATE_FORMAT")
    return f"{labels.get(value, value)} {question.unit}".strip() if value else ""
