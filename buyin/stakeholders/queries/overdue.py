"""With whom contact is overdue, by how often somebody is to be in touch with each."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from django.db.models import Exists, Min, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.dateparse import parse_date

from buyin.accounts.models import User
from buyin.stakeholders.models import Cadence, Participation, PlannedActivity, Stakeholder

from .by_hand import InParts, quoted, rows_of, worded
from .plans import next_planned

# Those that are looked at, with how often somebody is to be in touch: the shorter of what is set
# for them and of what the plan repeats.
TIMED = """
WITH known (id, name, cadence) AS ({known}),
planned (stakeholder, cadence, due_on) AS (
    SELECT t.stakeholder_id, MIN(a.cadence), MIN(a.due_on)
    FROM stakeholders_plannedactivity a
    JOIN stakeholders_plannedactivity_stakeholders t ON t.plannedactivity_id = a.id
    WHERE a.state = 'planned' AND a.cadence IS NOT NULL
    GROUP BY t.stakeholder_id
),
timed AS (
    SELECT known.id, known.name, known.cadence, planned.due_on,
        CASE WHEN planned.cadence < known.cadence THEN planned.cadence
            ELSE COALESCE(known.cadence, planned.cadence) END AS often
    FROM known LEFT JOIN planned ON planned.stakeholder = known.id
)
"""
# Whom nobody has met since is overdue; of those in the plan only who was met before, or is due.
NUMBER = """
SELECT COUNT(*) FROM timed
WHERE CASE often {not_since} END AND (cadence IS NOT NULL OR due_on < {today}
    OR id IN (SELECT stakeholder_id FROM stakeholders_participation))
"""
MET_SINCE = """
    SELECT p.stakeholder_id FROM stakeholders_participation p
    JOIN stakeholders_engagement e ON e.id = p.engagement_id WHERE e.day >= {day}
"""
SPOKEN = """
, met (stakeholder, last) AS (
    SELECT p.stakeholder_id, MAX(e.day) FROM stakeholders_participation p
    JOIN stakeholders_engagement e ON e.id = p.engagement_id GROUP BY p.stakeholder_id
)
SELECT timed.id, met.last FROM timed JOIN met ON met.stakeholder = timed.id
WHERE {is_late} ORDER BY last, name, id LIMIT %s OFFSET %s
"""


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


class OverdueContact(InParts):
    """With whom contact is overdue: first those with whom nobody ever spoke, then the others.

    Of a long list only the rows of a page are fetched. All of them have `last`, the day on which
    anybody spoke with them. `known` are those that are looked at.
    """

    def __init__(self, known: QuerySet[Stakeholder, Any], day: date) -> None:
        self.known, self.day = known.select_related("owner"), day

    @cached_property
    def _never(self) -> QuerySet[Stakeholder, Any]:
        met = Exists(Participation.objects.filter(stakeholder=OuterRef("pk")))
        wanted = Q(cadence__isnull=False) | Q(pk__in=_repeated(due_on__lt=self.day))
        return self.known.filter(~met, wanted).order_by("name", "pk")

    @cached_property
    def _number(self) -> int:
        number: int = self._rows(NUMBER)[0][0]
        return number

    def _rows(self, tail: str, *values: int) -> list[tuple[Any, ...]]:
        sql, params = worded(self.known.values_list("pk", "name", "cadence"))
        statement = (TIMED + tail).format(known=sql, today=quoted(self.day), **_limits(self.day))
        return rows_of(statement, [*params, *values])

    def _spoken(self, start: int, stop: int) -> list[Any]:
        last = dict(self._rows(SPOKEN, stop - start, start))
        by_pk: dict[int, Any] = self.known.in_bulk(list(last))
        for pk, one in by_pk.items():
            # SQLite has texts for days.
            one.last = parse_date(str(last[pk]))
        return [by_pk[pk] for pk in last if pk in by_pk]

    def __len__(self) -> int:
        return self._number

    def between(self, start: int, stop: int) -> list[Any]:
        """Return those in these places; a query for each of the two parts that they are of."""
        never = list(self._never[start:stop]) if start < stop else []
        for one in never:
            one.last = None
        end = start + len(never)
        if end >= stop:
            return never
        before = end if never or not start else self._never.count()
        return never + self._spoken(max(start - before, 0), stop - before)


def overdue(user: User, today: date | None = None, *, owner: User | None = None) -> OverdueContact:
    """Return with whom contact is overdue, the longest ago first; of one relationship owner or of all.

    How often somebody is to be in touch is what is set for them, or what the engagement plan
    repeats with them, whichever comes first. Those with whom nobody ever spoke come first. Who is
    in the plan only, and was never spoken with, is overdue once the day of the plan is over. Who
    does not want to be contacted is left out.
    """
    rows = Stakeholder.objects.current().contactable().known_to(user)
    known = rows.filter(owner=owner) if owner else rows
    return OverdueContact(known, today or timezone.localdate())


def _limits(today: date) -> dict[str, str]:
    """Return what must be so for each cadence: nobody was met since, or the last day is before."""
    since = {cadence: quoted(today - timedelta(days=cadence)) for cadence in Cadence.values}
    return {
        "not_since": " ".join(
            f"WHEN {cadence} THEN id NOT IN ({MET_SINCE.format(day=day)})"
            for cadence, day in since.items()
        ),
        "is_late": " OR ".join(
            f"(often = {cadence} AND last < {day})" for cadence, day in since.items()
        ),
    }


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
