"""With whom contact is overdue, by how often somebody is to be in touch with each."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple, cast

from django.db.models import (
    DateField,
    Func,
    IntegerField,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.functions import Cast, Coalesce
from django.db.models.sql.compiler import SQLCompiler
from django.utils import timezone

from buyin.accounts.models import User
from buyin.prepared import Prepared
from buyin.stakeholders.models import Cadence, PlannedActivity, Stakeholder
from buyin.stakeholders.models.stakeholders import LONGEST_AGO

from .plans import next_planned

ONCE = 10_000  # days: longer than anything is repeated


class Late(NamedTuple):
    """What is read of a stakeholder with whom contact is overdue; `cadence` is what is set for them.

    `repeated` is how often the plan repeats something with them, `ONCE` where it does not repeat
    it, None where it holds nothing. No record: for a page of them that takes longer than to find them.
    """

    pk: int
    name: str
    cadence: int | None
    last_contact_on: date | None
    owner__name: str | None
    owner__email: str | None
    repeated: int | None


class DaysAfter(Func):
    """The day so many days after another one; nothing where either is not known."""

    template = "(%(expressions)s)"
    arg_joiner = " + "
    output_field = DateField()

    def as_sqlite(self, compiler: SQLCompiler, connection: Any, **more: Any) -> Any:
        """Say it for SQLite, where days are texts."""
        template = "date(%(expressions)s || ' days')"
        return self.as_sql(compiler, connection, template=template, arg_joiner=", ", **more)


@dataclass(frozen=True)
class Overdue:
    """A stakeholder, by id and name, with whom nobody has spoken for longer than was planned.

    `cadence` is the shorter of what is set for them and of what the plan repeats, `days` the same
    as a number; `owner` is who keeps in touch, `planned` what the plan holds next, if anything.
    """

    stakeholder: int
    name: str
    owner: str
    last: date | None
    days_late: int | None
    cadence: str
    planned: PlannedActivity | None
    days: int


def overdue(
    user: User, today: date | None = None, *, owner: User | None = None
) -> QuerySet[Stakeholder, Late]:
    """Return with whom contact is overdue, the longest ago first; of one relationship owner or of all.

    How often somebody is to be in touch is what is set for them, or what the engagement plan
    repeats with them, whichever comes first. Those with whom nobody ever spoke come first. Who is
    in the plan only, and was never spoken with, is overdue once the day of the plan is over. Who
    does not want to be contacted is left out.
    """
    day = today or timezone.localdate()
    if user.sees_agency:
        late = _in_agency(day).all()
    else:
        late = _late(Stakeholder.objects.current().contactable().known_to(user), day)
    found: Any = late.filter(owner=owner) if owner else late
    return cast("QuerySet[Stakeholder, Late]", found.values_list(*Late._fields, named=True))


def number_overdue(user: User, *, owner: User | None = None) -> int:
    """Return with how many contact is overdue today, in words found once for the whole agency."""
    if owner or not user.sees_agency:
        return overdue(user, owner=owner).count()
    row = NUMBER.first(day=timezone.localdate().isoformat())
    return row[0] if row else 0


@lru_cache(maxsize=2)  # of today, and of the day that `NUMBER` is told later
def _in_agency(day: date | Cast) -> QuerySet[Stakeholder]:
    """Return all with whom contact is overdue, not fetched: to put it together takes its time.

    Whoever goes through it does so in one of their own (`all()`), which does not keep the rows.
    """
    return _late(Stakeholder.objects.current().contactable().standing_alone(), day)


def _number_in_agency(day: str) -> QuerySet[Any, Any]:
    late = _in_agency(Cast(Value(day), DateField())).order_by()
    number = Func("pk", function="COUNT", output_field=IntegerField())
    return late.annotate(number=number).values_list("number")


NUMBER = Prepared(_number_in_agency, day=str)


def _late(known: QuerySet[Stakeholder], day: date | Cast) -> QuerySet[Stakeholder]:
    """Keep those with whom contact is overdue by what is set or by what the plan repeats, in order.

    Who is late by the one or the other is late by the shorter of both.
    """
    late = known.alias(until=DaysAfter("last_contact_on", "cadence")).filter(
        Q(cadence__isnull=False, last_contact_on=None)
        | Q(until__lt=day)
        | Q(pk__in=_late_by_plan(day))
    )
    return late.annotate(repeated=_repeated()).order_by(LONGEST_AGO, "name", "pk")


def _late_by_plan(day: date | Cast) -> Any:
    """Return the ids of those with whom contact is overdue by what the plan repeats with them."""
    until = DaysAfter("stakeholder__last_contact_on", "plannedactivity__cadence")
    never = Q(stakeholder__last_contact_on=None, plannedactivity__due_on__lt=day)
    repeated = _in_plan().filter(plannedactivity__cadence__isnull=False)
    late = repeated.alias(until=until).filter(never | Q(until__lt=day))
    return late.order_by().values("stakeholder")


def _in_plan() -> QuerySet[Any, Any]:
    """Return what is planned with whom, a row for each of both."""
    through = PlannedActivity.stakeholders.through._default_manager  # noqa: SLF001
    rows: QuerySet[Any, Any] = through.filter(plannedactivity__state=PlannedActivity.State.PLANNED)
    return rows


def told(user: User, stakeholders: Iterable[Late], today: date | None = None) -> list[Overdue]:
    """Return how late contact is with each of those that `overdue` has found, and what is planned."""
    day = today or timezone.localdate()
    rows = list(stakeholders)
    in_plan = [one.pk for one in rows if one.repeated is not None]
    planned = next_planned(user, in_plan) if in_plan else {}
    labels: dict[int, str] = {}  # each is translated once
    found = []
    for one in rows:
        last = one.last_contact_on
        often = min(n for n in (one.cadence, one.repeated) if n is not None)
        late = (day - last).days - often if last else None
        label = labels.get(often) or labels.setdefault(often, str(Cadence(often).label))
        owner = one.owner__name or one.owner__email or ""
        next_step = planned.get(one.pk)
        found.append(Overdue(one.pk, one.name, owner, last, late, label, next_step, often))
    return found


def _repeated() -> Subquery:
    """Return how often the plan repeats something with a stakeholder, as `Late` has it."""
    with_them = _in_plan().filter(stakeholder=OuterRef("pk")).order_by().values("stakeholder")
    often = Min(Coalesce("plannedactivity__cadence", ONCE))
    return Subquery(with_them.annotate(often=often).values("often"))
