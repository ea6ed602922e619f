"""Needs as pages and reports read them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from buyin.accounts.models import Department, Role, RoleAssignment, User
from buyin.readiness.release import path_up
from surveys.models import Evidence, Need

from .evidence import people_behind

TENS = 10
PLACES = {
    Evidence.Kind.SAID: _("meetings and other sources"),
    Evidence.Kind.RESULT: _("surveys"),
    Evidence.Kind.WRITTEN: _("surveys"),
    Evidence.Kind.THEME: _("interviews"),
    Evidence.Kind.NOTE: _("interviews"),
    Evidence.Kind.TASK: _("usability tests"),
}


@dataclass(frozen=True)
class Told:
    """A need as everybody reads it.

    Departments are those only in which enough people said so; `heard_in` names the kinds of
    sources, and `at_least` how many people stand behind the largest, in tens, 0 where too few do.
    """

    need: Need
    departments: list[Department]
    heard_in: list[str]
    at_least: int


@dataclass(frozen=True)
class News:
    """How many needs are new and how many were answered in a period."""

    new: int
    answered: int


def told_to(needs: Iterable[Need]) -> list[Told]:
    """Return needs with the departments that may be named.

    A department is named where one piece of evidence rests on enough people there or under it.
    Several pieces may come from the same people, so they are not added up.
    """
    needs = list(needs)
    parents = dict(Department.objects.order_by().values_list("pk", "parent_id"))
    named: dict[int, set[int]] = {}
    pieces: dict[int, list[Evidence]] = {}
    standing = list(Evidence.objects.filter(need__in=needs).standing())
    people = people_behind(standing)
    for one in standing:
        pieces.setdefault(one.need_id, []).append(one)
        if one.people >= settings.SMALLEST_GROUP:
            named.setdefault(one.need_id, set()).update(path_up(one.department_id, parents))
    return [
        Told(
            need,
            [one for one in need.departments.all() if one.pk in named.get(need.pk, set())],
            _heard_in(pieces.get(need.pk, [])),
            _at_least([people[one.pk] for one in pieces.get(need.pk, [])]),
        )
        for need in needs
    ]


def _heard_in(pieces: Iterable[Evidence]) -> list[str]:
    """Return where a need was heard, each kind of place once."""
    return list(dict.fromkeys(str(PLACES[Evidence.Kind(one.kind)]) for one in pieces))


def _at_least(people: Iterable[int]) -> int:
    """Return how many people stand behind the largest piece, in tens, 0 where too few do.

    Pieces are not added up: they may come from the same people.
    """
    most = max(people, default=0)
    return most - most % TENS if most >= settings.SMALLEST_GROUP else 0


def for_everybody(user: User) -> QuerySet[Need]:
    """Return what this person may read, the most pressing first."""
    needs = Need.objects.visible_to(user).ranked().select_related("initiative")
    return needs.prefetch_related("departments", "remedies")


def worked_on_of(user: User, needs: Iterable[Need]) -> set[int]:
    """Return the keys of those of these needs that this person keeps or takes care of."""
    mine = Need.objects.worked_on_by(user).filter(pk__in=[need.pk for need in needs])
    return set(mine.order_by().values_list("pk", flat=True))


def standing_for(pk: int) -> int:
    """Return the id of the need that stands for this one, which may have been put into others."""
    while stands := Need.objects.filter(pk=pk).values_list("merged_into", flat=True).first():
        pk = stands
    return pk


def needs_on(user: User, evidence: Evidence) -> QuerySet[Need]:
    """Return the needs that this person keeps and that rest on this source already."""
    same = Evidence.objects.filter(**evidence.identity)
    return Need.objects.kept_by(user).filter(pk__in=same.values("need")).order_by("statement")


def keeps_needs(user: User) -> bool:
    """Return whether this person writes needs: the survey team does."""
    return user.has_role(Role.LEAD, Role.ADMINISTRATOR) or user.leads_initiatives


def works_on_needs(user: User) -> bool:
    """Return whether there are needs that this person keeps or takes care of."""
    return keeps_needs(user) or user.owned_needs.exists()


def news_for(people: Sequence[User], *, since: datetime, until: datetime) -> dict[int, News]:
    """Return what is new for those who keep needs, by person; two queries for any number."""
    period = (since, until)
    recent = Q(created_at__range=period) | Q(answered_at__range=period)
    rows = list(
        Need.objects.standing()
        .filter(recent)
        .values_list("initiative__lead", "owner", "created_at", "answered_at")
    )
    if not rows:
        return {}
    everywhere = RoleAssignment.objects.filter(
        role__in=[Role.LEAD, Role.ADMINISTRATOR], department__isnull=True, person__in=people
    )
    leads = set(everywhere.order_by().values_list("person", flat=True))
    found = {}
    for person in people:
        own = rows if person.pk in leads else [row for row in rows if person.pk in row[:2]]
        new = sum(_is_in(created, since, until) for _lead, _owner, created, _done in own)
        answered = sum(_is_in(done, since, until) for _lead, _owner, _created, done in own)
        if new or answered:
            found[person.pk] = News(new, answered)
    return found


def _is_in(moment: datetime | None, since: datetime, until: datetime) -> bool:
    return moment is not None and since <= moment <= until
