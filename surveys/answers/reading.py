"""From everything that was typed to answers that can be stored, each with its item."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from surveys.definitions import OTHER, Item, Question

from .kinds import Answer, answer_in, missing
from .typed import unstorable


@dataclass(frozen=True)
class Reading:
    """Answers ready to be stored, and a message for each item that is not."""

    answers: dict[str, Answer] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)


def read(items: Iterable[Item], typed: Mapping[str, Any]) -> Reading:
    """Return the answers in these texts, with a message for each wrong one.

    Every item is present but those that were not asked: what “other” means is asked of those only
    who chose it.
    """
    reading = Reading(errors=unstorable({i: v for i, v in typed.items() if v}))
    for item in items:
        if item.is_other:
            _read_other(item, typed, reading)
        else:
            _read_one(item, typed, reading)
    return reading


def _read_one(item: Item, typed: Mapping[str, Any], reading: Reading) -> None:
    answer = None
    if item.is_typed and item.code not in reading.errors:
        try:
            answer = answer_in(item, _with_other(item.question, item.code, typed))
        except ValueError as problem:
            reading.errors[item.code] = str(problem)
    reading.answers[item.code] = answer
    if item.required and item.code not in reading.errors:
        message = missing(item, answer)
        if message:
            reading.errors[item.code] = message


def _with_other(question: Question, code: str, typed: Mapping[str, Any]) -> Any:
    """Return what was chosen; who wrote beside “other” and chose nothing else has chosen it."""
    value = typed.get(code) or ""
    words = typed.get(code + OTHER)
    if not words or not words.strip() or question.other is None:
        return value
    alone = {choice.code for choice in question.choices if choice.exclusive}
    if question.type == "multiple" and not alone & set(value):
        return [*value, question.other.code]
    return value or question.other.code


def _read_other(item: Item, typed: Mapping[str, Any], reading: Reading) -> None:
    """Read what “other” means where it was chosen; words beside another answer are a problem."""
    question, other = item.question, item.question.other
    if other is None or item.code in reading.errors:
        return
    text = (typed.get(item.code) or "").strip()
    chosen = reading.answers.get(question.code)
    if other.code == chosen or (isinstance(chosen, list) and other.code in chosen):
        try:
            reading.answers[item.code] = answer_in(item, text)
        except ValueError as problem:
            reading.errors[item.code] = str(problem)
        if question.required and not text:
            reading.errors[item.code] = _("Write what you mean by “%s”.") % other.text
    elif text and question.code not in reading.errors:
        message = _("You wrote something here and chose another answer. Choose “%s” or remove it.")
        reading.errors[item.code] = message % other.text
