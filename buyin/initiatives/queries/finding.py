"""Initiatives looked for: by words, stage, department and lead, in the order that was asked for."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import (
    Case,
    F,
    IntegerField,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.utils import timezone

from buyin.accounts.models import User, line_ids, subtree_ids
from buyin.initiatives.models import Initiative, Milestone, Stage, Update

MOST_WORDS = 5


@dataclass(frozen=True)
class Search:
    """What somebody looks for; `lead` is the id of a person, or one of MINE and NOBODY."""

    MINE, NOBODY = "mine", "nobody"

    words: str = ""
    stage: str = ""
    department: int | None = None
    lead: str = ""
    show: str = ""
    order: str = "name"


def found_by(user: User, search: Search) -> QuerySet[Initiative]:
    """Return the initiatives that this person may open and that fit, in the order asked for."""
    found: QuerySet[Initiative] = Initiative.objects.visible_to(user)
    for word in search.words.split()[:MOST_WORDS]:
        found = found.filter(Q(name__icontains=word) | Q(summary__icontains=word))
    if search.stage:
        found = found.filter(stage=search.stage)
    if search.department:
        near = {*line_ids(search.department), *subtree_ids([search.department])}
        found = found.filter(pk__in=Initiative.reached_by(near))
    if search.show == "overdue":
        late = Milestone.objects.overdue(timezone.localdate())
        found = found.filter(pk__in=late.order_by().values("initiative"))
    return _ordered(_led_by(found, search.lead, user), search.order)


@dataclass(frozen=True)
class Line:
    """One initiative as the list shows it."""

    initiative: Initiative
    is_late: bool
    told_at: datetime | None


def lines_of(page: Iterable[Initiative]) -> list[Line]:
    """Return the initiatives of one page with what the list says of each.

    What is counted is counted for these only, in as many queries for one as for fifty.
    """
    rows = list(page)
    late = Milestone.objects.overdue(timezone.localdate()).filter(initiative__in=rows)
    overdue = set(late.order_by().values_list("initiative", flat=True))
    news = Update.objects.filter(initiative__in=rows).order_by().values_list("initiative")
    told = dict(news.annotate(Max("made_at")))
    return [Line(one, one.pk in overdue, told.get(one.pk)) for one in rows]


def leads_of(user: User) -> QuerySet[User]:
    """Return who leads an initiative that this person may open, by name."""
    led = Initiative.objects.visible_to(user).order_by()
    leads: QuerySet[User] = User.objects.filter(pk__in=led.values("lead"))
    return leads.order_by("name", "email")


def _led_by(found: QuerySet[Initiative], lead: str, user: User) -> QuerySet[Initiative]:
    if lead == Search.MINE:
        return found.filter(lead=user)
    if lead == Search.NOBODY:
        return found.filter(Q(lead__isnull=True) | Q(lead__is_active=False))
    return found.filter(lead=int(lead)) if lead else found


def _ordered(found: QuerySet[Initiative], order: str) -> QuerySet[Initiative]:
    """Put them in an order that never leaves two of them in doubt, so that pages do not overlap."""
    if order == "stage":
        places = [When(stage=stage.value, then=Value(stage.position)) for stage in Stage]
        position = Case(*places, default=Value(0), output_field=IntegerField())
        return found.annotate(position=position).order_by("position", "name", "pk")
    if order == "lead":
        return found.order_by(F("lead__name").asc(nulls_last=True), "name", "pk")
    if order == "news":
        last = Update.objects.filter(initiative=OuterRef("pk")).order_by("-made_at", "-pk")
        news = Subquery(last.values("made_at")[:1])
        return found.annotate(news=news).order_by(F("news").desc(nulls_last=True), "name", "pk")
    return found.order_by("name", "pk")
