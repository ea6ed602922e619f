"""Engagements as the log shows them, and with whom contact is overdue."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import F, Max, Min, Q, QuerySet
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
    rows = Stakeholder.objects.current().contactable().known_to(user)
    # Whichever of both comes first is over as soon as one of them is.
    due = Q(Q(last=None), Q(cadence__isnull=False) | Q(pk__in=_repeated(due_on__lt=day)))
    for cadence in Cadence.values:
        often = Q(cadence=cadence) | Q(pk__in=_repeated(cadence=cadence))
        due |= Q(often, last__lt=day - timedelta(days=cadence))
    timed = rows.annotate(last=Max("engagements__day")).filter(due)
    ordered = timed.order_by(F("last").asc(nulls_first=True), "name", "pk")
    return ordered.select_related("owner")


def _repeated(**narrow: Any) -> QuerySet[Any, Any]:
    """Return the ids of the stakeholders with whom the plan repeats something."""
    rows = PlannedActivity.objects.open().filter(cadence__isnull=False, **narrow)
    found: QuerySet[Any, Any] = rows.filter(stakeholders__isnull=False).order_by()
    return found.values("stakeholders")


def told(user: User, stakeholders: Iterable[Any], today: date | None = None) -> list[Overdue]:
    """Return how late contact is with each of those that `overdue` has found, and what is planned."""
    day = today or timezone.localdate()
    rows = list(stakeholders)
    planned = next_planned(user, rows)
    in_plan = _cadences_in_plan(rows)
    found = []
    for one in rows:
        often = min(n for n in (one.cadence, in_plan.get(one.pk)) if n is not None)
        late = (day - one.last).days - often if one.last else None
        label = str(Cadence(often).label)
        found.append(Overdue(one, one.last, late, label, planned.get(one.pk)))
    return found


def _cadences_in_plan(rows: Sequence[Stakeholder]) -> dict[int, int]:
    """Return how often the plan repeats something with each of these, at the most; one query."""
    found = PlannedActivity.objects.open().filter(cadence__isnull=False, stakeholders__in=rows)
    shortest = found.order_by().values_list("stakeholders").annotate(Min("cadence"))
    return dict(shortest)
