"""The questions of a page, drawn once for all people and filled in for each."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.template.loader import render_to_string
from django.utils.functional import cached_property
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from surveys.answers import PREFIX
from surveys.definitions import DONT_KNOW, Choice, Item, Page
from surveys.models import SurveyVersion
from surveys.queries.filling import questions_of

from .pieces import Pieces, Slots


@dataclass(frozen=True)
class Option:
    """One answer to choose; `checked` is the place of its mark."""

    id: str
    value: str
    text: str
    checked: SafeString

    @property
    def is_dont_know(self) -> bool:
        """Whether this stands apart from the scale."""
        return self.value == DONT_KNOW


@dataclass(frozen=True)
class Field:
    """One item as the templates draw it; what differs from person to person is a place to fill."""

    item: Item
    slots: Slots

    @property
    def name(self) -> str:
        """Return the name under which the form posts the answer."""
        return PREFIX + self.item.code

    @property
    def id(self) -> str:
        """Return the id of the input, and the stem of the ids of several."""
        return f"q-{self.item.code}"

    @property
    def box(self) -> str:
        """Return what is ticked: one of many, or any number."""
        return "checkbox" if self.item.type == "multiple" else "radio"

    @property
    def is_row(self) -> bool:
        """Whether this is a row of a matrix, whose hint stands above all of them."""
        return self.item.question.type == "matrix"

    @property
    def value(self) -> SafeString:
        """Return the place of a text."""
        return self.slots.place("value", self.item.code)

    @property
    def error(self) -> SafeString:
        """Return the place of a message."""
        return self.slots.place("error", self.item.code)

    @property
    def state(self) -> SafeString:
        """Return the place of the class that marks a problem."""
        return self.slots.place("state", self.item.code)

    @property
    def described(self) -> SafeString:
        """Return the place of the attributes that tie the hint and the message to the answer."""
        has_hint = bool(self.item.question.help) and not self.is_row
        return self.slots.place("described", self.item.code, "hint" if has_hint else "")

    @cached_property
    def options(self) -> list[Option]:
        """Return the answers to choose from."""
        question = self.item.question
        choices = [*(question.points or question.choices)]
        if question.dont_know:
            choices.append(Choice(DONT_KNOW, _("Don’t know")))
        return [
            Option(
                f"{self.id}-{choice.code}",
                choice.code,
                choice.text,
                self.slots.place("checked", self.item.code, choice.code),
            )
            for choice in choices
        ]

    @property
    def anchor(self) -> str:
        """Return the id that a link from the list of problems leads to."""
        return self.options[0].id if self.options else self.id


@dataclass(frozen=True)
class Body:
    """The questions of one page, ready to be filled in for anybody."""

    page: Page
    pieces: Pieces

    @cached_property
    def items(self) -> tuple[Item, ...]:
        """Return everything that is answered on this page, in order."""
        return tuple(self.page.items())

    def filled(self, typed: Mapping[str, Any], errors: Mapping[str, str]) -> SafeString:
        """Return the page with one person's texts, choices and problems in it, all escaped."""
        values: dict[str, str] = {}
        places = self.pieces.places
        for item in self.items:
            value = typed.get(item.code)
            for one in value if isinstance(value, list) else [value] if value else ():
                if f"value:{item.code}" in places:
                    values[f"value:{item.code}"] = escape(one)
                else:
                    values[f"checked:{item.code}:{one}"] = " checked"
            if item.code in errors:
                values |= self._problem(item, errors[item.code])
        return mark_safe(self.pieces.joined(values))  # noqa: S308 - drawn by templates or escaped

    def problems(self, errors: Mapping[str, str]) -> list[tuple[str, str, str]]:
        """Return (anchor, question, message) for each problem on this page, in order."""
        return [
            (Field(item, Slots()).anchor, item.text, errors[item.code])
            for item in self.items
            if item.code in errors
        ]

    def shown(self, typed: Mapping[str, Any]) -> str:
        """Return what the page shows, for the form to carry: see `answers.merge`."""
        return json.dumps({i.code: typed[i.code] for i in self.items if typed.get(i.code)})

    def _problem(self, item: Item, message: str) -> dict[str, str]:
        """Return what changes on the page where one answer has a problem."""
        code = item.code
        error = format_html(
            '<span class="usa-error-message" id="q-{}-error">'
            '<span class="usa-sr-only">{}</span> {}</span>',
            code,
            _("Problem:"),
            message,
        )
        has_hint = f"described:{code}:hint" in self.pieces.places
        described = f"described:{code}:hint" if has_hint else f"described:{code}:"
        return {
            f"error:{code}": error,
            f"state:{code}": " usa-form-group--error",
            described: _described(code, has_hint=has_hint, has_error=True),
        }


def body_of(version: SurveyVersion, number: int) -> Body:
    """Return one page of a published version, drawn at the first call in this process."""
    return published_page(version.pk, version.fingerprint, number, get_language() or "")


@lru_cache(maxsize=256)
def published_page(pk: int, fingerprint: str, number: int, _language: str) -> Body:
    """Return what `body_of` keeps for each page and language of a version."""
    return draw(questions_of(pk, fingerprint).pages[number - 1])


def draw(page: Page) -> Body:
    """Return the questions of a page, drawn now and in the language of this moment."""
    slots = Slots()
    questions = [(q, [Field(item, slots) for item in q.items()]) for q in page.questions]
    html = render_to_string("surveys/_questions.html", {"questions": questions})
    pieces = slots.cut(html)
    hints = {
        name: _described(name.split(":")[1], has_hint=True, has_error=False)
        for name in pieces.places
        if name.startswith("described:") and name.endswith(":hint")
    }
    return Body(page, pieces.with_defaults(hints))


def _described(code: str, *, has_hint: bool, has_error: bool) -> str:
    """Return the attribute that lets a screen reader read the hint and the message."""
    ids = [f"q-{code}-hint"] * has_hint + [f"q-{code}-error"] * has_error
    return f' aria-describedby="{" ".join(ids)}"' if ids else ""
