"""What of the portal's ground waits for somebody: records and promises.

Records that have to be looked through, decisions asked of somebody, what they have taken on and what
is planned for them.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta

from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from buyin.accounts.models import User
from buyin.features import NO_COOKIES, DigestItem, Feature, Scores, Task
from buyin.initiatives.models import SystemRecord
from buyin.stakeholders.models import Commitment, DiscussionPoint, PlannedActivity

AHEAD = timedelta(days=14)
LONGEST = 120


class Own(Feature):
    """Initiatives and stakeholders remind people of what waits for them."""

    name = "own"

    def tasks_for(self, person: User, *, cookies: Mapping[str, str] = NO_COOKIES) -> Iterator[Task]:
        """Yield what waits for this person, by kind, the first due first."""
        yield from self.tasks_for_all([person])[person.pk]

    def tasks_for_all(self, people: Sequence[User]) -> dict[int, list[Task]]:
        """Return the same for many people, each kind asked once for all of them."""
        waiting: defaultdict[int | None, list[Task]] = defaultdict(list)
        for kind in (_asked, _planned, _taken_on, _to_review):
            for person, task in kind(people):
                waiting[person].append(task)
        return {person.pk: waiting[person.pk] for person in people}

    def scores(self, *, until: datetime) -> Iterable[Scores]:
        """Return no scores: records ask nobody anything."""
        return ()

    def digest_items(
        self, person: User, *, since: datetime, until: datetime
    ) -> Iterable[DigestItem]:
        """Return nothing: what is due stands among the tasks."""
        return ()


def _asked(people: Sequence[User]) -> Iterator[tuple[int | None, Task]]:
    """Yield commitments that wait for somebody's word."""
    waiting = Commitment.objects.asked_of(*people)
    for one in waiting.select_related("initiative", "stakeholder__person"):
        giver = one.stakeholder.person
        task = Task(
            kind=_("Decision"),
            title=_("“%(name)s” asks you for: %(what)s")
            % {"name": one.initiative, "what": one.title},
            url=reverse("stakeholders:commitment-entry", args=[one.pk]),
            action=_("Answer"),
            due=_end_of(one.needed_by),
        )
        yield (giver.user_id if giver else None), task


def _planned(people: Sequence[User]) -> Iterator[tuple[int | None, Task]]:
    """Yield what somebody is to do with stakeholders, as soon as its day is near."""
    until = timezone.localdate() + AHEAD
    rows = PlannedActivity.objects.open().filter(owner__in=people, due_on__lte=until)
    activities = rows.select_related("initiative").prefetch_related("stakeholders")
    for one in activities.order_by("due_on", "pk"):
        names = [str(stakeholder) for stakeholder in one.stakeholders.all()]
        task = Task(
            kind=str(one.get_kind_display()),
            title=one.purpose,
            url=reverse("stakeholders:activity-close", args=[one.pk]),
            action=_("Say what happened"),
            detail=Truncator(", ".join(names)).chars(LONGEST),
            due=_end_of(one.due_on),
        )
        yield one.owner_id, task


def _taken_on(people: Sequence[User]) -> Iterator[tuple[int | None, Task]]:
    """Yield what somebody took on when people met, as soon as its day is near or none is set."""
    until = timezone.localdate() + AHEAD
    points = DiscussionPoint.objects.to_do().filter(Q(due_on=None) | Q(due_on__lte=until))
    for point in points.filter(owner__in=people).order_by(F("due_on").asc(nulls_last=True), "pk"):
        task = Task(
            kind=_("Taken on"),
            title=point.text,
            url=reverse("stakeholders:points"),
            action=_("Say that it is done"),
            due=_end_of(point.due_on),
        )
        yield point.owner_id, task


def _to_review(people: Sequence[User]) -> Iterator[tuple[int | None, Task]]:
    """Yield records that whoever leads their initiative should look through soon."""
    until = timezone.localdate() + AHEAD
    records = SystemRecord.objects.to_review(*people, until=until)
    for record in records.select_related("initiative").order_by("review_due", "pk"):
        task = Task(
            kind=_("Record"),
            title=_("Look through the record of “%(name)s”") % {"name": record.initiative},
            url=reverse("initiatives:record", args=[record.initiative_id]),
            action=_("Look through it"),
            detail=_("Is it still true? Then say when to look again."),
            due=_end_of(record.review_due),
        )
        yield record.initiative.lead_id, task


def _end_of(day: date | None) -> datetime | None:
    return timezone.make_aware(datetime.combine(day, time.max)) if day else None
