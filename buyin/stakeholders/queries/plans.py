"""The engagement plan as pages, files and programs read it, and which gaps have nothing planned."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Protocol

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from buyin import editing
from buyin.accounts.models import User
from buyin.among import Among, as_one
from buyin.initiatives.models import Initiative
from buyin.prepared import Prepared
from buyin.stakeholders.models import (
    Engagement,
    Interest,
    PlannedActivity,
    Stakeholder,
)

from .opened import assessable
from .stances import interests_of

OPEN, OVERDUE, SOON, DONE, DROPPED, ALL = ("open", "overdue", "soon", "done", "dropped", "all")
STANDS = (OPEN, OVERDUE, SOON, DONE, DROPPED, ALL)
AHEAD = timedelta(days=14)
RECENT = timedelta(days=60)
MOST_TIED = 20
MINE = "me"  # in an address or a search: of whom the viewer is the owner


def plan_list(user: User, **wanted: Any) -> QuerySet[PlannedActivity]:
    """Return what is planned that this person may read and that is wanted, the first due first.

    What may be wanted: `search` in purposes and names, `kind`, `initiative`, `stakeholder`, `owner`
    (an id, or MINE) and `stands` (one of STANDS). What is closed comes the newest first.
    """
    rows: QuerySet[PlannedActivity] = PlannedActivity.objects.visible_to(user)
    if search := wanted.pop("search", ""):
        named = PlannedActivity.ids_with(Stakeholder.objects.filter(name__icontains=search))
        rows = rows.filter(Q(purpose__icontains=search) | Q(pk__in=named))
    if stakeholder := wanted.pop("stakeholder", None):
        with_them = PlannedActivity.ids_with(Stakeholder.objects.filter(pk=stakeholder))
        rows = rows.filter(pk__in=with_them)
    if owner := wanted.pop("owner", ""):
        rows = rows.filter(owner=user.pk if owner == MINE else int(owner))
    stands = wanted.pop("stands", "") or ALL
    rows = _STANDING[stands](rows, timezone.localdate())
    rows = rows.filter(**{name: value for name, value in wanted.items() if value})
    closed = stands in {DONE, DROPPED}
    ordered = rows.order_by(*(("-closed_on", "-pk") if closed else ("due_on", "pk")))
    return ordered.select_related("initiative", "owner").prefetch_related("stakeholders")


_STANDING: Mapping[str, Callable[[QuerySet[PlannedActivity], date], QuerySet[PlannedActivity]]] = {
    OPEN: lambda rows, _today: rows.filter(state="planned"),
    OVERDUE: lambda rows, today: rows.filter(state="planned", due_on__lt=today),
    SOON: lambda rows, today: rows.filter(state="planned", due_on__lte=today + AHEAD),
    DONE: lambda rows, _today: rows.filter(state="done"),
    DROPPED: lambda rows, _today: rows.filter(state="dropped"),
    ALL: lambda rows, _today: rows,
}


def mark_of(activity: PlannedActivity) -> str:
    """Return a name for what may be changed of an activity: another one as soon as that differs."""
    return editing.mark_of(activity, "kind", "purpose", "owner_id", "due_on", "cadence")


@dataclass(frozen=True)
class Load:
    """How much one person has to do; nobody's is what has lost its owner."""

    owner: User | None
    open: int
    overdue: int


def loads(user: User, initiative: Initiative | None = None) -> list[Load]:
    """Return who has how much planned, the most overdue first; two queries for any number."""
    rows = PlannedActivity.objects.visible_to(user).open()
    if initiative:
        rows = rows.filter(initiative=initiative)
    late = Count("pk", filter=Q(due_on__lt=timezone.localdate()))
    counted = rows.order_by().values("owner").annotate(open=Count("pk"), overdue=late)
    found = list(counted.order_by("-overdue", "-open", "owner"))
    people = User.objects.in_bulk([one["owner"] for one in found if one["owner"]])
    return [Load(people.get(one["owner"]), one["open"], one["overdue"]) for one in found]


def unplanned() -> Q:
    """Return what an interest must be to be a gap about which nothing is planned.

    Who does not want to be contacted is left out: there is nothing to be planned with them.
    """
    there = PlannedActivity.stakeholders.through._default_manager.filter(  # noqa: SLF001
        stakeholder=OuterRef("stakeholder"),
        plannedactivity__initiative=OuterRef("initiative"),
        plannedactivity__state="planned",
    )
    asked_not_to = Q(stakeholder__person__contact_permitted=False)
    return Q(~Exists(there), ~asked_not_to, current__lt=F("desired"))


