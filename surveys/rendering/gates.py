"""What conditions may hide, change or repeat on a page: its marks, its hints and its places."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.utils.html import escape, format_html, json_script
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from surveys import logic
from surveys.definitions import PIPE, Page, Question, Row, names_looked_at
from surveys.expressions import Call, Chain, Literal, Name, Tree, to_text
from surveys.logic import Plan, State

from .pieces import Slots

NOTHING = SafeString("")


@dataclass(frozen=True)
class Gates:
    """The conditions of one page as its templates need them."""

    plan: Plan
    number: int
    slots: Slots

    @property
    def page(self) -> Page:
        """Return the page as it is defined."""
        return self.plan.definition.pages[self.number - 1]

    def mark(self, about: str) -> SafeString:
        """Return the attributes of what may be hidden, with the place where it is."""
        if about not in self.plan.gates:
            return NOTHING
        return format_html(' data-gate="{}"{}', about, self.slots.place("gate", about))

    def hint(self, question: Question) -> str:
        """Return when a question is to be answered, for who has no script; nothing for always."""
        about = f"question:{question.code}"
        if not question.show_if or not self.plan.may_change(about, self.number):
            return ""
        return _in_words(self.plan, self.plan.gates[about], question.show_if)

    def may_be_required(self, question: Question) -> bool:
        """Return whether it depends on other answers if this one is needed."""
        return f"question:{question.code}" in self.plan.required

    def with_places(self, page: Page) -> Page:
        """Return a page with places where its texts repeat answers."""
        return replace(
            page,
            title=self._text(page.title),
            intro=self._text(page.intro),
            questions=tuple(self._question(question) for question in page.questions),
        )

    def scripts(self) -> str:
        """Return what the browser has to know of the conditions, and the place of the answers."""
        found = logic.browser_data(self.plan, self.number)
        if found is None:
            return ""
        words = {
            "problem": _("Problem:"),
            "refused": _("This answer is not allowed here."),
            "more": _("There are more questions on this page now."),
            "fewer": _("There are fewer questions on this page now."),
        }
        return json_script(found | {"words": words}, "survey-logic") + self.slots.place("given")

    def _question(self, question: Question) -> Question:
        return replace(
            question,
            text=self._text(question.text),
            help=self._text(question.help),
            rows=tuple(self._row(row) for row in question.rows),
        )

    def _row(self, row: Row) -> Row:
        return replace(row, text=self._text(row.text))

    def _text(self, text: str) -> str:
        """Return a text with a place for each answer that it repeats, marked if it may change."""
        parts = PIPE.split(text)
        if len(parts) == 1:
            return text
        found = NOTHING
        for number, part in enumerate(parts):
            found += self._repeated(part) if number % 2 else escape(part)
        return found

    def _repeated(self, code: str) -> SafeString:
        if code not in self.plan.steps:
            return escape(f"${{{code}}}")
        place = self.slots.place("pipe", code)
        is_here = self.plan.steps[code].page == self.number
        return format_html('<span data-pipe="{}">{}</span>', code, place) if is_here else place


def filled_gates(state: State, number: int, typed: Mapping[str, Any]) -> dict[str, str]:
    """Return what conditions put into the places of one page for one person, escaped.

    What another answer on the page may bring back stays in it: without a script nobody could.
    """
    plan, needed = state.plan, state.plan.on(number)
    values = {f"gate:{about}": " hidden" for about in needed.decided if not state.is_open(about)}
    for about in needed.required:
        values[f"unneeded:{about}"] = "" if state.holds(plan.required[about]) else " hidden"
    for code in needed.pipes:
        values[f"pipe:{code}"] = escape(logic.label_of(code, state))
    given = logic.given_elsewhere(plan, number, typed)
    values["given"] = json_script({"today": state.today, "given": given}, "survey-given")
    return values


def _in_words(plan: Plan, tree: Tree, source: str) -> str:
    """Return a condition as a sentence: exact for one choice, else which answers decide."""
    match tree:
        case Chain(Name(code, _place), (("=", Literal(value)),)):
            label = _label(plan, code, to_text(value))
        case Call("selected", (Name(code, _place), Literal(value))):
            label = _label(plan, code, to_text(value))
        case _other:
            label = ""
    if label:
        return _("Answer this only if you chose “%(answer)s” at “%(question)s”.") % {
            "answer": label,
            "question": plan.steps[code].item.text,
        }
    texts = [plan.steps[name].item.text for name in names_looked_at(source) if name in plan.steps]
    asked = ", ".join(f"“{text}”" for text in texts if text)
    return _("Whether you answer this depends on your answer to: %s") % asked


def _label(plan: Plan, code: str, value: str) -> str:
    if code not in plan.steps:
        return ""
    question = plan.steps[code].item.question
    choices = (*question.points, *question.choices)
    return next((choice.text for choice in choices if choice.code == value), "")
