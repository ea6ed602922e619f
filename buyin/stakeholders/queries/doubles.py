"""Stakeholders that may be one: who looks like whom."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from buyin.accounts.models import User
from buyin.stakeholders.matching import Likeness, Party, Reason, matches
from buyin.stakeholders.models import NotDouble, Post, Stakeholder


@dataclass(frozen=True)
class Likely:
    """The ids of two stakeholders that may be one, and why."""

    pair: tuple[int, int]
    likeness: Likeness


@dataclass(frozen=True)
class Double:
    """Two stakeholders that may be one, and why; the one who was here first comes first."""

    first: Stakeholder
    second: Stakeholder
    likeness: Likeness

    @property
    def reasons(self) -> list[str]:
        """What speaks for it, and what against, in words."""
        words = {
            Reason.MAIL: _("the same mail address"),
            Reason.NEAR_MAIL: _("mail addresses that are nearly the same"),
            Reason.OTHER_MAIL: _("but other mail addresses"),
            Reason.NAME: _("the same name"),
            Reason.NEAR_NAME: _("names that are alike"),
            Reason.OTHER_NAME: _("but other names"),
            Reason.PLACE: _("in the same place"),
            Reason.OTHER_PLACE: _("but in other places"),
        }
        return [words[one] for one in self.likeness.reasons]


def likely_doubles(viewer: User, *, of: Stakeholder | None = None) -> list[Likely]:
    """Return pairs that may be one, the surest first: by mail address, name and place.

    Pairs that somebody set apart are left out. The number of queries is constant.
    """
    parties = _parties(Stakeholder.objects.known_to(viewer))
    apart = set(NotDouble.objects.values_list("first", "second"))
    found = [
        Likely((int(match.party.key), int(party.key)), match.likeness)
        for party, likely in zip(parties, matches(parties, ()), strict=True)
        for match in likely
    ]
    wanted = [one for one in found if one.pair not in apart and (of is None or of.pk in one.pair)]
    return sorted(wanted, key=lambda one: (-one.likeness.sureness, -one.likeness.score, one.pair))


def shown_doubles(likely: Sequence[Likely]) -> list[Double]:
    """Return these pairs with the stakeholders themselves; one query."""
    keys = {pk for one in likely for pk in one.pair}
    rows = Stakeholder.objects.filter(pk__in=keys)
    related = rows.select_related("person", "organisation", "group", "department")
    found = {row.pk: row for row in related}
    return [Double(found[one.pair[0]], found[one.pair[1]], one.likeness) for one in likely]


def _parties(known: QuerySet[Stakeholder]) -> list[Party]:
    """Return what tells stakeholders apart, those who were here first before the others."""
    places = _places(known)
    rows = known.order_by("pk").values_list(
        "pk", "name", "department", "person", "organisation", "person__email"
    )
    return [
        Party(
            key=str(pk),
            kind="person" if person else "organisation" if organisation else "group",
            name=name,
            mail=(mail or "").lower(),
            places=frozenset(places[pk] | ({f"department {department}"} if department else set())),
        )
        for pk, name, department, person, organisation, mail in rows
    ]


def _places(known: QuerySet[Stakeholder]) -> defaultdict[int, set[str]]:
    """Return the organisations and departments in which each person holds a post; one query."""
    found: defaultdict[int, set[str]] = defaultdict(set)
    held = Post.objects.held().filter(person__stakeholder__in=known.order_by().values("pk"))
    for pk, organisation, department in held.order_by().values_list(
        "person__stakeholder", "organisation", "department"
    ):
        if organisation:
            found[pk].add(f"organisation {organisation}")
        if department:
            found[pk].add(f"department {department}")
    return found
