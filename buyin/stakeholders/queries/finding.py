"""Looking stakeholders up: what the filters of the list mean, and records with what files and programs say."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.db.models import F, Prefetch, Q, QuerySet
from django.db.models.expressions import OrderBy

from buyin.accounts.models import Department, User, subtree_ids
from buyin.stakeholders.models import Interest, Level, Person, Post, Stakeholder
from buyin.stakeholders.standing import HIGH, Quadrant

from .plans import MINE, unplanned

CURRENT, ARCHIVED, ALL = "current", "archived", "all"
NOBODY = "nobody"
# What the gap may be asked for. Unaware and not assessed have no gap.
BEHIND, THERE, BEYOND, NOT_ASSESSED = "behind", "there", "beyond", "not-assessed"
UNPLANNED = "unplanned"  # behind or unaware, and nothing is planned about it

# Databases disagree on where those come who have none: here they come last.
_DEPARTMENT, _OWNER = (F(name).asc(nulls_last=True) for name in ("department__name", "owner__name"))
SORTS: Mapping[str, tuple[str | OrderBy, ...]] = {
    "name": ("name", "id"),
    "-name": ("-name", "-id"),
    "department": (_DEPARTMENT, "name", "id"),
    "category": ("category", "name", "id"),
    "owner": (_OWNER, "name", "id"),
}
_HIGH, _LOW = Q(power__gte=HIGH), Q(power__lt=HIGH)
QUADRANTS: Mapping[str, Q] = {
    Quadrant.MANAGE_CLOSELY: _HIGH & Q(interest__gte=HIGH),
    Quadrant.KEEP_SATISFIED: _HIGH & Q(interest__lt=HIGH),
    Quadrant.KEEP_INFORMED: _LOW & Q(interest__gte=HIGH),
    Quadrant.MONITOR: _LOW & Q(interest__lt=HIGH),
}
_ON_SCALE = Q(current__gt=Level.UNAWARE)
GAPS: Mapping[str, Q] = {
    BEHIND: _ON_SCALE & Q(desired__gt=F("current")),
    THERE: _ON_SCALE & Q(desired=F("current")),
    BEYOND: _ON_SCALE & Q(desired__lt=F("current")),
    NOT_ASSESSED: Q(current=None) | Q(desired=None),
    UNPLANNED: unplanned(),
}


@dataclass(frozen=True)
class Search:
    """What somebody looks for in the list of stakeholders; empty words ask for nothing."""

    q: str = ""
    department: str = ""
    category: str = ""
    initiative: str = ""
    quadrant: str = ""
    level: str = ""
    gap: str = ""
    owner: str = ""
    tag: str = ""
    state: str = CURRENT
    sort: str = "name"


def find(*, viewer: User, search: Search) -> QuerySet[Stakeholder]:
    """Return the stakeholders whom the viewer works with and who fit, in the order asked for."""
    found: QuerySet[Stakeholder] = Stakeholder.objects.known_to(viewer)
    if search.state != ALL:
        found = found.filter(archived_at__isnull=search.state != ARCHIVED)
    for word in search.q.split()[:5]:
        found = found.filter(_word(word))
    for name, narrow in _NARROWING.items():
        if value := getattr(search, name):
            found = found.filter(narrow(value, viewer))
    if (interests := _interests(viewer, search)) is not None:
        found = found.filter(pk__in=interests.order_by().values("stakeholder"))
    return found.order_by(*SORTS.get(search.sort, SORTS["name"]))


def shown(
    found: QuerySet[Stakeholder], *, viewer: User, initiative: str = ""
) -> QuerySet[Stakeholder]:
    """Return the records with all that is said of each: posts, tags, owner, and how they stand.

    They may be a part of all that were found: only of that part the rest is looked up. Pages of the
    list make no records: `listing.listed` says the same of them.
    """
    interests = Interest.objects.visible_to(viewer).select_related("initiative")
    if initiative:
        interests = interests.filter(initiative=int(initiative))
    posts = Post.objects.held().select_related("department", "organisation")
    rows = found
    if found.query.is_sliced:
        rows = Stakeholder.objects.filter(pk__in=found.values("pk"))
        rows = rows.order_by(*found.query.order_by)
    return rows.select_related(
        "person", "organisation", "group", "department", "owner"
    ).prefetch_related(
        "tags",
        Prefetch("person__posts", posts, to_attr="held"),
        Prefetch("interests", interests.order_by("initiative__name", "pk"), to_attr="seen"),
    )


def _word(word: str) -> Q:
    # Not by a join: of most a name is enough to tell, and their people need not be looked up.
    addressed = Person.objects.filter(email__icontains=word).values("pk")
    return Q(name__icontains=word) | Q(person__in=addressed)


def _department(code: str, _viewer: User) -> Q:
    tops = Department.objects.filter(code=code).values_list("pk", flat=True)
    return Q(department__in=subtree_ids(tops))


def _owner(owner: str, viewer: User) -> Q:
    if owner == NOBODY:
        return Q(owner=None)
    return Q(owner=viewer.pk if owner == MINE else int(owner))


def _tag(tag: str, _viewer: User) -> Q:
    tagged = Stakeholder.tags.through.objects.filter(stakeholdertag=int(tag))
    return Q(pk__in=tagged.values("stakeholder"))


_NARROWING: Mapping[str, Callable[[str, User], Q]] = {
    "department": _department,
    "category": lambda category, _viewer: Q(category=category),
    "owner": _owner,
    "tag": _tag,
}


def _interests(viewer: User, search: Search) -> QuerySet[Interest] | None:
    """Return the interests one of which must be theirs, None where none is asked for."""
    asked = Q()
    if search.initiative:
        asked &= Q(initiative=int(search.initiative))
    if search.quadrant:
        asked &= QUADRANTS[search.quadrant]
    if search.level:
        asked &= Q(current=int(search.level))
    if search.gap:
        asked &= GAPS[search.gap]
    return Interest.objects.visible_to(viewer).filter(asked) if asked else None
