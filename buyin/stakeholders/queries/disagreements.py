"""Where levels and evidence do not agree: all of them by their ids, and some of them with why."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import batched
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from buyin.accounts.models import User
from buyin.stakeholders.evidence import (
    COLD,
    QUIET_DAYS,
    RESISTANT,
    SUPPORTIVE,
    UNAWARE,
    WARM,
    Against,
    Facts,
    against,
)
from buyin.stakeholders.models import Commitment, CommitmentEntry, Interest, Participation

from . import happened
from .ledger import facts_of, suggestion

AT_ONCE = 5_000  # interests of which all that happened is gone through
MADE = ("pledged", "committed", "received")  # steps by which a promise is made
type Rows = QuerySet[Any, Any]


@dataclass(frozen=True)
class Disagreement:
    """An interest of which the level and what happened since do not agree, and why."""

    interest: int
    level: int
    facts: Facts
    against: Sequence[Against]

    @property
    def suggestion(self) -> str:
        """Why to assess again, in one sentence."""
        return suggestion(self.level, self.against)


def disagreements(viewer: User, interests: QuerySet[Interest]) -> list[Disagreement]:
    """Return where level and evidence disagree today, those with most against them first.

    As many queries for many interests as for one; `interests` are those that the viewer may read.
    All that happened with each of them is gone through: for all of an agency ask `disagreeing_ids`.
    """
    today = timezone.localdate()
    rows = _assessed(interests)
    fields = ("pk", "stakeholder", "initiative", "current", "assessed_on")
    judged = list(rows.values_list(*fields))
    if not judged:
        return []
    ids = rows.values("stakeholder")
    met = happened.meetings(viewer, ids, today)
    promised = happened.promises(viewer, ids, today)
    found = []
    for pk, stakeholder, initiative, level, assessed_on in judged:
        place = (stakeholder, initiative)
        facts = facts_of(level, assessed_on, place, met, promised.get(place, ()))
        if reasons := against(facts, today):
            found.append(Disagreement(pk, level, facts, reasons))
    return sorted(found, key=lambda one: (-len(one.against), one.interest))


def disagreeing_ids(viewer: User, interests: QuerySet[Interest]) -> list[int]:
    """Return the ids of the interests that `disagreements` finds, in its order.

    The database finds those of whom nothing but silence, or nothing but meetings, speaks against
    the level; only those with moods or promises, which say more, are gone through.
    """
    today = timezone.localdate()
    rows = _assessed(interests)
    numbers = dict.fromkeys(_ids(_quiet(rows, today), _told(rows, today)), 1)
    more = _ids(*_turned(rows, today), *_promised(rows, today))
    for some in batched(more, AT_ONCE, strict=False):
        found = disagreements(viewer, Interest.objects.filter(pk__in=some))
        numbers |= {one.interest: len(one.against) for one in found}
    # Sorting twice keeps those of one number by their ids, without a tuple for each of thousands.
    return sorted(sorted(numbers), key=numbers.__getitem__, reverse=True)


def _assessed(interests: QuerySet[Interest]) -> QuerySet[Interest]:
    return interests.filter(current__isnull=False, assessed_on__isnull=False).order_by()


def _ids(first: Rows, *others: Rows) -> list[int]:
    """Return the ids of all of these; each asks for one thing that exists, which is found quickest."""
    found = first.values_list("pk").union(*(one.values_list("pk") for one in others))
    return [pk for (pk,) in found.order_by()]


def _quiet(rows: Rows, today: date) -> Rows:
    """Keep those who are said to be for it, and whom nobody spoke with for long since."""
    since = today - timedelta(days=QUIET_DAYS)
    lately = _met(today).filter(engagement__day__gt=since)
    return rows.filter(~Exists(lately), current__gte=SUPPORTIVE, assessed_on__lte=since)


def _told(rows: Rows, today: date) -> Rows:
    """Keep those who are said to know nothing of it, and were met about it since."""
    return rows.filter(Exists(_since(_met(today))), current=UNAWARE)


def _turned(rows: Rows, today: date) -> Iterator[Rows]:
    """Yield those with whom an engagement since went against their level; perhaps only one."""
    met = _since(_met(today))
    cold, warm = (
        met.filter(**{f"engagement__sentiment__{than}": mood})
        for than, mood in (("lte", COLD), ("gte", WARM))
    )
    yield rows.filter(Exists(cold), current__gte=SUPPORTIVE)
    yield rows.filter(Exists(warm), current=RESISTANT)


def _promised(rows: Rows, today: date) -> Iterator[Rows]:
    """Yield those who should have given what they promised since, who declined, and who gave."""
    theirs = {"stakeholder": OuterRef("stakeholder"), "initiative": OuterRef("initiative")}
    made = {"entries__step__in": MADE, "entries__amount__gt": 0}
    due = Commitment.objects.filter(
        needed_by__gte=OuterRef("assessed_on"), needed_by__lt=today, **theirs, **made
    )
    said = CommitmentEntry.objects.filter(
        day__gt=OuterRef("assessed_on"),
        day__lte=today,
        **{f"commitment__{name}": value for name, value in theirs.items()},
    )
    declined = said.filter(step=CommitmentEntry.Step.DECLINED)
    given = said.filter(
        commitment__entries__step=CommitmentEntry.Step.RECEIVED, commitment__entries__amount__gt=0
    )
    yield rows.filter(Exists(due), current__gte=SUPPORTIVE)
    yield rows.filter(Exists(declined), current__gte=SUPPORTIVE)
    yield rows.filter(Exists(given), current=RESISTANT)


def _met(today: date) -> QuerySet[Participation]:
    """Return that somebody was met by today, about their initiative or none in particular."""
    about = Q(engagement__initiative=OuterRef("initiative")) | Q(engagement__initiative=None)
    return Participation.objects.filter(
        about, stakeholder=OuterRef("stakeholder"), engagement__day__lte=today
    )


def _since(met: QuerySet[Participation]) -> QuerySet[Participation]:
    return met.filter(engagement__day__gt=OuterRef("assessed_on"))


@dataclass(frozen=True)
class Row:
    """An interest with why to assess it again."""

    interest: Interest
    found: Disagreement


def with_interests(found: Sequence[Disagreement]) -> list[Row]:
    """Return these with the interests that they are about; one query."""
    rows = Interest.objects.select_related("stakeholder__department", "initiative")
    by_pk = rows.in_bulk([one.interest for one in found])
    return [Row(by_pk[one.interest], one) for one in found if one.interest in by_pk]


def told_why(viewer: User, ids: Sequence[int]) -> list[Row]:
    """Return a few of those that `disagreeing_ids` has found with why, in the same order."""
    return with_interests(disagreements(viewer, Interest.objects.filter(pk__in=ids)))
