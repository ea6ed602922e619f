"""Commitments as pages, files and programs read them, and how much of what is needed they cover."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F, Q, QuerySet, Sum
from django.utils import timezone

from buyin import editing
from buyin.accounts.models import User
from buyin.initiatives.models import Initiative
from buyin.stakeholders.models import Commitment
from buyin.stakeholders.models.commitments import CommitmentQuerySet
from buyin.stakeholders.promises import Amounts

STEPS = ("requested", "pledged", "committed", "received")
CHANGEABLE = (
    "kind", "title", "requested", "unit", "needed_by", "begins_on", "ends_on", "expires_on",
    "conditions",
)  # fmt: skip
STANDS = ("late", "waiting", "lapsed", "declined", "received")


@dataclass(frozen=True)
class Cover:
    """How much of one kind, counted in one unit, an initiative has asked for, and what came of it."""

    kind: Commitment.Kind
    unit: str
    amounts: Amounts


def coverage_of(initiative: Initiative) -> list[Cover]:
    """Return a line for each kind and unit of an initiative's commitments; one query.

    Amounts of several units are never added up. What was declined is still needed, so it counts as
    requested.
    """
    return list(_covers(Commitment.objects.filter(initiative=initiative)))


def _covers(commitments: QuerySet[Commitment]) -> Iterator[Cover]:
    sums = {f"sum_{step}": Sum(step) for step in STEPS}
    order = list(Commitment.Kind)
    rows = commitments.order_by().values_list("kind", "unit").annotate(**sums)
    found = [(Commitment.Kind(kind), unit, Amounts(*amounts)) for kind, unit, *amounts in rows]
    for kind, unit, amounts in sorted(found, key=lambda one: (order.index(one[0]), one[1])):
        yield Cover(kind, unit, amounts)


def commitments_of(initiative: Initiative, user: User) -> QuerySet[Commitment]:
    """Return the commitments to an initiative that this person may read, the first due first."""
    return commitment_list(user, initiative=initiative)


def commitment_list(user: User, **wanted: Any) -> CommitmentQuerySet:
    """Return all commitments that this person may read and that are wanted, the first due first.

    What may be wanted: `search` in titles, givers and initiatives, `kind`, `initiative`, and
    `stands` (late, waiting, lapsed, declined or received).
    """
    rows: CommitmentQuerySet = Commitment.objects.visible_to(user)
    if search := wanted.pop("search", ""):
        words = Q(title__icontains=search) | Q(stakeholder__name__icontains=search)
        rows = rows.filter(words | Q(initiative__name__icontains=search))
    if stands := wanted.pop("stands", ""):
        rows = rows.filter(pk__in=_standing(stands, timezone.localdate()).order_by().values("pk"))
    rows = rows.filter(**{name: value for name, value in wanted.items() if value})
    return rows.select_related("initiative", "stakeholder")


def _standing(stands: str, today: date) -> QuerySet[Commitment]:
    every = Commitment.objects
    found: dict[str, QuerySet[Commitment]] = {
        "late": every.late(today),
        "waiting": every.filter(pledged=0, committed=0, received=0, declined_on=None),
        "lapsed": every.lapsed(today),
        "declined": every.filter(declined_on__isnull=False),
        "received": every.filter(received__gt=0, received__gte=F("requested")),
    }
    return found[stands]


def mark_of(commitment: Commitment) -> str:
    """Return a name for what may be changed of a commitment: another one as soon as that differs."""
    return editing.mark_of(commitment, *CHANGEABLE)


def asked_of(user: User) -> list[Commitment]:
    """Return what waits for this person's word, the first due first."""
    return list(Commitment.objects.asked_of(user).select_related("initiative", "stakeholder"))


def promised_by(user: User) -> list[Commitment]:
    """Return what this person has pledged, committed or given, the first due first."""
    found = Commitment.objects.promised_by(user)
    return list(found.select_related("initiative", "stakeholder"))
