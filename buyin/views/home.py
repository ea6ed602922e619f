"""What waits for a person, or for a visitor what the portal is."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.db.models import Case, QuerySet, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from buyin.accounts.models import Role, User
from buyin.features import Task, all_features, by_day
from buyin.initiatives.models import Initiative, Stage
from buyin.readiness import charts, wording
from buyin.readiness.queries import newest_standing
from buyin.readiness.views import look_of

NOON, EVENING, NIGHT = 12, 18, 4
WEEK = 7
FEW = 5
MANY = 8  # more than these are easier to take in by how near their days are


@dataclass(frozen=True)
class Waiting:
    """A task as the list shows it: with the words for its day."""

    task: Task
    now: datetime

    @cached_property
    def nearness(self) -> int:
        """Return how near its day is: 0 over, 1 within a week, 2 later, 3 without a day."""
        if self.task.due is None:
            return 3
        if self.task.due < self.now:
            return 0
        return 1 if self._days < WEEK else 2

    @cached_property
    def _day(self) -> date:
        return (self.task.due or self.now).astimezone(self.now.tzinfo).date()

    @cached_property
    def _days(self) -> int:
        return (self._day - self.now.date()).days

    @cached_property
    def due(self) -> str:
        """Return "due Friday" or "due 12 December"; empty where nothing is due."""
        if self.task.due is None:
            return ""
        if self.task.due < self.now:
            return _("was due %(day)s") % {"day": date_format(self._day, "MONTH_DAY_FORMAT")}
        if self._days == 0:
            return _("due today")
        if self._days == 1:
            return _("due tomorrow")
        return _("due %(day)s") % {
            "day": date_format(self._day, "l" if self._days < WEEK else "MONTH_DAY_FORMAT")
        }


@dataclass(frozen=True)
class Span:
    """What waits within one span of time, and how that is called; nothing where there is but one."""

    name: str
    waiting: list[Waiting]


def in_spans(waiting: list[Waiting]) -> list[Span]:
    """Return what waits by how near it is, the nearest first; few things are not taken apart."""
    if len(waiting) <= MANY:
        return [Span("", waiting)] if waiting else []
    names = _("Late"), _("Within a week"), _("Later"), _("Without a day")
    spans = [
        Span(name, [one for one in waiting if one.nearness == n]) for n, name in enumerate(names)
    ]
    return [span for span in spans if span.waiting]


@require_safe
@login_not_required
def home(request: HttpRequest) -> HttpResponse:
    """Show what waits for the person who is signed in, or the front page to everybody else."""
    if not isinstance(request.user, User):
        offers = [offer for feature in all_features() for offer in feature.offers()]
        return render(request, "buyin/front.html", {"offers": offers})
    person = request.user
    now = timezone.localtime()
    found = (f.tasks_for(person, cookies=request.COOKIES) for f in all_features())
    tasks = by_day(task for tasks in found for task in tasks)
    waiting = [Waiting(task, now) for task in tasks]
    context = {
        "greeting": greeting(now),
        "waiting": waiting,
        "spans": in_spans(waiting),
        "minutes": sum(task.minutes or 0 for task in tasks),
        "all_timed": all(task.minutes for task in tasks),
        "initiatives": _initiatives(person),
        "oversees": person.has_role(Role.EXECUTIVE),
    }
    more = _reach(person) if context["oversees"] else _own(person)
    return render(request, "buyin/home.html", context | more)


def _initiatives(person: User) -> QuerySet[Initiative]:
    """Return a few initiatives near a person, those that they lead before the others."""
    near = Initiative.objects.visible_to(person).exclude(stage=Stage.RETIRED)
    is_other = Case(When(lead=person, then=False), default=True)
    return near.order_by(is_other, "name", "pk")[:FEW]


def _own(person: User) -> dict[str, Any]:
    """Return where the department stands in which a person works."""
    standing = newest_standing(person)
    return {
        "standing": standing,
        "stands": wording.standing_title(standing) if standing else "",
        "answered": wording.answered_of(standing) if standing else "",
    }


def _reach(person: User) -> dict[str, Any]:
    """Return where the departments stand that a person oversees, and what runs in them."""
    look = look_of(person)
    board = look.reading.board(look.scope) if look else None
    context = {
        "standing": None,
        "board": board,
        "running": [one for feature in all_features() for one in feature.running_for(person)],
    }
    if look is None or board is None:
        return context
    return context | {
        "stands": wording.title_of(board),
        "sentence": wording.sentence_of(board),
        "lines": charts.department_lines(board, query=look.query),
        "initiative": look.snapshot.initiative,
        "readiness_url": look.dashboard_url,
    }


def greeting(now: datetime) -> str:
    """Return the greeting for this hour of the day."""
    if NIGHT < now.hour < NOON:
        return _("Good morning")
    return _("Good afternoon") if NOON <= now.hour < EVENING else _("Good evening")
