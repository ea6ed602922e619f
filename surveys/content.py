"""Mails that invite to a survey and remind of it."""

from dataclasses import dataclass
from functools import lru_cache

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from buyin.digests.mail import absolute, squeezed, wrapped
from buyin.outbox.message import one_line
from surveys.models import Anonymity, Wave
from surveys.queries.filling import definition_of

HEADERS = {
    "Auto-Submitted": "auto-generated",
    "Precedence": "bulk",
    "X-Auto-Response-Suppress": "All",
}


@dataclass(frozen=True)
class Letter:
    """One mail about a survey, the same for everybody who gets it."""

    language: str
    agency: str
    brand: str
    subject: str
    headline: str
    purpose: str
    facts: tuple[str, ...]
    promise: str
    button: str
    url: str
    reason: str


@dataclass(frozen=True)
class Rendered:
    """The finished parts of a mail."""

    subject: str
    text: str
    html: str


def letter_of(wave: Wave, number: int) -> Letter:
    """Return the invitation to a wave (number 0) or one of its reminders."""
    zone = timezone.get_default_timezone()
    day = date_format(timezone.localtime(wave.closes_at, zone))
    minutes = definition_of(wave.version).minutes
    words = {"title": wave.survey.title, "day": day}
    subject = (
        _("Until %(day)s: %(title)s") if number == 0 else _("Reminder, until %(day)s: %(title)s")
    )
    last = _("You have not answered yet. Whoever has answered gets no reminder.")
    takes = ngettext("About %(n)d minute.", "About %(n)d minutes.", minutes) % {"n": minutes}
    until = _("Open until the end of %(day)s.") % {"day": day}
    return Letter(
        language=get_language() or settings.LANGUAGE_CODE,
        agency=settings.AGENCY_NAME,
        brand=settings.AGENCY_BRAND_COLOUR,
        subject=one_line(subject % words),
        headline=wave.survey.title,
        purpose=wave.survey.purpose,
        facts=(*([last] if number else []), takes, until),
        promise=_promise(wave.version.anonymity),
        button=_("Open the survey"),
        url=absolute(reverse("surveys:start", args=[wave.pk])),
        reason=_reason(wave),
    )


@lru_cache(maxsize=64)
def rendered(letter: Letter) -> Rendered:
    """Return text and HTML; all who get the same letter share one rendering."""
    text = render_to_string("surveys/mail/letter.txt", {"mail": letter})
    html = render_to_string("surveys/mail/letter.html", {"mail": letter})
    return Rendered(letter.subject, wrapped(text), squeezed(html))


def _promise(anonymity: str) -> str:
    if anonymity == Anonymity.ANONYMOUS:
        return _(
            "Anonymous: nobody can see who answered what. That you have answered is noted, so that "
            "you are not asked again."
        )
    if anonymity == Anonymity.CONFIDENTIAL:
        return _("Confidential: your answers are stored with your name and shown without it.")
    return _("Named: the people who run this survey see who answered what.")


def _reason(wave: Wave) -> str:
    if not wave.reminders:
        return _("You get this mail because this survey asks you. There will be no reminder.")
    words = ngettext(
        "You get this mail because this survey asks you. If you do not answer, there is %(n)d "
        "reminder.",
        "You get this mail because this survey asks you. If you do not answer, there are up to "
        "%(n)d reminders.",
        wave.reminders,
    )
    return words % {"n": wave.reminders}
