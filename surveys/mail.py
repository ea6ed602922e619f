"""Mails to those who left an address on a public page, and the link that is their own."""

from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.core import signing
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from buyin.outbox.message import Written, automatic, in_header, squeezed, wrapped
from surveys.models import ToldAddress, Wave

SALT = "surveys.told"


@dataclass(frozen=True)
class Note:
    """One mail to an address that somebody left: a few words and a button."""

    subject: str
    headline: str
    paragraphs: tuple[str, ...]
    button: str
    url: str
    reason: str

    language: str = settings.LANGUAGE_CODE
    agency: str = settings.AGENCY_NAME
    brand: str = settings.AGENCY_BRAND_COLOUR


def token_for(key: UUID) -> str:
    """Return the signed token by which the owner of an address says yes or no, and nothing else."""
    return signing.Signer(salt=SALT).sign(key.hex)


def key_in(token: str) -> UUID | None:
    """Return whose token this is; None where it was changed, cut off or made for another use."""
    try:
        return UUID(hex=signing.Signer(salt=SALT).unsign(token))
    except (signing.BadSignature, ValueError):
        return None


def confirmation(wave: Wave, told: ToldAddress) -> Written:
    """Return the mail that asks whether the owner of an address left it."""
    words = {"survey": wave.survey.title}
    return _written(
        Note(
            subject=in_header(_("Please confirm: news about %(survey)s") % words),
            headline=_("Shall we tell you what came of it?"),
            paragraphs=(
                _("Somebody left this address on the page of “%(survey)s”.") % words,
                _(
                    "If it was you, open the page behind the button and say yes. We then write to "
                    "you once, when the result is published, and delete the address."
                ),
                _("If it was not you, do nothing: the address is forgotten in two weeks."),
            ),
            button=_("Say yes or no"),
            url=settings.SITE_URL + reverse("surveys:told", args=[token_for(told.pk)]),
            reason=_(
                "The address is kept apart from all answers. It does not say whether you answered."
            ),
        )
    )


def publication(wave: Wave) -> Written:
    """Return the mail that says where the result of a wave can be read."""
    words = {"survey": wave.survey.title}
    return _written(
        Note(
            subject=in_header(_("What came of it: %(survey)s") % words),
            headline=_("The result is published"),
            paragraphs=(
                _(
                    "You wanted to know what came of “%(survey)s”. Everybody can now read what was "
                    "heard and what was decided."
                )
                % words,
            ),
            button=_("Read the result"),
            url=settings.SITE_URL + reverse("surveys:public-results", args=[wave.address]),
            reason=_("This is the only mail about it. Your address was deleted with it."),
        )
    )


def _written(note: Note) -> Written:
    text = render_to_string("surveys/mail/note.txt", {"mail": note})
    html = render_to_string("surveys/mail/note.html", {"mail": note})
    return Written(
        subject=note.subject, text=wrapped(text), html=squeezed(html), headers=automatic()
    )
