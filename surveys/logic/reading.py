"""Reading answers under the conditions of their survey: what is not asked is not there."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _

from surveys.answers import Answer, Reading
from surveys.answers import read as read_typed
from surveys.definitions import DONT_KNOW, Definition, Item

from .piping import piped
from .plan import Plan, plan_of
from .state import State, state_of
from .values import stored


def read(definition: Definition, typed: Mapping[str, Any]) -> Reading:
    """Return all answers in these texts, with a message for each that is wrong or missing."""
    plan = plan_of(definition)
    if plan.is_plain:
        return read_typed(definition.items(), typed)
    return _read(state_of(plan, typed), definition.items(), typed)


def read_page(definition: Definition, number: int, typed: Mapping[str, Any]) -> Reading:
    """Return the same for one page, looking at other answers only as far as it needs them."""
    plan = plan_of(definition)
    items = definition.pages[number - 1].items()
    if plan.is_plain:
        return read_typed(items, typed)
    return _read(state_of(plan, typed, plan.on(number).steps), items, typed)


def _read(state: State, items: Iterable[Item], typed: Mapping[str, Any]) -> Reading:
    asked = [item for item in items if item.code in state.asked]
    looked_up = {item.code: _looked_up(item, state.plan, typed) for item in asked}
    sure = {code: answer for code, answer in looked_up.items() if answer is not None}
    given = [
        _as_required(item, state)
        for item in asked
        if item.type != "computed" and item.code not in sure
    ]
    codes = {item.code for item in given}
    found = read_typed(given, state.typed({k: v for k, v in typed.items() if k in codes}))
    answers: dict[str, Answer] = {}
    for item in asked:
        if item.code in sure:
            answers[item.code] = sure[item.code]
        elif item.type == "computed":
            answers[item.code] = stored(state.values[item.code])
        elif item.code in found.answers:
            answers[item.code] = found.answers[item.code]
    return Reading(answers, {**found.errors, **_beyond(state, given, found)})


def _looked_up(item: Item, plan: Plan, typed: Mapping[str, Any]) -> Answer:
    """Return an answer that is right whatever else was answered, None where it has to be read."""
    step, text = plan.steps[item.code], typed.get(item.code)
    is_free = not step.choices and f"question:{item.question.code}" not in plan.constraints
    if is_free and isinstance(text, str) and text in step.meanings:
        return step.meanings[text].answer
    return None


def is_required(plan: Plan, state: State, item: Item) -> bool:
    """Return whether an answer is needed here, in this state."""
    condition = plan.required.get(f"question:{item.question.code}")
    return item.required or (condition is not None and not item.is_other and state.holds(condition))


def _as_required(item: Item, state: State) -> Item:
    if item.required or not is_required(state.plan, state, item):
        return item
    return replace(item, required=True, question=replace(item.question, required=True))


def _beyond(state: State, items: Iterable[Item], found: Reading) -> dict[str, str]:
    """Return a message for each answer that its question does not allow."""
    errors = {}
    for item in items:
        condition = state.plan.constraints.get(f"question:{item.question.code}")
        answer = found.answers.get(item.code)
        if condition is None or item.is_other or item.code in found.errors:
            continue
        if answer in (None, DONT_KNOW) or state.holds(condition, state.values[item.code]):
            continue
        message = piped(item.question.constraint_message, state)
        errors[item.code] = message or _("This answer is not allowed here.")
    return errors
