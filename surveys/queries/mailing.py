"""Who is to be invited or reminded by mail now, and whose mail is no longer wanted."""

from collections.abc import Sequence
from datetime import timedelta
from typing import NamedTuple
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext as _

from buyin.outbox.models import Later, Message
from surveys.models import Invitation, MailStop, Participation, Wave

KIND = "survey"
SURVEY = OuterRef("wave__survey")


class Standing(NamedTuple):
    """What speaks against a mail by now."""

    is_over: bool
    is_paused: bool
    is_done: bool
    is_unwanted: bool


def key_of(invitation: Invitation, number: int) -> str:
    """Return the one key of a mail: the invitation is number 0, then come the reminders."""
    return f"{KIND}:{invitation.pk}:{number}"


def mailing_waves() -> list[Wave]:
    """Return the open waves that write mails, the first to close first."""
    waves = Wave.objects.open().filter(sends_mail=True).select_related("survey", "version")
    return list(waves.defer("version__definition").order_by("closes_at", "pk"))


def to_invite(wave: Wave) -> QuerySet[Invitation]:
    """Return the invitations of a wave that have not been mailed and are still wanted."""
    return _wanted(wave).filter(mailed_at__isnull=True)


def to_remind(wave: Wave, number: int) -> QuerySet[Invitation]:
    """Return the invitations for which this reminder is due: the last mail is days old by now."""
    long_ago = Now() - timedelta(days=wave.remind_every)
    return _wanted(wave).filter(reminded=number - 1, last_mailed_at__lte=long_ago)


def _wanted(wave: Wave) -> QuerySet[Invitation]:
    """Return invitations of guests and open accounts that have not been answered; never what.

    Who does not want to be written to about this survey is left out.
    """
    is_there = Q(person__is_active=True) | (Q(person=None) & ~Q(address=""))
    against = [~Q(found) for found in (*_answered(), *_stopped(wave.survey_id))]
    return Invitation.objects.filter(is_there, *against, wave=wave.pk).order_by("pk")


def _answered() -> tuple[Exists, Exists]:
    """Return whether the person of an invitation has answered, and whether its guest has."""
    by_person = Participation.objects.filter(wave=OuterRef("wave"), person=OuterRef("person"))
    return Exists(by_person), Exists(Participation.objects.filter(invitation=OuterRef("pk")))


def _stopped(survey: int | OuterRef) -> tuple[Exists, Exists]:
    """Return whether the person of an invitation wants no mails about a survey, and the guest."""
    stops = MailStop.objects.filter(survey=survey)
    by_address = stops.exclude(address="").filter(address=OuterRef("address"))
    return Exists(stops.filter(person=OuterRef("person"))), Exists(by_address)


def reasons_to_skip(messages: Sequence[Message]) -> dict[int, str]:
    """Return why mails about surveys must not go out any more; asked right before they are sent."""
    keys = {message.pk: UUID(message.key.split(":")[1]) for message in messages}
    done, stopped = (Q(one) | Q(other) for one, other in (_answered(), _stopped(SURVEY)))
    rows = Invitation.objects.filter(pk__in=keys.values()).annotate(
        is_done=done, is_unwanted=stopped
    )
    known = {
        pk: Standing(
            closed_at is not None or (paused_at is None and closes_at <= timezone.now()),
            paused_at is not None,
            *against,
        )
        for pk, closed_at, closes_at, paused_at, *against in rows.order_by().values_list(
            "pk", "wave__closed_at", "wave__closes_at", "wave__paused_at", "is_done", "is_unwanted"
        )
    }
    found = ((pk, _reason(known.get(key))) for pk, key in keys.items())
    return {pk: reason for pk, reason in found if reason}


def _reason(known: Standing | None) -> str:
    if known is None:
        return _("the person is no longer asked")
    if known.is_done:
        return _("answered since it was written")
    if known.is_unwanted:
        return _("does not want mails about this survey any more")
    if known.is_over:
        return _("the survey has closed")
    return Later(_("the survey is paused")) if known.is_paused else ""
