"""One answer of each type: from what was typed to what is stored, or a plain message why not."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from surveys.definitions import DONT_KNOW, HIGHEST_RATING, LOWEST_RATING, Item

from .typed import LISTED
from .wording import other_day, outside, too_long

Answer = int | float | str | list[str] | None

NUMBER = re.compile(r"[+-]?\d{1,15}([.,]\d{1,10})?", re.ASCII)
# Between the digits of large numbers people write blanks of several kinds.
BLANKS = str.maketrans("", "", " \N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}")
# A thousand for some, one with three decimals for others: asked again rather than guessed.
AMBIGUOUS = re.compile(r"[+-]?[1-9]\d{0,2}(,\d{3})+", re.ASCII)
DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
RATINGS = {str(n): n for n in range(LOWEST_RATING, HIGHEST_RATING + 1)}


def answer_in(item: Item, value: Any) -> Answer:
    """Return the answer to store; a ValueError says in plain words what is wrong with it."""
    kind = item.type
    if DONT_KNOW in value and _is_dont_know(item, value):
        return DONT_KNOW
    if isinstance(value, list) and kind not in LISTED:
        value = "".join(value[:1])
    return READERS[kind](item, value)


def _is_dont_know(item: Item, value: str | list[str]) -> bool:
    """Return whether “don't know” was chosen, in a question that offers it; nothing goes with it.

    Where words are written it is ticked beside them, which makes a list of the value.
    """
    is_chosen = DONT_KNOW in value if isinstance(value, list) else value == DONT_KNOW
    if not item.dont_know or not is_chosen or (item.is_written and isinstance(value, str)):
        return False
    if isinstance(value, list) and any(one.strip() not in ("", DONT_KNOW) for one in value):
        raise ValueError(_("You gave an answer and chose “Don’t know”. Keep only one of them."))
    return True


def missing(item: Item, answer: Answer) -> str:
    """Return what a required question still needs, nothing where the answer is complete."""
    if answer is None:
        return str(MISSING.get(item.type, _write)())
    if item.type == "ranking" and isinstance(answer, list):
        left = [f"“{c.text}”" for c in item.question.choices if c.code not in answer]
        if left:
            return _("Give each of them a place. Still without one: %s.") % ", ".join(left)
    return ""


def _unknown(value: str) -> ValueError:
    return ValueError(_("“%s” is not one of the answers. Choose again.") % value)


def _likert(item: Item, value: str) -> int | None:
    if not value:
        return None
    if value in {point.code for point in item.question.points}:
        return int(value)
    raise _unknown(value)


def _rating(_item: Item, value: str) -> int | None:
    if not value:
        return None
    if value in RATINGS:
        return RATINGS[value]
    raise _unknown(value)


def _single(item: Item, value: str) -> str | None:
    if not value:
        return None
    if value in {choice.code for choice in item.question.choices}:
        return value
    raise _unknown(value)


def _multiple(item: Item, value: list[str] | str) -> list[str] | None:
    chosen = [value] if isinstance(value, str) and value else list(value)
    known = [choice.code for choice in item.question.choices]
    unknown = [code for code in chosen if code not in known]
    if unknown:
        raise _unknown(unknown[0])
    alone = [c.text for c in item.question.choices if c.exclusive and c.code in chosen]
    if alone and len(set(chosen)) > 1:
        message = _("You chose “%s” and something else. Keep only one of them.")
        raise ValueError(message % alone[0])
    return [code for code in known if code in chosen] or None


def _ranking(item: Item, value: list[str] | str) -> list[str] | None:
    """Read “code.place” for each choice that was given a place; gaps between places are no harm."""
    texts = {choice.code: choice.text for choice in item.question.choices}
    given = [value] if isinstance(value, str) and value else list(value)
    places: dict[str, str] = {}
    for one in given:
        code, _dot, place = one.partition(".")
        if code not in texts or place not in {str(n + 1) for n in range(len(texts))}:
            raise _unknown(one)
        if place in places:
            message = _("“%(one)s” and “%(other)s” have the same place. Give each its own.")
            raise ValueError(message % {"one": texts[places[place]], "other": texts[code]})
        if code in places.values():
            raise ValueError(_("“%s” has two places. Give it one.") % texts[code])
        places[place] = code
    return in_order(given) or None


def in_order(given: list[str]) -> list[str]:
    """Return the codes that were given places, the first place first."""
    pairs = [one.partition(".") for one in given]
    return [code for code, _dot, place in sorted(pairs, key=lambda pair: pair[2].zfill(2))]


def _number(item: Item, value: str) -> int | float | None:
    text = value.strip().translate(BLANKS)
    if not text:
        return None
    if not NUMBER.fullmatch(text) or AMBIGUOUS.fullmatch(text):
        raise ValueError(_("“%s” is not a number. Write digits only, such as 12 or 2.5.") % value)
    number = float(text.replace(",", "."))
    low, high = item.question.minimum, item.question.maximum
    if (low is not None and number < low) or (high is not None and number > high):
        raise ValueError(outside(item.question))
    return int(number) if number.is_integer() else number


def _date(item: Item, value: str) -> str | None:
    text = value.strip()
    if not text:
        return None
    if day_in(text) is None:
        message = _("“%s” is not a day. Write year, month and day, such as 2026-01-31.")
        raise ValueError(message % value)
    today = timezone.localdate().isoformat()
    first, last = (
        today if bound == "today" else bound
        for bound in (item.question.earliest, item.question.latest)
    )
    if text < first or (last and text > last):
        raise ValueError(other_day(item.question))
    return text


def day_in(text: str) -> date | None:
    """Return the day that is written here as year, month and day."""
    try:
        return date.fromisoformat(text) if DAY.fullmatch(text) else None
    except ValueError:
        return None


def _text(item: Item, value: str) -> str | None:
    text = value.strip()
    if len(text) > item.max_length:
        raise ValueError(too_long(len(text), item.max_length))
    return text or None


def _choose() -> str:
    return _("Choose an answer.")


def _tick() -> str:
    return _("Choose at least one answer.")


def _rank() -> str:
    return _("Give each of them a place.")


def _pick() -> str:
    return _("Choose a day.")


def _write() -> str:
    return _("Write an answer.")


READERS: dict[str, Callable[[Item, Any], Answer]] = {
    "likert": _likert,
    "single": _single,
    "multiple": _multiple,
    "number": _number,
    "short_text": _text,
    "long_text": _text,
    "date": _date,
    "ranking": _ranking,
    "rating": _rating,
}
MISSING = {
    "likert": _choose,
    "single": _choose,
    "rating": _choose,
    "multiple": _tick,
    "ranking": _rank,
    "date": _pick,
}
