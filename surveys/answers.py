"""Answers: what a form posts, how two tabs merge, and what is right enough to be stored.

What a person typed is kept as it was typed (`Typed`: texts by item code, lists for several
choices), so that nothing is lost on the way; `read` turns it into stored answers at the end.
"""

import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .definitions import DONT_KNOW, Item

PREFIX = "q_"
LONGEST = 20_000  # characters of one text that a draft keeps; more is refused, not cut

Typed = dict[str, str | list[str]]
Answer = int | float | str | list[str] | None

NUMBER = re.compile(r"[+-]?\d{1,15}([.,]\d{1,10})?", re.ASCII)
# Between the digits of large numbers people write blanks of several kinds.
BLANKS = str.maketrans("", "", " \N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}")
# A thousand for some, one with three decimals for others: asked again rather than guessed.
AMBIGUOUS = re.compile(r"[+-]?[1-9]\d{0,2}(,\d{3})+", re.ASCII)

# Everything below a space but tab and line feed, and what is not a character at all. PostgreSQL
# cannot store NUL; no screen can show the others.
UNREADABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True)
class Reading:
    """Answers ready to be stored, and a message for each item that is not."""

    answers: dict[str, Answer] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Edit:
    """What one page posts: what it showed when it was made, and what is typed there now.

    The script of an open page adds its name and the number of this save, and the codes that were
    touched since the last save it knows to have arrived.
    """

    shown: Typed
    typed: Typed
    client: str = ""
    count: int = 0
    touched: frozenset[str] = frozenset()


def typed_in(items: Iterable[Item], getlist: Callable[[str], list[str]]) -> Typed:
    """Return what a form holds for these items, with line ends as the database keeps them."""
    typed: Typed = {}
    for item in items:
        values = [re.sub(r"\r\n?", "\n", value) for value in getlist(PREFIX + item.code)]
        typed[item.code] = values if item.type == "multiple" else "".join(values[-1:])
    return typed


def shown_in(text: str) -> Typed:
    """Return what a page showed when it was made, as its hidden field carries it."""
    try:
        shown = json.loads(text or "{}")
    except (ValueError, RecursionError):  # no page of ours is nested deeply enough for the second
        return {}
    return shown if isinstance(shown, dict) else {}


def merge(kept: Mapping[str, Any], edit: Edit) -> Typed:
    """Return the draft after a save: only what changed on this page replaces what is kept.

    A stale tab posts what it showed, for fields that nobody touched there; those stay as another
    tab left them. A field that was emptied by hand differs from what was shown and is emptied.
    """
    merged = dict(kept)
    for code, value in edit.typed.items():
        nothing: str | list[str] = [] if isinstance(value, list) else ""
        if value == edit.shown.get(code, nothing) and code not in edit.touched:
            continue
        if value:
            merged[code] = value
        else:
            merged.pop(code, None)
    return merged


def unstorable(typed: Typed) -> dict[str, str]:
    """Return a message for each text that not even a draft can keep."""
    errors = {}
    for code, value in typed.items():
        text = "".join(value)
        if UNREADABLE.search(text):
            errors[code] = _("This text holds characters that cannot be stored. Remove them.")
        elif len(text) > LONGEST:
            errors[code] = _too_long(len(text), LONGEST)
    return errors


def read(items: Iterable[Item], typed: Mapping[str, Any]) -> Reading:
    """Return the answers in these texts, every item present, with a message for each wrong one."""
    reading = Reading(errors=unstorable({i: v for i, v in typed.items() if v}))
    for item in items:
        value = typed.get(item.code) or ""
        try:
            answer = None if item.code in reading.errors else READERS[item.type](item, value)
        except ValueError as problem:
            answer = None
            reading.errors[item.code] = str(problem)
        reading.answers[item.code] = answer
        if item.required and answer is None and item.code not in reading.errors:
            reading.errors[item.code] = MISSING.get(item.type, _write)()
    return reading


def _likert(item: Item, value: str) -> int | str | None:
    if not value:
        return None
    if value == DONT_KNOW and item.question.dont_know:
        return DONT_KNOW
    if value in {point.code for point in item.question.points}:
        return int(value)
    raise ValueError(_("“%s” is not one of the answers. Choose again.") % value)


def _single(item: Item, value: str) -> str | None:
    if not value:
        return None
    if value in {choice.code for choice in item.question.choices}:
        return value
    raise ValueError(_("“%s” is not one of the answers. Choose again.") % value)


def _multiple(item: Item, value: list[str] | str) -> list[str] | None:
    chosen = [value] if isinstance(value, str) and value else list(value)
    known = [choice.code for choice in item.question.choices]
    unknown = [code for code in chosen if code not in known]
    if unknown:
        raise ValueError(_("“%s” is not one of the answers. Choose again.") % unknown[0])
    return [code for code in known if code in chosen] or None


def _number(item: Item, value: str) -> int | float | None:
    text = value.strip().translate(BLANKS)
    if not text:
        return None
    if not NUMBER.fullmatch(text) or AMBIGUOUS.fullmatch(text):
        raise ValueError(_("“%s” is not a number. Write digits only, such as 12 or 2.5.") % value)
    number = float(text.replace(",", "."))
    low, high = item.question.minimum, item.question.maximum
    if (low is not None and number < low) or (high is not None and number > high):
        raise ValueError(_bounds(low, high))
    return int(number) if number.is_integer() else number


def _bounds(low: float | None, high: float | None) -> str:
    if low is None:
        return _("The number must be %s or less.") % f"{high:g}"
    if high is None:
        return _("The number must be %s or more.") % f"{low:g}"
    return _("The number must be from %(low)s to %(high)s.") % {
        "low": f"{low:g}",
        "high": f"{high:g}",
    }


def _text(item: Item, value: str) -> str | None:
    text = value.strip()
    if len(text) > item.question.max_length:
        raise ValueError(_too_long(len(text), item.question.max_length))
    return text or None


def _too_long(length: int, limit: int) -> str:
    return ngettext(
        "This text is %(over)d character too long. At most %(limit)d are kept.",
        "This text is %(over)d characters too long. At most %(limit)d are kept.",
        length - limit,
    ) % {"over": length - limit, "limit": limit}


def _choose() -> str:
    return _("Choose an answer.")


def _tick() -> str:
    return _("Choose at least one answer.")


def _write() -> str:
    return _("Write an answer.")


READERS: dict[str, Callable[[Item, Any], Answer]] = {
    "likert": _likert,
    "single": _single,
    "multiple": _multiple,
    "number": _number,
    "short_text": _text,
    "long_text": _text,
}
MISSING = {"likert": _choose, "single": _choose, "multiple": _tick}
