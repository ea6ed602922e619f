"""Answers as a program sends them, by code, turned into the texts that a form would hold.

A program sends what is stored: the number of a point, the code of a choice, a list of codes, a
number, a day or a text. From here on its answers go the way of those that people type.
"""

import math
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from surveys.definitions import DONT_KNOW, Item

from .typed import LISTED, Typed

Value = str | list[str]


@dataclass(frozen=True)
class Given:
    """The texts of a whole form, empty where nothing was sent, and what is no answer by its code."""

    typed: Typed = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)


def typed_of(items: Iterable[Item], answers: Mapping[str, Any]) -> Given:
    """Return the texts for these answers; whatever cannot be one has a message beside its code."""
    found = Given()
    known = {item.code: item for item in items}
    for code, item in known.items():
        if item.is_typed:
            found.typed[code] = [] if item.type in LISTED else ""
    for code, answer in answers.items():
        if code not in found.typed:
            found.errors[code] = _no_question(code, known)
        elif answer is not None:
            try:
                found.typed[code] = _value(known[code], answer)
            except TypeError as problem:
                found.errors[code] = str(problem)
    return found


def _no_question(code: str, known: Mapping[str, Item]) -> str:
    """Return why there is nothing to answer under this code."""
    if code in known:
        return _("This is computed from other answers. Leave it out.")
    rows = [item.code for item in known.values() if item.question.code == code]
    if rows:
        return _("Answer its rows, each under its own code: %s.") % ", ".join(rows)
    return _("There is no such question.")


def _value(item: Item, answer: Any) -> Value:
    if answer == DONT_KNOW and item.dont_know:
        if item.is_written:
            return ["", DONT_KNOW]
        return [DONT_KNOW] if item.type in LISTED else DONT_KNOW
    return READERS[item.type](answer)


def _is_whole(answer: Any) -> bool:
    return isinstance(answer, int) and not isinstance(answer, bool)


def _point(answer: Any) -> str:
    if _is_whole(answer) or isinstance(answer, str):
        return str(answer)
    raise TypeError(_("Send the number of a point of the scale, such as 4."))


def _rating(answer: Any) -> str:
    if _is_whole(answer):
        return str(answer)
    raise TypeError(_("Send a whole number."))


def _number(answer: Any) -> str:
    if _is_whole(answer):
        return str(answer)
    if isinstance(answer, float) and math.isfinite(answer):
        return format(Decimal(repr(answer)), "f")
    raise TypeError(_("Send a number."))


def _choice(answer: Any) -> str:
    if isinstance(answer, str):
        return answer
    raise TypeError(_("Send the code of a choice as text."))


def _text(answer: Any) -> str:
    if isinstance(answer, str):
        return re.sub(r"\r\n?", "\n", answer)
    raise TypeError(_("Send a text."))


def _day(answer: Any) -> str:
    if isinstance(answer, str):
        return answer
    raise TypeError(_("Send a day as text, such as “2026-01-31”."))


def _choices(answer: Any) -> list[str]:
    if isinstance(answer, list) and all(isinstance(code, str) for code in answer):
        return answer
    raise TypeError(_("Send a list of codes, even for one."))


def _ranked(answer: Any) -> list[str]:
    return [f"{code}.{place}" for place, code in enumerate(_choices(answer), 1)]


READERS: dict[str, Callable[[Any], Value]] = {
    "likert": _point,
    "rating": _rating,
    "number": _number,
    "single": _choice,
    "multiple": _choices,
    "ranking": _ranked,
    "short_text": _text,
    "long_text": _text,
    "date": _day,
}
