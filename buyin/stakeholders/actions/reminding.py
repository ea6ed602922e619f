"""Reminders by mail of what is due: each thing once, all of a person's in one mail."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from buyin.accounts.models import User
from buyin.outbox.actions import queue
from buyin.stakeholders.mail import Thing, written
from buyin.stakeholders.models import DiscussionPoint, PlannedActivity, ReminderStop
from buyin.stakeholders.queries.reminders import due_activities, due_points, people_to_remind

KIND = "follow-up"
EARLIEST = 6  # o'clock in the agency: nobody is written to at night


def write_reminders(now: datetime | None = None) -> int:
    """Write the reminders that are due and return to how many people.

    Each person's mail is committed together with the note that it was written: whoever is stopped
    in between, or runs beside another, reminds nobody twice and leaves nobody out.
    """
    moment = timezone.localtime(now, timezone.get_default_timezone())
    if moment.hour < EARLIEST:
        return 0
    return sum(_remind(person, moment.date()) for person in people_to_remind(moment.date()))


@transaction.atomic
def stop_reminders(*, person_id: int) -> None:
    """Remind this person by mail no more; doing it again, or for an account that is gone, is fine."""
    if User.objects.filter(pk=person_id).exists():
        ReminderStop.objects.get_or_create(person_id=person_id)


@transaction.atomic
def remind_again(*, person_id: int) -> None:
    """Let this person be reminded by mail once more."""
    ReminderStop.objects.filter(person=person_id).delete()


@transaction.atomic
def _remind(person_id: int, today: date) -> bool:
    # Whoever runs beside waits here, and then finds nothing that is left.
    person = User.objects.select_for_update().get(pk=person_id)
    activities = due_activities(today).filter(owner=person).prefetch_related("stakeholders")
    points = due_points(today).filter(owner=person).select_related("engagement")
    things: list[Thing] = [*activities, *points]
    if not things:
        return False
    things.sort(key=lambda one: (one.due_on or today, one.pk))
    first = things[0]
    mark = f"{type(first).__name__.lower()}-{first.pk}:{first.due_on}"
    message = queue(
        kind=KIND, key=f"{KIND}:{person_id}:{mark}", person=person, **written(person_id, things)
    )
    for model in (PlannedActivity, DiscussionPoint):
        theirs = [one.pk for one in things if isinstance(one, model)]
        model._default_manager.filter(pk__in=theirs).update(reminder=message)  # noqa: SLF001
    return True
