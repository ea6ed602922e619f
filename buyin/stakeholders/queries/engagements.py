"""Engagements as the log shows them, and with whom contact is overdue."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, F, Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, Least
from django.utils import timezone

from buyin.accounts.models import User
from buyin.initiatives.models import Initiative
from buyin.stakeholders.models import Cadence, Engagement, PlannedActivity, Stakeholder

from .plans import next_planned

LIKELY = 12  # stakeholders offered to be ticked


def log(user: User, **wanted: Any) -> QuerySet[Engagement]:
    """Return the engagements that this person may read and that are wanted, the newest first.

    What may be wanted: `search` in what was said and in names, `kind`, `initiative`, `stakeholder`.
    """
    rows: QuerySet[Engagement] = Engagement.objects.visible_to(user)
    if search := wanted.pop("search", ""):
        named = Engagement.objects.filter(participants__name__icontains=search).order_by()
        rows = rows.filter(Q(summary__icontains=search) | Q(pk__in=named.values("pk")))
    if stakeholder := wanted.pop("stakeholder", None):
        rows = rows.filter(participants=stakeholder)
    rows = rows.filter(**{name: value for name, value in wanted.items() if value})
    return rows.select_related("initiative", "entered_by").prefetch_related("participants")


def likely(
    user: User,
    *,
    initiative: Initiative | None,
    first: int | None,
    among: QuerySet[Stakeholder] | None = None,
) -> list[Stakeholder]:
    """Return whom this person most likely met: the one named, those of the initiative, their own.

    At most twelve, by name; the one named always among them. `among` are those who are offered at
    all, whom they work with unless others are given.
    """
    known = Stakeholder.objects.known_to(user) if among is None else among
    known = known.filter(archived_at=None).select_related("person")
    own = known.filter(owner=user)
    if initiative:
        own = known.filter(interests__initiative=initiative)
    found = {one.pk: one for one in own.order_by("name", "pk")[:LIKELY]}
    if first and first not in found:
        found = {one.pk: one for one in known.filter(pk=first)} | found
    return sorted(list(found.values())[:LIKELY], key=lambda one: (one.name, one.pk))


@dataclass(frozen=True)
class Overdue:
    """A stakeholder with whom nobody has spoken for longer than was planned.

    `cadence` is the shorter of what is set for them and of what the plan repeats; `planned` is what
    the plan holds next, if anything.
    """

    stakeholder: Stakeholder
    last: date | None
    days_late: int | None
    cadence: str
    planned: PlannedActivity | None


def overdue(user: User, today: date | None = None) -> QuerySet[Stakeholder, Any]:
    """Return with whom contact is overdue, the longest ago first.

    How often somebody is to be in touch is what is set for them, or what the engagement plan
    repeats with them, whichever comes first. `last` is the day on which anybody spoke with them;
    those with whom nobody ever has come first. Who is in the plan only, and was never spoken with,
    is overdue once the day of the plan is over. Who does not want to be contacted is left out.
    """
    day = today or timezone.localdate()
    repeated = PlannedActivity.objects.open().filter(
        stakeholders=OuterRef("pk"), cadence__isnull=False
    )
    in_plan = repeated.order_by("cadence").values("cadence")[:1]
    late = repeated.filter(due_on__lt=day)
    rows = Stakeholder.objects.current().contactable().known_to(user)
    timed = rows.annotate(in_plan=Subquery(in_plan), last=Max("engagements__day")).annotate(
        often=Least(Coalesce("cadence", "in_plan"), Coalesce("in_plan", "cadence"))
    )
    due = Q(Q(last=None), Q(cadence__isnull=False) | Q(Exists(late)))
    for cadence in Cadence.values:
        due |= Q(often=cadence, last__lt=day - timedelta(days=cadence))
    ordered = timed.filter(due).order_by(F("last").asc(nulls_first=True), "name", "pk")
    return ordered.select_related("owner")


def told(user: User, stakeholders: Iterable[Any], today: date | None = None) -> list[Overdue]:
    """Return how late contact is with each of those that `overdue` has found, and what is planned."""
    day = today or timezone.localdate()
    rows = list(stakeholders)
    planned = next_planned(user, rows)
    return [
        Overdue(
            stakeholder=one,
            last=one.last,
            days_late=(day - one.last).days - one.often if one.last else None,
            cadence=str(Cadence(one.often).label),
            planned=planned.get(one.pk),
        )
        for one in rows
    ]
