"""How the stakeholders of one initiative stand, today or on any day, and what moved since."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Case, Count, F, Min, OuterRef, QuerySet, Subquery, When

from buyin.accounts.models import User
from buyin.initiatives.models import Initiative, Stage
from buyin.stakeholders.models import Assessment, Interest, Part, Raci, Relationship, Stakeholder
from buyin.stakeholders.models.interests import Assessed

WATCHED = ("power", "interest", "current", "desired")


@dataclass(frozen=True)
class Stance:
    """One stakeholder with what was assessed by a day; nothing where it was not yet."""

    interest: Interest
    said: Assessed

    @property
    def name(self) -> str:
        """The stakeholder's name."""
        return self.interest.stakeholder.name


@dataclass(frozen=True)
class Move:
    """A stakeholder who stands elsewhere today than on the day, and the reasons noted since."""

    interest: Interest
    before: Assessed
    reasons: Sequence[Assessment]


def interests_of(*, viewer: User, initiative: Initiative) -> QuerySet[Interest]:
    """Return the interests in an initiative that the viewer may read, without the archived."""
    found: QuerySet[Interest] = Interest.objects.visible_to(viewer).filter(
        initiative=initiative, stakeholder__archived_at=None
    )
    return found.select_related("stakeholder__person").order_by("stakeholder__name", "pk")


def begun_with(viewer: User) -> Initiative | None:
    """Return the initiative with most stakeholders whom the viewer knows, the retired ones last."""
    is_retired = Case(When(initiative__stage=Stage.RETIRED, then=1), default=0)
    rows = Interest.objects.visible_to(viewer).filter(stakeholder__archived_at=None).order_by()
    counted = rows.values("initiative", "initiative__name").annotate(
        people=Count("pk"), is_retired=is_retired
    )
    first = counted.order_by("is_retired", "-people", "initiative__name", "initiative").first()
    return Initiative.objects.get(pk=first["initiative"]) if first else None


def stances(*, viewer: User, initiative: Initiative, day: date | None = None) -> list[Stance]:
    """Return how each stands, by name; on an earlier day, by what had been noted for it."""
    interests = list(interests_of(viewer=viewer, initiative=initiative))
    if day is None:
        return [Stance(one, one) for one in interests]
    noted = newest_until(day, interests_of(viewer=viewer, initiative=initiative))
    return [Stance(one, noted[one.pk]) for one in interests if one.pk in noted]


def moves(*, viewer: User, initiative: Initiative, day: date) -> list[Move]:
    """Return who stands elsewhere today than on this day, with what was noted since."""
    interests = interests_of(viewer=viewer, initiative=initiative)
    before = newest_until(day, interests)
    since: dict[int, list[Assessment]] = defaultdict(list)
    later = Assessment.objects.filter(
        about__in=interests.order_by().values("pk"), assessed_on__gt=day
    )
    for one in later.select_related("assessed_by").order_by("assessed_on", "id"):
        since[one.about_id].append(one)
    found = []
    for interest in interests:
        then = before.get(interest.pk, Assessment())
        if any(getattr(then, name) != getattr(interest, name) for name in WATCHED):
            found.append(Move(interest, then, since[interest.pk]))
    return found


def first_day(*, viewer: User, initiative: Initiative) -> date | None:
    """Return the first day for which anything was noted in an initiative."""
    about = interests_of(viewer=viewer, initiative=initiative).order_by().values("pk")
    found = Assessment.objects.filter(about__in=about).aggregate(first=Min("assessed_on"))
    first: date | None = found["first"]
    return first


def newest_until(day: date, interests: QuerySet[Interest]) -> dict[int, Assessment]:
    """Return the newest assessment by this day for each interest that has one; one query."""
    newest = Assessment.objects.filter(about=OuterRef("about"), assessed_on__lte=day)
    shown = Assessment.objects.filter(about__in=interests.order_by().values("pk")).annotate(
        newest=Subquery(newest.order_by("-assessed_on", "-id").values("pk")[:1])
    )
    return {one.about_id: one for one in shown.filter(pk=F("newest")).order_by("pk")}


def network_of(*, viewer: User, initiative: Initiative | None) -> list[Relationship]:
    """Return the relations that hold today between stakeholders whom the viewer works with.

    Of an initiative, those of which one end at least is on its list.
    """
    known = Stakeholder.objects.known_to(viewer).current().order_by()
    found = Relationship.objects.holding().filter(
        first__in=known.values("pk"), second__in=known.values("pk")
    )
    if initiative:
        on_list = interests_of(viewer=viewer, initiative=initiative).order_by()
        ids = on_list.values("stakeholder")
        found = found.filter(first__in=ids) | found.filter(second__in=ids)
    return list(found.select_related("first", "second").order_by("-strength", "first__name", "pk"))


@dataclass(frozen=True)
class Deliverable:
    """One deliverable with who has which part in it."""

    name: str
    parts: Sequence[Raci]

    @property
    def cells(self) -> list[tuple[str, list[Raci]]]:
        """Who is responsible, accountable, consulted and informed, each with the word for it."""
        return [(str(p.label), [one for one in self.parts if one.part == p]) for p in Part]

    @property
    def has_accountable(self) -> bool:
        """Whether somebody is accountable for it."""
        return any(one.part == "A" for one in self.parts)


def parts_of(*, viewer: User, initiative: Initiative) -> QuerySet[Raci]:
    """Return the parts in an initiative's deliverables of those whom the viewer knows."""
    known = Stakeholder.objects.known_to(viewer).order_by().values("pk")
    rows = Raci.objects.filter(initiative=initiative, stakeholder__in=known)
    return rows.select_related("stakeholder")


def deliverables(*, viewer: User, initiative: Initiative) -> list[Deliverable]:
    """Return the deliverables of an initiative with the parts of those whom the viewer knows."""
    found: dict[str, list[Raci]] = defaultdict(list)
    for one in parts_of(viewer=viewer, initiative=initiative):
        found[one.deliverable.lower()].append(one)
    return [Deliverable(parts[0].deliverable, parts) for parts in found.values()]
