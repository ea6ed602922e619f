"""Stakeholders that may be one: what tells them apart, who looks like whom, and what was found."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any, NamedTuple

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from buyin.accounts.models import User
from buyin.among import Among, as_one
from buyin.prepared import Prepared
from buyin.stakeholders.matching import Party, Reason, matches
from buyin.stakeholders.models import DoublesSearch, LikelyDouble, Post, Stakeholder

from .looked import last_look

WORDS = {
    Reason.MAIL: _("the same mail address"),
    Reason.NEAR_MAIL: _("mail addresses that are nearly the same"),
    Reason.OTHER_MAIL: _("but other mail addresses"),
    Reason.NAME: _("the same name"),
    Reason.NEAR_NAME: _("names that are alike"),
    Reason.OTHER_NAME: _("but other names"),
    Reason.PLACE: _("in the same place"),
    Reason.OTHER_PLACE: _("but in other places"),
}
type Told = tuple[int, str, str, str, tuple[str, ...]]  # id, kind, name, mail, places


class OneOfTwo(NamedTuple):
    """What a list of doubles says of each of the two: of fifty no records are made."""

    pk: int
    name: str
    department: str | None
    email: str | None


@dataclass(frozen=True)
class Double:
    """Two stakeholders that may be one, and why; the one who was here first comes first."""

    first: OneOfTwo
    second: OneOfTwo
    found: LikelyDouble

    @property
    def reasons(self) -> list[str]:
        """What speaks for it, and what against, in words."""
        return [str(WORDS[Reason(one)]) for one in self.found.reasons]


@dataclass(frozen=True)
class Registered:
    """All that tells the stakeholders of the agency apart, as it was read."""

    rows: Sequence[Told]

    @cached_property
    def digest(self) -> str:
        """A mark that is another one as soon as anything of it changed."""
        return hashlib.sha256(repr(self.rows).encode()).hexdigest()

    def pairs(self) -> list[LikelyDouble]:
        """Return the pairs that may be one, not stored. It takes seconds where there are many."""
        parties = [
            Party(key=str(pk), kind=kind, name=name, mail=mail, places=frozenset(places))
            for pk, kind, name, mail, places in self.rows
        ]
        return [
            LikelyDouble(
                first=int(match.party.key),
                second=int(party.key),
                sureness=match.likeness.sureness,
                score=match.likeness.score,
                reasons=[str(reason) for reason in match.likeness.reasons],
            )
            for party, likely in zip(parties, matches(parties, ()), strict=True)
            for match in likely
        ]


def shown_doubles(pairs: Iterable[LikelyDouble]) -> list[Double]:
    """Return these pairs with who the two are, but for those of which one is gone; one query."""
    likely = list(pairs)
    keys = as_one({pk for one in likely for pk in (one.first, one.second)})
    found = {row[0]: OneOfTwo(*row) for row in IN_PAIRS.rows(ids=keys)}
    return [
        Double(found[one.first], found[one.second], one)
        for one in likely
        if {one.first, one.second} <= found.keys()
    ]


def _in_pairs(ids: str) -> QuerySet[Stakeholder, Any]:
    rows = Stakeholder.objects.filter(Among("pk", ids)).order_by()
    return rows.values_list("pk", "name", "department__name", "person__email")


IN_PAIRS = Prepared(_in_pairs, ids=str)


def likely_ones(viewer: User, stakeholder: Stakeholder, most: int) -> list[Stakeholder]:
    """Return those with whom a stakeholder may be one, the likeliest first."""
    pairs = LikelyDouble.objects.visible_to(viewer).of(stakeholder)[:most]
    keys = [one.second if one.first == stakeholder.pk else one.first for one in pairs]
    related = Stakeholder.objects.select_related("person", "organisation", "group", "department")
    found = related.in_bulk(keys)
    return [found[pk] for pk in keys if pk in found]


def looked_for_at() -> datetime | None:
    """Return when pairs were looked for last; None where they never were."""
    search = last_look(DoublesSearch)
    return search.made_at if search else None


def registered() -> Registered:
    """Return what tells stakeholders apart, those who were here first before the others."""
    known = Stakeholder.objects.standing_alone()
    places = _places()
    rows = known.order_by("pk").values_list(
        "pk", "name", "department", "person", "organisation", "person__email"
    )
    return Registered(
        [
            (
                pk,
                "person" if person else "organisation" if organisation else "group",
                name,
                (mail or "").lower(),
                tuple(
                    sorted(places[person] | ({f"department {department}"} if department else set()))
                ),
            )
            for pk, name, department, person, organisation, mail in rows
        ]
    )


def _places() -> defaultdict[int | None, set[str]]:
    """Return the organisations and departments in which each person holds a post; one query."""
    found: defaultdict[int | None, set[str]] = defaultdict(set)
    held = Post.objects.held().order_by().values_list("person", "organisation", "department")
    for person, organisation, department in held:
        if organisation:
            found[person].add(f"organisation {organisation}")
        if department:
            found[person].add(f"department {department}")
    return found
