"""What no schema can say about one question: codes, days, and choices that fit each other."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from .parts import DIMENSIONS, DONT_KNOW, OTHER

TODAY = "today"


def codes_of(raw: dict[str, Any]) -> list[str]:
    """Return every code under which answers to this question are stored."""
    other = [raw["code"] + OTHER] if any(c.get("other") for c in raw.get("choices", [])) else []
    return [raw["code"], *(row["code"] for row in raw.get("rows", [])), *other]


def broken_rules(
    raw: dict[str, Any], definition: dict[str, Any], seen: dict[str, str]
) -> Iterator[str]:
    """Yield what is wrong with one question; `seen` says where codes stand that are taken."""
    yield from _repeated(raw, seen)
    if "scale" in raw and raw["scale"] not in definition.get("scales", {}):
        yield _("There is no scale “%s”.") % raw["scale"]
    for part in (raw, *raw.get("rows", [])):
        if part.get("dimension", "") not in ("", *DIMENSIONS):
            yield _("There is no dimension “%(name)s”. Known are: %(known)s.") % {
                "name": part["dimension"],
                "known": ", ".join(DIMENSIONS),
            }
    yield from _days(raw) if raw["type"] == "date" else _limits(raw)
    yield from _choices(raw)


def _repeated(raw: dict[str, Any], seen: dict[str, str]) -> Iterator[str]:
    """Yield codes of this question that stand for something else already."""
    codes = codes_of(raw)
    for n, code in enumerate(codes):
        if code in seen:
            yield _("The code “%(code)s” is used already, at: %(where)s.") % {
                "code": code,
                "where": seen[code],
            }
        elif code in codes[:n]:
            yield _("The code “%s” is used twice.") % code
    choices = [choice["code"] for choice in raw.get("choices", [])]
    for code in sorted({code for code in choices if choices.count(code) > 1}):
        yield _("The choice code “%s” is used twice.") % code


def _limits(raw: dict[str, Any]) -> Iterator[str]:
    low, high = raw.get("min"), raw.get("max")
    if low is not None and high is not None and low > high:
        yield _("The smallest number allowed is larger than the largest.")


def _days(raw: dict[str, Any]) -> Iterator[str]:
    """Yield days that no calendar has, and a first day behind the last."""
    days = [raw[name] for name in ("min", "max") if raw.get(name, TODAY) != TODAY]
    wrong = [day for day in days if not _is_day(day)]
    for day in wrong:
        yield _("“%s” is no day of the calendar.") % day
    if not wrong and len(days) == len(("min", "max")) and days[0] > days[1]:
        yield _("The first day allowed is later than the last.")


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _choices(raw: dict[str, Any]) -> Iterator[str]:
    """Yield choices that ask for what this type of question cannot do."""
    choices = raw.get("choices", [])
    if raw["type"] != "multiple" and any(choice.get("exclusive") for choice in choices):
        yield _("Only where several answers may be chosen can one of them exclude the others.")
    others = sum(bool(choice.get("other")) for choice in choices)
    if others and raw["type"] == "ranking":
        yield _("A ranking cannot have a choice that asks for other words.")
    if others > 1:
        yield _("Only one choice can ask for other words.")
    if raw.get("dont_know") and any(choice["code"] == DONT_KNOW for choice in choices):
        yield _("The choice code “%s” means “don’t know” here already.") % DONT_KNOW
