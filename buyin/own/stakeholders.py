"""What waits for people of their dealings with stakeholders: asked, planned, taken on."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from buyin.accounts.models import User
from buyin.features import DigestItem, Task, end_of
from buyin.stakeholders.models import Commitment, DiscussionPoint, PlannedActivity
from buyin.stakeholders.queries.near import asked_for, late_for, planned_for, taken_on_for

from .ground import AHEAD, Ground, Kind, in_short


def _asked(people: Sequence[User], _today: date) -> QuerySet[Commitment]:
    """Return what is asked of these people and waits for their word."""
    return asked_for(people)


def _decisions(commitments: Iterable[Commitment]) -> Iterator[tuple[int | None, Task]]:
    for one in commitments:
        giver = one.stakeholder.person
        task = Task(
            kind=_("Decision"),
            title=_("“%(name)s” asks you for: %(what)s")
            % {"name": one.initiative, "what": one.title},
            url=reverse("stakeholders:commitment-entry", args=[one.pk]),
            action=_("Answer"),
            due=end_of(one.needed_by),
        )
        yield (giver.user_id if giver else None), task


def _overdue(late: Iterable[Commitment]) -> Iterator[tuple[int | None, Task]]:
    """Yield one task a person: what is late the longest, and how much more of what they lead."""
    by_lead: dict[int | None, list[Commitment]] = {}
    for one in late:
        by_lead.setdefault(one.initiative.lead_id, []).append(one)
    for lead, (first, *more) in by_lead.items():
        left = ngettext("and %(n)d more is late", "and %(n)d more are late", len(more))
        every = reverse("stakeholders:commitment-register") + "?stands=late"
        task = Task(
            kind=_("Commitment"),
            title=_("It should be there by now: %(what)s") % {"what": first.title},
            url=every if more else reverse("stakeholders:commitment", args=[first.pk]),
            action=_("Ask for it, or note what came"),
            detail=", ".join([first.initiative.name, *([left % {"n": len(more)}] if more else [])]),
            due=end_of(first.needed_by),
        )
        yield lead, task


def _planned(people: Sequence[User], today: date) -> QuerySet[PlannedActivity]:
    """Return what these people are to do with stakeholders, as soon as its day is near."""
    return planned_for(people, today + AHEAD)


def _activities(planned: Iterable[PlannedActivity]) -> Iterator[tuple[int | None, Task]]:
    for one in planned:
        names = [str(stakeholder) for stakeholder in one.stakeholders.all()]
        task = Task(
            kind=str(one.get_kind_display()),
            title=one.purpose,
            url=reverse("stakeholders:activity-close", args=[one.pk]),
            action=_("Say what happened"),
            detail=in_short(", ".join(names)),
            due=end_of(one.due_on),
        )
        yield one.owner_id, task


def _taken_on(people: Sequence[User], today: date) -> QuerySet[DiscussionPoint]:
    """Return what these people took on when people met, as soon as its day is near or none is set."""
    return taken_on_for(people, today + AHEAD)


def _points(taken_on: Iterable[DiscussionPoint]) -> Iterator[tuple[int | None, Task]]:
    for point in taken_on:
        task = Task(
            kind=_("Taken on"),
            title=point.text,
            url=reverse("stakeholders:points"),
            action=_("Say that it is done"),
            due=end_of(point.due_on),
        )
        yield point.owner_id, task


class Stakeholders(Ground):
    """What people are asked for, have to do with stakeholders, and should have been given."""

    name = "stakeholders"
    kinds = (
        Kind(_asked, _decisions),
        Kind(_planned, _activities),
        Kind(_taken_on, _points),
        Kind(late_for, _overdue),
    )

    def digest_items(
        self, person: User, *, since: datetime, until: datetime
    ) -> Iterable[DigestItem]:
        """Return nothing: what is due stands among the tasks."""
        return ()
