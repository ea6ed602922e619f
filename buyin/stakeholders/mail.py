"""The mail that reminds somebody of what has come due, and the link that stops such mails."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.core import signing
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from buyin.outbox.message import Written, automatic, in_header, squeezed, wrapped
from buyin.stakeholders.models import DiscussionPoint, PlannedActivity

SALT = "stakeholders.reminders"
LONGEST_TITLE = 80  # characters in a subject
type Thing = PlannedActivity | DiscussionPoint


@dataclass(frozen=True)
class Line:
    """One thing that has come due: until when, what, and where to say that it is done."""

    day: str
    title: str
    detail: str
    url: str


@dataclass(frozen=True)
class Reminder:
    """Everything that has come due for one person, in one mail."""

    subject: str
    headline: str
    lines: tuple[Line, ...]
    url: str
    stop_url: str
    language: str = settings.LANGUAGE_CODE
    agency: str = settings.AGENCY_NAME
    brand: str = settings.AGENCY_BRAND_COLOUR


def token_for(person_id: int) -> str:
    """Return the signed token with which a person stops reminders without signing in."""
    return signing.Signer(salt=SALT).sign_object({"person": person_id})


def person_in(token: str) -> int | None:
    """Return whose token this is; None where it was changed, cut off or made for another use."""
    try:
        found: int = signing.Signer(salt=SALT).unsign_object(token)["person"]
    except (signing.BadSignature, ValueError, KeyError, TypeError):
        return None
    return found


def written(person_id: int, things: Sequence[Thing]) -> Written:
    """Return the mail about these things, the first due first; there is at least one."""
    with translation.override(settings.LANGUAGE_CODE):
        stop = _absolute("stakeholders:reminders-stop", token_for(person_id))
        lines = tuple(_line(one) for one in things)
        words = ngettext("%(n)d thing is due", "%(n)d things are due", len(lines))
        headline = words % {"n": len(lines)}
        title = Truncator(lines[0].title).chars(LONGEST_TITLE)
        subject = headline if len(lines) > 1 else f"{lines[0].day}: {title}"
        mail = Reminder(
            subject=in_header(subject),
            headline=headline,
            lines=lines,
            url=_absolute("stakeholders:points"),
            stop_url=stop,
        )
        text = render_to_string("stakeholders/mail/due.txt", {"mail": mail})
        html = render_to_string("stakeholders/mail/due.html", {"mail": mail})
    return Written(
        subject=mail.subject, text=wrapped(text), html=squeezed(html), headers=automatic(stop=stop)
    )


def _absolute(name: str, *args: object) -> str:
    return f"{settings.SITE_URL}{reverse(name, args=args)}"


def _line(one: Thing) -> Line:
    is_late = one.is_overdue if isinstance(one, PlannedActivity) else one.is_late
    words = _("Overdue since %(day)s") if is_late else _("By %(day)s")
    day = words % {"day": date_format(one.due_on)} if one.due_on else ""
    if isinstance(one, PlannedActivity):
        people = ", ".join(str(stakeholder) for stakeholder in one.stakeholders.all())
        detail = f"{one.get_kind_display()}: {people}"
        return Line(day, one.purpose, detail, _absolute("stakeholders:activity-close", one.pk))
    detail = _("Taken on: %(engagement)s") % {"engagement": one.engagement}
    return Line(day, one.text, detail, _absolute("stakeholders:points"))
