"""What is late of initiatives that one leads, and what those near oneself told."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from buyin.accounts.models import User
from buyin.features import NO_COOKIES, DigestItem, Feature, Scores, Task
from buyin.initiatives.models import DataAgreement, Milestone, Update
from buyin.initiatives.queries.near import ending_for, overdue_for, updates_near

SOON = timedelta(days=30)
LONGEST = 120


class Initiatives(Feature):
    """What is late of initiatives that one leads, and what those near oneself told."""

    name = "initiatives"

    def tasks_for(self, person: User, *, cookies: Mapping[str, str] = NO_COOKIES) -> Iterable[Task]:
        """Return what is late, the oldest first."""
        return self.tasks_for_all([person])[person.pk]

    def tasks_for_all(self, people: Sequence[User]) -> dict[int, list[Task]]:
        """Return the same for many people; two queries for any number."""
        today = timezone.localdate()
        late = overdue_for(people, today=today)
        ending = ending_for(people, by=today + SOON)
        return {
            person.pk: [
                *_late(late.get(person.pk, [])),
                *map(_ending, ending.get(person.pk, [])),
            ]
            for person in people
        }

    def scores(self, *, until: datetime) -> Iterable[Scores]:
        """Return no scores: initiatives ask nobody."""
        return ()

    def digest_items(
        self, person: User, *, since: datetime, until: datetime
    ) -> Iterable[DigestItem]:
        """Return what initiatives near this person told in the period."""
        return self.digest_items_for_all([person], since=since, until=until)[person.pk]

    def digest_items_for_all(
        self, people: Sequence[User], *, since: datetime, until: datetime
    ) -> dict[int, list[DigestItem]]:
        """Return the same for many people; one line an initiative, the newest update first."""
        near = updates_near(people, since=since, until=until)
        made: dict[int, DigestItem] = {}
        for updates in near.values():
            made |= {one.pk: _told(one) for one in updates if one.pk not in made}
        return {person.pk: [made[one.pk] for one in near.get(person.pk, [])] for person in people}


def _late(milestones: Sequence[Milestone]) -> Iterable[Task]:
    """Yield one task an initiative: the milestone that is late the longest, and how many more."""
    by_initiative: dict[int, list[Milestone]] = {}
    for one in milestones:
        by_initiative.setdefault(one.initiative_id, []).append(one)
    for first, *more in by_initiative.values():
        left = ngettext("and %(n)d more is late", "and %(n)d more are late", len(more))
        detail = ", ".join([first.initiative.name, *([left % {"n": len(more)}] if more else [])])
        yield Task(
            kind=_("Milestone"),
            title=_("Overdue: %(title)s") % {"title": first.title},
            url=reverse("initiatives:plan", args=[first.initiative_id]),
            action=_("Say how far it is"),
            detail=detail,
            due=_end_of(first.due),
        )


def _ending(agreement: DataAgreement) -> Task:
    """Return what is to be done about an agreement that ends, or is to be looked at, soon."""
    days = [day for day in (agreement.review_on, agreement.expires_on) if day]
    address = "initiatives:agreement-edit"
    return Task(
        kind=_("Agreement about data"),
        title=_("Look at it again: %(data)s") % {"data": agreement.shared},
        url=reverse(address, args=[agreement.initiative_id, agreement.pk]),
        action=_("Renew or end it"),
        detail=agreement.initiative.name,
        due=_end_of(min(days)),
    )


def _told(update: Update) -> DigestItem:
    return DigestItem(
        title=f"{update.initiative}: {update.title}",
        url=reverse("initiatives:updates", args=[update.initiative_id]),
        detail=Truncator(update.text).chars(LONGEST),
    )


def _end_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.max))
