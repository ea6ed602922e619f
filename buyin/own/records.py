"""What of the portal's ground waits for somebody: records and promises.

Records that have to be looked through, decisions asked of somebody, what they have taken on and what
is planned for them.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta

from django.db.models import F, Q, QuerySet
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from buyin.accounts.models import User
from buyin.features import DigestItem, Task, end_of
from buyin.initiatives.models import SystemRecord
from buyin.stakeholders.models import Commitment, DiscussionPoint, PlannedActivity

from .ground import Ground, Kind

AHEAD = timedelta(days=14)
LONGEST = 120


def _asked(people: Sequence[User], _today: date) -> QuerySet[Commitment]:
    """Return the commitments that wait for the word of these people."""
    return Commitment.objects.asked_of(*people).select_related("initiative", "stakeholder__person")


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


def _planned(people: Sequence[User], today: date) -> QuerySet[PlannedActivity]:
    """Return what these people are to do with stakeholders, as soon as its day is near."""
    rows = PlannedActivity.objects.open().filter(owner__in=people, due_on__lte=today + AHEAD)
    activities = rows.select_related("initiative").prefetch_related("stakeholders")
    return activities.order_by("due_on", "pk")


def _activities(planned: Iterable[PlannedActivity]) -> Iterator[tuple[int | None, Task]]:
    for one in planned:
        names = [str(stakeholder) for stakeholder in one.stakeholders.all()]
        task = Task(
            kind=str(one.get_kind_display()),
            title=one.purpose,
            url=reverse("stakeholders:activity-close", args=[one.pk]),
            action=_("Say what happened"),
            detail=Truncator(", ".join(names)).chars(LONGEST),
            due=end_of(one.due_on),
        )
        yield one.owner_id, task


def _taken_on(people: Sequence[User], today: date) -> QuerySet[DiscussionPoint]:
    """Return what these people took on when people met, as soon as its day is near or none is set."""
    near = Q(due_on=None) | Q(due_on__lte=today + AHEAD)
    points = DiscussionPoint.objects.to_do().filter(near, owner__in=people)
    return points.order_by(F("due_on").asc(nulls_last=True), "pk")


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


def _to_review(people: Sequence[User], today: date) -> QuerySet[SystemRecord]:
    """Return the records that whoever leads their initiative should look through soon."""
    records = SystemRecord.objects.to_review(*people, until=today + AHEAD)
    return records.select_related("initiative").order_by("review_due", "pk")


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


class Own(Ground):
    """Initiatives and stakeholders remind people of what waits for them."""

    name = "own"
    kinds = (
        Kind(_asked, _decisions),
        Kind(_planned, _activities),
        Kind(_taken_on, _points),
        Kind(_to_review, _reviews),
    )

    def digest_items(
        self, person: User, *, since: datetime, until: datetime
    ) -> Iterable[DigestItem]:
        """Return nothing: what is due stands among the tasks."""
        return ()
