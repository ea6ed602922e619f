"""Sentences about answers that several places say: what is too long, and what is allowed."""

from datetime import date

from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from surveys.definitions import Question


def too_long(length: int, limit: int) -> str:
    """Return by how much a text is too long."""
    return ngettext(
        "This text is %(over)d character too long. At most %(limit)d are kept.",
        "This text is %(over)d characters too long. At most %(limit)d are kept.",
        length - limit,
    ) % {"over": length - limit, "limit": limit}


def outside(question: Question) -> str:
    """Return what a number may be, to a person who wrote another one."""
    low, high = number(question.minimum), number(question.maximum)
    if not low:
        return _("The number must be %s or less.") % high
    if not high:
        return _("The number must be %s or more.") % low
    return _("The number must be from %(low)s to %(high)s.") % {"low": low, "high": high}


def other_day(question: Question) -> str:
    """Return which days are allowed, to a person who chose another one."""
    first, last = day(question.earliest), day(question.latest)
    if not first:
        return _("The last day allowed is %s.") % last
    if not last:
        return _("The first day allowed is %s.") % first
    return _("The day must be from %(first)s to %(last)s.") % {"first": first, "last": last}


def limits(question: Question) -> str:
    """Return what a question allows, before anything is typed; nothing where it allows all."""
    if question.type == "date":
        low, high = day(question.earliest), day(question.latest)
    else:
        low, high = number(question.minimum), number(question.maximum)
    if low and high:
        return _("From %(low)s to %(high)s.") % {"low": low, "high": high}
    if low:
        words = _("%s or later.") if question.type == "date" else _("%s or more.")
        return capfirst(words % low)
    if high:
        words = _("%s or earlier.") if question.type == "date" else _("%s or less.")
        return capfirst(words % high)
    return ""


def number(value: float | None) -> str:
    """Return a number with all its digits, nothing for none."""
    return "" if value is None else f"{value:.15g}"


def day(written: str) -> str:
    """Return a day of a definition as people read it, nothing for none."""
    if written in ("", "today"):
        return _("today") if written else ""
    return date_format(date.fromisoformat(written), "DATE_FORMAT")
