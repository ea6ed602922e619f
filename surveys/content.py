"""Mails that invite to a survey and remind of it."""

from copy import copy
from dataclasses import dataclass
from functools import lru_cache

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from buyin.outbox.message import Written, automatic, in_header, squeezed, wrapped
from surveys.models import Anonymity, Survey, SurveyVersion, Wave, WavePlan
from surveys.queries.authoring import end_of
from surveys.queries.filling import definition_of

# Stand for the reader's own links while a letter is written once for everybody; what replaces them
# consists of letters, digits, "-" and "_" only.
OPEN_LINK = "https://open-link.invalid/"
STOP_LINK = "https://stop-link.invalid/"


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
    own: str
    reason: str
    url: str = OPEN_LINK
    stop_url: str = STOP_LINK


def open_link(token: str) -> str:
    """Return the address under which a token opens its survey."""
    return _link("surveys:link-open", settings.SITE_URL).replace("TOKEN", token)


def stop_link(token: str) -> str:
    """Return the address under which a token stops mails about its survey."""
    return _link("surveys:link-stop", settings.SITE_URL).replace("TOKEN", token)


@lru_cache(maxsize=4)
def _link(name: str, site: str) -> str:
    """Return an address to put a token into; looked up once for thousands of mails."""
    return site + reverse(name, args=["TOKEN"])


def letter_of(wave: Wave, number: int) -> Letter:
    """Return the invitation to a wave (number 0) or one of its reminders."""
    return _letter(wave, number, definition_of(wave.version).minutes)


def planned_letter(survey: Survey, plan: WavePlan, minutes: int) -> Letter | None:
    """Return the invitation that a plan would send once it is published, None where it sends none."""
    if not plan.sends_mail or plan.is_public or plan.closes_on is None:
        return None
    wave = Wave(
        survey=copy(survey),
        version=SurveyVersion(anonymity=plan.anonymity),
        closes_at=end_of(plan.closes_on),
        reminders=plan.reminders,
    )
    return _letter(wave, 0, minutes)


def _letter(wave: Wave, number: int, minutes: int) -> Letter:
    wave.survey.speak(get_language() or "")
    zone = timezone.get_default_timezone()
    day = date_format(timezone.localtime(wave.closes_at, zone))
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
        subject=in_header(subject % words),
        headline=wave.survey.title,
        purpose=wave.survey.purpose,
        facts=(*([last] if number else []), takes, until),
        promise=_promise(wave.version.anonymity),
        button=_("Open the survey"),
        own=_(
            "The link is yours alone: it opens this survey without signing in, and nothing else. "
            "Please do not pass it on."
        ),
        reason=_reason(wave),
    )


def written(letter: Letter, token: str) -> Written:
    """Return the mail of one reader, with the links that this token makes.

    Their mail program can stop further ones by itself.
    """
    text, html = _drawn(letter)
    for stand_in, link in ((OPEN_LINK, open_link(token)), (STOP_LINK, stop_link(token))):
        text, html = text.replace(stand_in, link), html.replace(stand_in, link)
    headers = automatic(stop=stop_link(token))
    return Written(subject=letter.subject, text=text, html=html, headers=headers)


@lru_cache(maxsize=64)
def _drawn(letter: Letter) -> tuple[str, str]:
    """Return text and HTML; all who get the same letter share one rendering."""
    text = render_to_string("surveys/mail/letter.txt", {"mail": letter})
    html = render_to_string("surveys/mail/letter.html", {"mail": letter})
    return wrapped(text), squeezed(html)


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
