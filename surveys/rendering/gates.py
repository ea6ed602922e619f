"""What conditions may hide, change or repeat on a page: its marks, its hints and its places."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.utils.functional import Promise
from django.utils.html import escape, format_html, json_script
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from surveys import logic
from surveys.definitions import PIPE, Choice, Page, Question, Row, names_looked_at
from surveys.expressions import Call, Chain, Literal, Name, Tree, parse, to_text
from surveys.logic import Plan, State

from .pieces import Slots

NOTHING = SafeString("")
# When a question or a section is answered and a choice is chosen: after one answer, or after several.
ANSWER = (
    _lazy("Answer this only if you chose “%(answer)s” at “%(question)s”."),
    _lazy("Whether you answer this depends on your answer to: %s"),
)
ANSWER_ALL = (
    _lazy("Answer these questions only if you chose “%(answer)s” at “%(question)s”."),
    _lazy("Whether you answer these questions depends on your answer to: %s"),
)
CHOOSE = (
    _lazy("Choose this only if you chose “%(answer)s” at “%(question)s”."),
    _lazy("Whether you can choose this depends on your answer to: %s"),
)


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

    def hint(self, about: str) -> str:
        """Return when this is to be answered, for who has no script; nothing for always."""
        if about not in self.plan.gates or not self.plan.may_change(about, self.number):
            return ""
        source = self.plan.sources[about, "show_if"]
        words = {"choice": CHOOSE, "section": ANSWER_ALL}.get(about.partition(":")[0], ANSWER)
        return _in_words(self.plan, parse(source), source, words)

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
            sections=tuple(
                replace(one, title=self._text(one.title), intro=self._text(one.intro))
                for one in page.sections
            ),
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
        given = format_html(
            '<script id="survey-given" type="application/json">{}</script>',
            self.slots.place("given"),
        )
        return json_script(found | {"words": words}, "survey-logic") + given

    def _question(self, question: Question) -> Question:
        return replace(
            question,
            text=self._text(question.text),
            help=self._text(question.help),
            rows=tuple(self._part(row) for row in question.rows),
            choices=tuple(self._part(choice) for choice in question.choices),
        )

    def _part[Part: (Row, Choice)](self, part: Part) -> Part:
        return replace(part, text=self._text(part.text))

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


# What could end a script or begin a tag stands in JSON as Django's `json_script` writes it.
IN_SCRIPT = {ord(sign): f"\\u{ord(sign):04X}" for sign in "<>&"}


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
    values["given"] = json.dumps({"today": state.today, "given": given}).translate(IN_SCRIPT)
    return values


def _in_words(plan: Plan, tree: Tree, source: str, words: tuple[Promise, Promise]) -> str:
    """Return a condition as a sentence: exact for one choice, else which answers decide."""
    match tree:
        case Chain(Name(code, _place), (("=", Literal(value)),)):
            label = _label(plan, code, to_text(value))
        case Call("selected", (Name(code, _place), Literal(value))):
            label = _label(plan, code, to_text(value))
        case _other:
            label = ""
    if label:
        return str(words[0]) % {"answer": label, "question": _asked(plan, code)}
    texts = [_asked(plan, name) for name in names_looked_at(source) if name in plan.steps]
    asked = ", ".join(f"“{text}”" for text in texts if text)
    return str(words[1]) % asked


def _asked(plan: Plan, code: str) -> str:
    """Return a question as another one speaks of it: with a gap where it repeats an answer."""
    return PIPE.sub(logic.GAP, plan.steps[code].item.text)


def _label(plan: Plan, code: str, value: str) -> str:
    if code not in plan.steps:
        return ""
    return logic.labels_of(plan.steps[code].item.question).get(value, "")
