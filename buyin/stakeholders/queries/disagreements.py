"""Where levels and evidence do not agree, and why: gone through one by one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.db.models import QuerySet
from django.utils import timezone

from buyin.accounts.models import User
from buyin.stakeholders.evidence import Against, Facts, against
from buyin.stakeholders.models import Interest

from . import happened
from .ledger import facts_of, suggestion

# An interest, its stakeholder, its initiative, the level and when it was assessed.
type Judged = tuple[int, int, int, int | None, date | None]
JUDGED = ("pk", "stakeholder", "initiative", "current", "assessed_on")
NAMED = ("stakeholder__name", "stakeholder__department__name", "initiative__name")


@dataclass(frozen=True)
class Disagreement:
    """An interest of which the level and what happened since do not agree, and why."""

    interest: int
    level: int | None
    facts: Facts
    against: Sequence[Against]

    @property
    def suggestion(self) -> str:
        """Why to assess again, in one sentence."""
        return suggestion(self.level, self.against)


def disagreements(viewer: User, interests: QuerySet[Interest]) -> list[Disagreement]:
    """Return where level and evidence disagree today, those with most against them first.

    As many queries for many interests as for one; `interests` are those that the viewer may read.
    All that happened with each of them is gone through: of a whole agency `disagreeing_ids` tells
    which they are.
    """
    rows = interests.filter(current__isnull=False, assessed_on__isnull=False).order_by()
    return _against(viewer, rows.values_list(*JUDGED), rows.values("stakeholder"))


def _against(
    viewer: User, judged: Iterable[Judged], stakeholders: happened.Stakeholders
) -> list[Disagreement]:
    today = timezone.localdate()
    if not judged:
        return []
    met = happened.meetings(viewer, stakeholders, today)
    promised = happened.promises(viewer, stakeholders, today)
    found = []
    for pk, stakeholder, initiative, level, assessed_on in judged:
        place = (stakeholder, initiative)
        facts = facts_of(level, assessed_on, place, met, promised.get(place, ()))
        if reasons := against(facts, today):
            found.append(Disagreement(pk, level, facts, reasons))
    return sorted(found, key=lambda one: (-len(one.against), one.interest))


class Named(NamedTuple):
    """An interest with the names of its stakeholder, of their department and of its initiative."""

    interest: int
    stakeholder: int
    initiative: int
    level: int | None
    assessed_on: date | None
    who: str
    department: str | None
    what: str


@dataclass(frozen=True)
class Row:
    """An interest as lists show it, with why to assess it again."""

    about: Named
    found: Disagreement


def with_names(found: Sequence[Disagreement]) -> list[Row]:
    """Return these with the names of what they are about; one query."""
    by_pk = _named(Interest.objects.all(), [one.interest for one in found])
    return [Row(by_pk[one.interest], one) for one in found if one.interest in by_pk]


def told_why(
    viewer: User, ids: Sequence[int], among: QuerySet[Interest] | None = None
) -> list[Row]:
    """Return a few of those that `disagreeing_ids` has found with why, in the same order.

    Of those that were found a while ago, what they still are `among` is to be said.
    """
    by_pk = _named(Interest.objects.all() if among is None else among, ids)
    judged = [
        (one.interest, one.stakeholder, one.initiative, one.level, one.assessed_on)
        for one in by_pk.values()
    ]
    found = _against(viewer, judged, {one.stakeholder for one in by_pk.values()})
    return [Row(by_pk[one.interest], one) for one in found]


def _named(rows: QuerySet[Interest], ids: Sequence[int]) -> dict[int, Named]:
    # Not as records: for a page of them that takes longer than to find it.
    wanted = rows.filter(pk__in=ids).order_by().values_list(*JUDGED, *NAMED)
    return {one[0]: Named(*one) for one in wanted}
