"""Needs as pages and reports read them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import Q, QuerySet

from buyin.accounts.models import Department, Role, RoleAssignment, User
from buyin.readiness.release import path_up
from surveys.models import Evidence, Need, Note, TaskResult, Theme, UsabilityTask


@dataclass(frozen=True)
class Told:
    """A need as everybody reads it: with those departments only in which enough people said so."""

    need: Need
    departments: list[str]


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
    enough = Evidence.objects.filter(
        need__in=needs, people__gte=settings.SMALLEST_GROUP, department__isnull=False
    )
    for need, department in enough.order_by().values_list("need", "department"):
        named.setdefault(need, set()).update(path_up(department, parents))
    return [
        Told(need, [d.name for d in need.departments.all() if d.pk in named.get(need.pk, set())])
        for need in needs
    ]


def for_everybody(user: User) -> QuerySet[Need]:
    """Return what this person may read, the most pressing first."""
    needs = Need.objects.visible_to(user).ranked().select_related("initiative")
    return needs.prefetch_related("departments", "remedies")


def people_behind(*, theme: Theme | None = None, task: UsabilityTask | None = None) -> int:
    """Return in how many sessions a theme was named or a task was not done with ease."""
    counts = {"session__finished_at__isnull": False, "session__withdrawn_on__isnull": True}
    if theme is not None:
        named = Note.objects.filter(themes=theme, **counts)
        return named.order_by().values("session").distinct().count()
    results = TaskResult.objects.filter(task=task, **counts)
    return results.exclude(success=TaskResult.Success.YES).count()


def keeps_needs(user: User) -> bool:
    """Return whether this person writes needs: the survey team does."""
    return user.has_role(Role.LEAD, Role.ADMINISTRATOR) or user.led_initiatives.exists()


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
        new = sum(_is_in(created, since, until) for _l, _o, created, _a in own)
        answered = sum(_is_in(done, since, until) for _l, _o, _c, done in own)
        if new or answered:
            found[person.pk] = News(new, answered)
    return found


def _is_in(moment: datetime | None, since: datetime, until: datetime) -> bool:
    return moment is not None and since <= moment <= until
