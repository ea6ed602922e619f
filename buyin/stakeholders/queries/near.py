"""What of stakeholders concerns people: what is asked of them, late for them, theirs to do."""

from collections.abc import Sequence
from datetime import date

from django.db.models import F, Q, QuerySet

from buyin.accounts.models import User
from buyin.initiatives.models import Stage
from buyin.stakeholders.models import Commitment, DiscussionPoint, PlannedActivity


def asked_for(people: Sequence[User]) -> QuerySet[Commitment]:
    """Return the commitments that wait for the word of these people."""
    return Commitment.objects.asked_of(*people).select_related("initiative", "stakeholder__person")


def late_for(people: Sequence[User], today: date) -> QuerySet[Commitment]:
    """Return what should have come by now for the initiatives of these people, the oldest first.

    What has come to its end needs nothing any more.
    """
    late = Commitment.objects.late(today).filter(initiative__lead__in=people)
    late = late.exclude(initiative__stage=Stage.RETIRED)
    return late.select_related("initiative").order_by("needed_by", "pk")


def planned_for(people: Sequence[User], by: date) -> QuerySet[PlannedActivity]:
    """Return what these people are to do with stakeholders until a day, the first due first."""
    rows = PlannedActivity.objects.open().filter(owner__in=people, due_on__lte=by)
    activities = rows.select_related("initiative").prefetch_related("stakeholders")
    return activities.order_by("due_on", "pk")


def taken_on_for(people: Sequence[User], by: date) -> QuerySet[DiscussionPoint]:
    """Return what these people took on until a day, the first due first, and what has no day."""
    near = Q(due_on=None) | Q(due_on__lte=by)
    points = DiscussionPoint.objects.to_do().filter(near, owner__in=people)
    return points.order_by(F("due_on").asc(nulls_last=True), "pk")
