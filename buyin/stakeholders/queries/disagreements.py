"""Where levels and evidence do not agree, and why: gone through one by one."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils import timezone

from buyin.accounts.models import User
from buyin.stakeholders.evidence import Against, Facts, against
from buyin.stakeholders.models import Interest

from . import happened
from .ledger import facts_of, suggestion


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
    All that happened with each of them is gone through: of a whole agency `disagreeing_ids` tells
    which they are.
    """
    today = timezone.localdate()
    rows = interests.filter(current__isnull=False, assessed_on__isnull=False).order_by()
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
