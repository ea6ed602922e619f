"""Everything that was typed in a survey, in words, to look through before it is handed in."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from surveys import logic
from surveys.answers import Typed, day_in, in_order
from surveys.definitions import DONT_KNOW, Definition, Item, Page

from .fields import Field
from .pieces import Slots


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
    plan = logic.plan_of(definition)
    state = logic.state_of(plan, typed)
    errors = logic.read(definition, typed).errors
    pages = []
    for number, page in enumerate(definition.pages, 1):
        told = [item for item in _told(page, typed, errors) if item.code in state.asked]
        if told:
            place = logic.place_of(state, number)[0]
            title = logic.piped(page.title, state) or _("Page %(number)d") % {"number": place}
            lines = [_line(item, page, state, typed, errors) for item in told]
            pages.append(ReviewedPage(number, title, lines))
    return pages


def _told(page: Page, typed: Typed, errors: dict[str, str]) -> Iterator[Item]:
    """Yield what is answered on a page; words for “other” only where they matter."""
    for item in page.items():
        if item.is_typed and (not item.is_other or item.code in errors or typed.get(item.code)):
            yield item


def fields_of(items: list[Item], typed: Typed) -> list[tuple[str, str]]:
    """Return name and value of each field that a form needs to send these answers once more."""
    found: list[tuple[str, str]] = []
    for item in items:
        value = typed.get(item.code, "")
        values = value if isinstance(value, list) else [value]
        found += [(Field(item, Slots()).name, one) for one in values if one or len(values) > 1]
    return found


def _line(item: Item, page: Page, state: logic.State, typed: Typed, errors: dict[str, str]) -> Line:
    text = logic.piped(item.text, state)
    section = page.section_of(item.question)
    offered = state.typed({item.code: typed.get(item.code, "")}).get(item.code, "")
    return Line(
        text,
        _in_words(item, state, offered),
        errors.get(item.code, ""),
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