def gaps_without_plan(*, viewer: User, initiative: Initiative) -> QuerySet[Interest]:
    """Return the gaps of an initiative about which nothing is planned, the most powerful first."""
    found = interests_of(viewer=viewer, initiative=initiative).filter(unplanned())
    by_power = F("power").desc(nulls_last=True)
    return found.order_by(by_power, F("interest").desc(nulls_last=True), "stakeholder__name", "pk")


class AnyInterest(Protocol):
    """How somebody stands to an initiative: an interest, or what a list has read of one."""

    planned: PlannedActivity | None

    @property
    def pk(self) -> int:
        """The id of the interest."""

    @property
    def stakeholder_id(self) -> int:
        """The id of the stakeholder."""

    @property
    def initiative_id(self) -> int:
        """The id of the initiative."""

    @property
    def is_behind(self) -> bool:
        """Whether they are not yet where they are wanted."""


def show_planned(viewer: User, interests: Iterable[AnyInterest]) -> None:
    """Note at each gap what is planned next, as far as the viewer may read it; one query."""
    gaps = {(one.stakeholder_id, one.initiative_id): one for one in interests if one.is_behind}
    if not gaps:
        return
    for stakeholder, activity in _planned_with(viewer, {who for who, _where in gaps}):
        place = (stakeholder, activity.initiative_id or 0)
        if place in gaps:
            gaps[place].planned = activity


def next_planned(viewer: User, stakeholders: Collection[int]) -> dict[int, PlannedActivity]:
    """Return what is planned next with each of these, all by id, as far as one may read it."""
    return dict(_planned_with(viewer, stakeholders))


def _planned_with(
    viewer: User, stakeholders: Collection[int]
) -> Iterator[tuple[int, PlannedActivity]]:
    """Yield who of these has what planned that the viewer may read, the last due first.

    Whoever goes through it and keeps what comes later keeps what is due next.
    """
    ids = as_one(set(stakeholders))
    if viewer.sees_agency:  # and so reads every plan
        rows: Iterable[Any] = PLANNED.rows(ids=ids)
    else:
        readable = PlannedActivity.objects.visible_to(viewer).order_by().values("pk")
        rows = _planned(ids).filter(plannedactivity__in=readable)
    for stakeholder, *values in rows:
        yield stakeholder, PlannedActivity.from_db("default", ACTIVITY, values)


ACTIVITY = [field.attname for field in PlannedActivity._meta.concrete_fields]  # noqa: SLF001


def _planned(ids: str) -> QuerySet[Any, Any]:
    through = PlannedActivity.stakeholders.through._default_manager  # noqa: SLF001
    planned = through.filter(
        Among("stakeholder", ids), plannedactivity__state=PlannedActivity.State.PLANNED
    )
    latest_first = planned.order_by("-plannedactivity__due_on", "-plannedactivity")
    return latest_first.values_list("stakeholder", *(f"plannedactivity__{n}" for n in ACTIVITY))


PLANNED = Prepared(_planned, ids=str)


def with_plans(viewer: User, interests: Iterable[AnyInterest]) -> set[int]:
    """Note at each gap what is planned next, and return the ids for which the viewer may plan."""
    rows = list(interests)
    show_planned(viewer, rows)
    return assessable(viewer, {one.pk for one in rows})


def tied_to(viewer: User, activity: PlannedActivity) -> QuerySet[Engagement]:
    """Return engagements in the log by which an activity may have been done, the newest first."""
    since = min(activity.due_on, timezone.localdate()) - RECENT
    met = Engagement.objects.visible_to(viewer).filter(
        participants__in=activity.stakeholders.all(), day__gte=since
    )
    rows = Engagement.objects.filter(pk__in=met.order_by().values("pk")[:MOST_TIED])
    return rows.prefetch_related("participants")


def interests_in(viewer: User, activity: PlannedActivity) -> QuerySet[Interest]:
    """Return the interests in its initiative that an activity is about and the viewer may assess."""
    rows: QuerySet[Interest] = Interest.objects.changeable_by(viewer).filter(
        initiative=activity.initiative_id, stakeholder__in=activity.stakeholders.all()
    )
    return rows.select_related("stakeholder").order_by("stakeholder__name", "pk")
