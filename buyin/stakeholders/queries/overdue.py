"""With whom contact is overdue, by how often somebody is to be in touch with each."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from django.db.models import Exists, Max, Min, OuterRef, Q, QuerySet
from django.utils import timezone

from buyin.accounts.models import User
from buyin.stakeholders.models import Cadence, Participation, PlannedActivity, Stakeholder

from .plans import next_planned


@dataclass(frozen=True)
class Overdue:
    """A stakeholder with whom nobody has spoken for longer than was planned.

    `cadence` is the shorter of what is set for them and of what the plan repeats, `days` the same
    as a number; `planned` is what the plan holds next, if anything.
    """

    stakeholder: Stakeholder
    last: date | None
    days_late: int | None
    cadence: str
    planned: PlannedActivity | None
    days: int


class OverdueContact(Sequence[Any]):
    """With whom contact is overdue: first those with whom nobody ever spoke, then the others.

    Of a long list only the rows of a page are fetched. All of them have `last`, the day on which
    anybody spoke with them.
    """

    def __init__(
        self, never: QuerySet[Stakeholder, Any], spoken: QuerySet[Stakeholder, Any]
    ) -> None:
        self.never, self.spoken = never, spoken

    @cached_property
    def _split(self) -> int:
        return self.never.count()

    @cached_property
    def _length(self) -> int:
        return self._split + self.spoken.count()

    def __len__(self) -> int:
        return self._length

    def __iter__(self) -> Iterator[Any]:
        return iter(self[:])

    def __getitem__(self, wanted: Any) -> Any:
        """Return one or some of them; a query for each of the two parts that they are of."""
        if not isinstance(wanted, slice):
            return self[wanted : wanted + 1][0]
        start, stop, _step = wanted.indices(len(self))
        first, then = (
            slice(max(start - before, 0), max(stop - before, 0)) for before in (0, self._split)
        )
        never = list(self.never[first]) if first.start < self._split else []
        for one in never:
            one.last = None
        return never + (list(self.spoken[then]) if then.stop > then.start else [])


def overdue(user: User, today: date | None = None, *, owner: User | None = None) -> OverdueContact:
    """Return with whom contact is overdue, the longest ago first; of one relationship owner or of all.

    How often somebody is to be in touch is what is set for them, or what the engagement plan
    repeats with them, whichever comes first. Those with whom nobody ever spoke come first. Who is
    in the plan only, and was never spoken with, is overdue once the day of the plan is over. Who
    does not want to be contacted is left out.
    """
    day = today or timezone.localdate()
    rows = Stakeholder.objects.current().contactable().known_to(user).select_related("owner")
    rows = rows.filter(owner=owner) if owner else rows
    met = Exists(Participation.objects.filter(stakeholder=OuterRef("pk")))
    is_set = Q(cadence__isnull=False)
    never = rows.filter(~met, is_set | Q(pk__in=_repeated(due_on__lt=day)))
    # Whichever of both comes first is over as soon as one of them is.
    due = Q()
    for cadence in Cadence.values:
        often = Q(cadence=cadence) | Q(pk__in=_repeated(cadence=cadence))
        due |= Q(often, last__lt=day - timedelta(days=cadence))
    timed = rows.filter(is_set | Q(pk__in=_repeated()), participations__isnull=False)
    spoken = timed.annotate(last=Max("participations__engagement__day")).filter(due)
    return OverdueContact(never.order_by("name", "pk"), spoken.order_by("last", "name", "pk"))


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
        found.append(Overdue(one, one.last, late, label, planned.get(one.pk), often))
    return found


def _cadences_in_plan(rows: Sequence[Stakeholder]) -> dict[int, int]:
    """Return how often the plan repeats something with each of these, at the most; one query."""
    found = PlannedActivity.objects.open().filter(cadence__isnull=False, stakeholders__in=rows)
    shortest = found.order_by().values_list("stakeholders").annotate(Min("cadence"))
    return dict(shortest)
