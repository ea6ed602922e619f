"""What happened with stakeholders about initiatives up to a day: rows for many at once."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from itertools import groupby
from operator import itemgetter
from typing import Any

from django.db.models import DateField, Q, QuerySet, Value
from django.db.models.functions import Cast

from buyin.accounts.models import User
from buyin.among import Among, as_one
from buyin.features import Evidence, all_features
from buyin.prepared import Prepared
from buyin.stakeholders.models import (
    Commitment,
    CommitmentEntry,
    DiscussionPoint,
    Engagement,
    Part,
    Participation,
    Raci,
)

Step = CommitmentEntry.Step
# A stakeholder in an initiative; None stands for what was about none in particular.
type Place = tuple[int, int | None]
type Stakeholders = Collection[int] | QuerySet[Any, Any]  # by id, or a subquery of ids
type Entry = tuple[str, Decimal, date]  # of a commitment: the step, how much, and when


@dataclass
class Meetings:
    """With whom, when, and how it went: `hidden` are those of which one may know that they were."""

    days: list[date] = field(default_factory=list)
    moods: list[tuple[date, int]] = field(default_factory=list)
    hidden: int = 0


@dataclass(frozen=True)
class Promise:
    """One commitment as it stood on a day: days are None where it was not, or is not known, then."""

    is_made: bool
    kept_on: date | None
    late_since: date | None
    declined_on: date | None


def meetings(viewer: User, stakeholders: Stakeholders, day: date) -> dict[Place, Meetings]:
    """Return the engagements of these stakeholders by a day, the earliest first.

    Of what is confidential and not for the viewer only the day is known, not how it went. One query,
    and one more where something is confidential.
    """
    ordered: list[Any]
    if isinstance(stakeholders, QuerySet):
        ordered = list(_met(day).filter(stakeholder__in=stakeholders))
    else:
        ordered = list(MET.rows(day=day.isoformat(), stakeholders=as_one(stakeholders)))
    readable = _readable(viewer, {row[2] for row in ordered if row[-1]})
    found: dict[Place, Meetings] = defaultdict(Meetings)
    for stakeholder, initiative, pk, on, mood, is_confidential in ordered:
        there = found[stakeholder, initiative]
        there.days.append(on)
        if is_confidential and pk not in readable:
            there.hidden += 1
        elif mood is not None:
            there.moods.append((on, mood))
    return found


def _met(day: date | Cast) -> QuerySet[Participation, Any]:
    rows = Participation.objects.filter(engagement__day__lte=day)
    fields = ("stakeholder", "engagement__initiative", "engagement", "engagement__day")
    more = ("engagement__sentiment", "engagement__is_confidential")
    return rows.order_by("engagement__day", "engagement").values_list(*fields, *more)


def _met_by(day: str, stakeholders: str) -> QuerySet[Participation, Any]:
    return _met(Cast(Value(day), DateField())).filter(Among("stakeholder", stakeholders))


# The same of a few, in words found once.
MET = Prepared(_met_by, day=str, stakeholders=str)


def _readable(viewer: User, engagements: Collection[int]) -> set[int]:
    if not engagements:
        return set()
    rows = Engagement.objects.visible_to(viewer).filter(pk__in=engagements).order_by()
    return set(rows.values_list("pk", flat=True))


def points(viewer: User, stakeholders: Collection[int], day: date) -> dict[Place, tuple[int, int]]:
    """Return how many points of engagements were open and done by a day, as far as one may read."""
    rows = (
        DiscussionPoint.objects.filter(
            Q(owner__isnull=False) | Q(done_on__isnull=False),
            engagement__participations__stakeholder__in=stakeholders,
            engagement__in=Engagement.objects.visible_to(viewer).order_by().values("pk"),
            engagement__day__lte=day,
        )
        .order_by()
        .values_list("engagement__participations__stakeholder", "engagement__initiative", "done_on")
    )
    found: dict[Place, tuple[int, int]] = defaultdict(lambda: (0, 0))
    for stakeholder, initiative, done_on in rows:
        is_done = done_on is not None and done_on <= day
        still, done = found[stakeholder, initiative]
        found[stakeholder, initiative] = (still + (not is_done), done + is_done)
    return found


def promises(viewer: User, stakeholders: Stakeholders, day: date) -> dict[Place, list[Promise]]:
    """Return what these stakeholders promised, as it stood on a day; one query."""
    told: Iterable[Any]
    if viewer.sees_agency and not isinstance(stakeholders, QuerySet):  # and so reads all of theirs
        told = SAID.rows(day=day.isoformat(), stakeholders=as_one(stakeholders))
    else:
        readable = Commitment.objects.visible_to(viewer).filter(stakeholder__in=stakeholders)
        told = _said(day).filter(commitment__in=readable.order_by().values("pk"))
    found: dict[Place, list[Promise]] = defaultdict(list)
    for (_pk, stakeholder, initiative, due), entries in groupby(told, key=itemgetter(0, 1, 2, 3)):
        promise = _promise(due, (entry[-3:] for entry in entries), day)
        found[stakeholder, initiative].append(promise)
    return found


def _said(day: date | Cast) -> QuerySet[CommitmentEntry, Any]:
    rows = CommitmentEntry.objects.filter(day__lte=day).order_by("commitment_id", "day", "pk")
    whose = ("commitment__stakeholder", "commitment__initiative", "commitment__needed_by")
    return rows.values_list("commitment", *whose, "step", "amount", "day")


def _said_by(day: str, stakeholders: str) -> QuerySet[CommitmentEntry, Any]:
    until = Cast(Value(day), DateField())
    return _said(until).filter(Among("commitment__stakeholder", stakeholders))


SAID = Prepared(_said_by, day=str, stakeholders=str)


def _promise(due: date | None, entries: Iterable[Entry], day: date) -> Promise:
    amounts: dict[str, Decimal] = defaultdict(Decimal)
    kept_on = declined_on = None
    for step, amount, on in entries:
        if step == Step.DECLINED:
            declined_on = on
            continue
        amounts[step] = amount
        declined_on = None
        is_kept = 0 < amounts[Step.RECEIVED] >= amounts[Step.REQUESTED]
        kept_on = (kept_on or on) if is_kept else None
    is_made = any(amounts[step] for step in (Step.PLEDGED, Step.COMMITTED, Step.RECEIVED))
    is_late = is_made and not kept_on and not declined_on and due is not None and due < day
    late_since = due + timedelta(days=1) if is_late and due else None
    return Promise(is_made, kept_on, late_since, declined_on)


def parts(stakeholders: Collection[int]) -> dict[Place, list[str]]:
    """Return the parts in deliverables in words; they have no day, so they are those of today."""
    found: dict[Place, list[str]] = defaultdict(list)
    for one in Raci.objects.filter(stakeholder__in=stakeholders):
        words = f"{one.deliverable}: {Part(one.part).label}"
        found[one.stakeholder_id, one.initiative_id].append(words)
    return found


def told_by_features(
    viewer: User, people: Mapping[int, int], day: date
) -> dict[Place, list[Evidence]]:
    """Return what the features know of these people by a day; they are stakeholders by account."""
    found: dict[Place, list[Evidence]] = defaultdict(list)
    for feature in all_features() if people else ():
        for one in feature.evidence_on(list(people), viewer=viewer, until=day):
            found[people[one.person], one.initiative].append(one)
    return found
