"""What waits for who leads an initiative, and what those near oneself told."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from buyin.accounts.models import User
from buyin.features import DigestItem, Task, end_of
from buyin.initiatives.models import DataAgreement, Milestone, SystemRecord, Update
from buyin.initiatives.queries.near import ending_for, overdue_for, to_review_for, updates_near

from .ground import AHEAD, Ground, Kind, in_short

SOON = timedelta(days=30)


def _late(milestones: Iterable[Milestone]) -> Iterator[tuple[int | None, Task]]:
    """Yield one task an initiative: the milestone that is late the longest, and how many more."""
    by_initiative: dict[int, list[Milestone]] = {}
    for one in milestones:
        by_initiative.setdefault(one.initiative_id, []).append(one)
    for first, *more in by_initiative.values():
        left = ngettext("and %(n)d more is late", "and %(n)d more are late", len(more))
        detail = ", ".join([first.initiative.name, *([left % {"n": len(more)}] if more else [])])
        task = Task(
            kind=_("Milestone"),
            title=_("Overdue: %(title)s") % {"title": first.title},
            url=reverse("initiatives:plan", args=[first.initiative_id]),
            action=_("Say how far it is"),
            detail=detail,
            due=end_of(first.due),
        )
        yield first.initiative.lead_id, task


def _soon(people: Sequence[User], today: date) -> QuerySet[DataAgreement]:
    """Return the agreements that end, or wait to be looked at, within a month."""
    return ending_for(people, today + SOON)


def _ending(agreements: Iterable[DataAgreement]) -> Iterator[tuple[int | None, Task]]:
    """Yield what is to be done about agreements that end, or are to be looked at, soon."""
    for one in agreements:
        task = Task(
            kind=_("Agreement about data"),
            title=_("Look at it again: %(data)s") % {"data": one.shared},
            url=reverse("initiatives:agreement-edit", args=[one.initiative_id, one.pk]),
            action=_("Renew or end it"),
            detail=one.initiative.name,
            due=end_of(min(day for day in (one.review_on, one.expires_on) if day)),
        )
        yield one.initiative.lead_id, task


def _to_review(people: Sequence[User], today: date) -> QuerySet[SystemRecord]:
    """Return the records that are to be looked through within two weeks."""
    return to_review_for(people, today + AHEAD)


def _reviews(records: Iterable[SystemRecord]) -> Iterator[tuple[int | None, Task]]:
    for record in records:
        task = Task(
            kind=_("Record"),
            title=_("Look through the record of “%(name)s”") % {"name": record.initiative},
            url=reverse("initiatives:record", args=[record.initiative_id]),
            action=_("Look through it"),
            detail=_("Is it still true? Then say when to look again."),
            due=end_of(record.review_due),
        )
        yield record.initiative.lead_id, task


def _told(update: Update) -> DigestItem:
    return DigestItem(
        title=f"{update.initiative}: {update.title}",
        url=reverse("initiatives:updates", args=[update.initiative_id]),
        detail=in_short(update.text),
    )


class Initiatives(Ground):
    """What waits for who leads an initiative, and what those near oneself told."""

    name = "initiatives"
    kinds = (Kind(overdue_for, _late), Kind(_soon, _ending), Kind(_to_review, _reviews))

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
