"""Stopping a wave for a while, and letting it go on."""

from datetime import date

from django.db import transaction
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext as _

from buyin.accounts.models import User
from surveys.models import Happening, Wave, What

from .publishing import lengthen
from .refusals import RefusedError


@transaction.atomic
def pause_wave(*, wave: Wave, by: User) -> Wave:
    """Take no answers and write no mails until the wave is resumed; what is typed is kept.

    Answers that are under way come in first. Raises RefusedError where the wave is paused, is closed,
    has not opened yet or takes answers from files.
    """
    current = Wave.objects.select_for_update(of=("self",)).get(pk=wave.pk)
    if current.closed_at is not None:
        raise RefusedError(_("This wave has been closed. There is nothing to pause."))
    if current.paused_at is not None:
        raise RefusedError(_("This wave is paused already."))
    if current.takes_imports or timezone.now() < current.opens_at:
        raise RefusedError(
            _("This wave takes no answers from people now. There is nothing to pause.")
        )
    current.paused_at = timezone.now()
    current.save(update_fields=["paused_at"])
    Happening.objects.create(wave=current, what=What.PAUSED, by=by)
    return current


@transaction.atomic
def resume_wave(*, wave: Wave, closes_on: date | None = None, by: User) -> Wave:
    """Let a paused wave go on, until the end of this day where one is given.

    Raises RefusedError where it is not paused, or where its time is over and no later day is given.
    """
    current = Wave.objects.select_for_update(of=("self",)).get(pk=wave.pk)
    if current.closed_at is not None or current.paused_at is None:
        raise RefusedError(_("This wave is not paused."))
    if closes_on is not None:
        lengthen(current, closes_on)
    elif current.closes_at <= timezone.now():
        raise RefusedError(_("Its last day is over. Choose a new last day."))
    current.paused_at = None
    current.save(update_fields=["paused_at", "closes_at", "grace"])
    until = None if closes_on is None else current.closes_at
    Happening.objects.create(wave=current, what=What.RESUMED, by=by, until=until, at=Now())
    return current
