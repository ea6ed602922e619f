"""Who is to be reminded by mail of what, and whose reminder is no longer wanted."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from buyin.accounts.models import User
from buyin.outbox.models import Message
from buyin.stakeholders.models import DiscussionPoint, PlannedActivity, ReminderStop

AHEAD = timedelta(days=1)


def due_activities(today: date) -> QuerySet[PlannedActivity]:
    """Return what is planned until tomorrow at the latest and nobody was reminded of."""
    rows = PlannedActivity.objects.open().filter(due_on__lte=today + AHEAD, reminder=None)
    return rows.filter(owner__is_active=True, owner__reminder_stop=None).order_by("due_on", "pk")


def due_points(today: date) -> QuerySet[DiscussionPoint]:
    """Return what was taken on until tomorrow at the latest and nobody was reminded of."""
    rows = DiscussionPoint.objects.to_do().filter(due_on__lte=today + AHEAD, reminder=None)
    return rows.filter(owner__is_active=True, owner__reminder_stop=None).order_by("due_on", "pk")


def people_to_remind(today: date) -> list[int]:
    """Return the ids of people of whose things some have come due, each once."""
    found = {
        *due_activities(today).order_by().values_list("owner", flat=True),
        *due_points(today).order_by().values_list("owner", flat=True),
    }
    return sorted(found)


def points_of(person: User) -> QuerySet[DiscussionPoint]:
    """Return what this person has taken on in engagements and not done, the first due first."""
    found = DiscussionPoint.objects.to_do().filter(owner=person)
    return found.select_related("engagement", "owner").order_by("due_on", "pk")


def wants_reminders(person: User) -> bool:
    """Return whether this person is reminded by mail."""
    return not ReminderStop.objects.filter(person=person).exists()


def reasons_to_skip(messages: Sequence[Message]) -> dict[int, str]:
    """Return why reminders must not go out any more; asked right before they are sent."""
    pks = [message.pk for message in messages]
    stopped = set(
        Message.objects.filter(pk__in=pks, person__reminder_stop__isnull=False).values_list(
            "pk", flat=True
        )
    )
    mine = {"reminder__in": pks, "owner": F("reminder__person")}
    needed = {
        *PlannedActivity.objects.open().filter(**mine).values_list("reminder", flat=True),
        *DiscussionPoint.objects.to_do().filter(**mine).values_list("reminder", flat=True),
    }
    found = {pk: _("all of it is done, moved or given to others") for pk in pks if pk not in needed}
    return found | {pk: _("wants no reminders any more") for pk in stopped}
