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

from surveys.definitions import DONT_KNOW, Definition, Item, Page, Question, Section
from surveys.logic import State, piped, plan_of, state_of
from surveys.models import SurveyVersion
from surveys.queries.filling import questions_of

from .fields import Field
from .gates import NOTHING, Gates, filled_gates
from .pieces import Pieces, Slots


@dataclass(frozen=True)
class Block:
    """One question with its fields: none for a note, one for each row of a matrix, else one.

    `other` is the field for words of one's own.
    """

    question: Question
    fields: list[Field]
    other: Field | None
    gates: Gates | None = None

    @property
    def gate(self) -> SafeString:
        """Return the mark of a question that may be hidden."""
        return self.gates.mark(f"question:{self.question.code}") if self.gates else NOTHING

    @property
    def asked_if(self) -> str:
        """Return when it is to be answered, for who has no script."""
        return self.gates.hint(f"question:{self.question.code}") if self.gates else ""

    @property
    def kind(self) -> str:
        """Return how it is drawn: note, matrix, ranking, choices or text."""
        if self.question.type in {"note", "matrix", "ranking"}:
            return self.question.type
        return "choices" if self.fields[0].options else "text"


@dataclass(frozen=True)
class Run:
    """The questions of a section, or those between sections."""

    section: Section | None
    blocks: list[Block]
    gates: Gates | None = None

    @property
    def gate(self) -> SafeString:
        """Return the mark of a section that may be hidden."""
        return self.gates.mark(self._about) if self.gates else NOTHING

    @property
    def asked_if(self) -> str:
        """Return when its questions are to be answered, for who has no script."""
        return self.gates.hint(self._about) if self.gates else ""

    @property
    def _about(self) -> str:
        return f"section:{self.section.code if self.section else ''}"


@dataclass(frozen=True)
class Body:
    """The questions of one page, ready to be filled in for anybody."""

    page: Page
    pieces: Pieces
    gates: Gates | None = None

    @cached_property
    def items(self) -> tuple[Item, ...]:
        """Return everything that is answered on this page, in order."""
        return tuple(self.page.items())

    @property
    def is_plain(self) -> bool:
        """Whether the page is the same whatever anybody answers."""
        return self.gates is None or self.gates.plan.is_plain

    def filled(
        self,
        typed: Mapping[str, Any],
        errors: Mapping[str, str],
        *,
        everything: Mapping[str, Any] | None = None,
        state: State | None = None,
    ) -> SafeString:
        """Return the page with one person's texts, choices and problems in it, all escaped."""
        return self.drawn(self.values(typed, errors, everything=everything, state=state))

    def drawn(self, values: Mapping[str, str]) -> SafeString:
        """Return the page with these values in it."""
        return mark_safe(self.pieces.joined(values))  # noqa: S308 - drawn by templates or escaped

    def values(
        self,
        typed: Mapping[str, Any],
        errors: Mapping[str, str],
        *,
        everything: Mapping[str, Any] | None = None,
        state: State | None = None,
    ) -> dict[str, str]:
        """Return what one person's texts, choices and problems put into which place, all escaped.

        `everything` is what they typed on all pages, on which it may depend what is shown here, and
        `state` where they stand with that, if it is known.
        """
        values = self._conditional(typed if everything is None else everything, state)
        places = self.pieces.places
        for item in self.items:
            value = typed.get(item.code)
            given = value if isinstance(value, list) else [value] if value else []
            if given and f"value:{item.code}" in places:
                values[f"value:{item.code}"] = escape(given[0])
                given = given[1:]
            mark = " selected" if item.type == "ranking" else " checked"
            values |= {f"checked:{item.code}:{one}": mark for one in given}
            if DONT_KNOW in given:
                values[f"checked:{item.code}:{DONT_KNOW}"] = " checked"
            if item.code in errors:
                values |= self._problem(item, errors[item.code])
        return values

    def problems(
        self, errors: Mapping[str, str], *, everything: Mapping[str, Any] | None = None
    ) -> list[tuple[str, str, str]]:
        """Return (anchor, question, message) for each problem on this page, in order."""
        state = self._state(everything or {}) if errors else None
        return [
            (Field(item, Slots()).anchor, piped(item.text, state), errors[item.code])
            for item in self.items
            if item.code in errors
        ]

    def _state(self, typed: Mapping[str, Any]) -> State | None:
        """Return where a person stands, as far as this page depends on it."""
        if self.gates is None or self.is_plain:
            return None
        return state_of(self.gates.plan, typed, self.gates.plan.on(self.gates.number).steps)

    def _conditional(self, typed: Mapping[str, Any], known: State | None) -> dict[str, str]:
        state = known or self._state(typed)
        if state is None or self.gates is None:
            return {}
        return filled_gates(state, self.gates.number, typed)

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


def body_of(version: SurveyVersion, number: int, language: str = "") -> Body:
    """Return one page of a published version, drawn at the first call in this process.

    Its questions are in this language of the survey, what the portal says around them in that of the
    moment.
    """
    return published_page(version.pk, version.fingerprint, number, get_language() or "", language)


@lru_cache(maxsize=256)
def published_page(
    pk: int, fingerprint: str, number: int, _language: str, language: str = ""
) -> Body:
    """Return what `body_of` keeps for each page and language of a version."""
    return draw_page(questions_of(pk, fingerprint, language), number)


def draw_page(definition: Definition, number: int) -> Body:
    """Return one page with its conditions, drawn now and in the language of this moment."""
    return draw(definition.pages[number - 1], Gates(plan_of(definition), number, Slots()))


def draw(page: Page, gates: Gates | None = None) -> Body:
    """Return the questions of a page, drawn now and in the language of this moment."""
    slots = gates.slots if gates else Slots()
    shown = gates.with_places(page) if gates else page
    runs = [_run(section, asked, slots, gates) for section, asked in shown.runs()]
    html = render_to_string("surveys/_page.html", {"page": shown, "runs": runs})
    pieces = slots.cut(html + (gates.scripts() if gates else ""))
    hints = {
        name: _described(name.split(":")[1], has_hint=True, has_error=False)
        for name in pieces.places
        if name.startswith("described:") and name.endswith(":hint")
    }
    return Body(page, pieces.with_defaults(hints), gates)


def _run(
    section: Section | None, questions: list[Question], slots: Slots, gates: Gates | None
) -> Run:
    blocks = [_block(one, slots, gates) for one in questions if one.type != "computed"]
    return Run(section, blocks, gates)


def _block(question: Question, slots: Slots, gates: Gates | None) -> Block:
    fields = [Field(item, slots, gates) for item in question.items()]
    return Block(
        question,
        [field for field in fields if not field.item.is_other],
        next((field for field in fields if field.item.is_other), None),
        gates,
    )


def _described(code: str, *, has_hint: bool, has_error: bool) -> str:
    """Return the attribute that lets a screen reader read the hint and the message."""
    ids = [f"q-{code}-hint"] * has_hint + [f"q-{code}-error"] * has_error
    return f' aria-describedby="{" ".join(ids)}"' if ids else ""
