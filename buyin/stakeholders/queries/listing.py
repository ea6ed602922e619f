"""A page of stakeholders as their list shows them: no records, for these take longer than to find them."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from buyin.accounts.models import User
from buyin.stakeholders import standing
from buyin.stakeholders.models import (
    Category,
    Interest,
    OrganisationKind,
    PlannedActivity,
    Post,
    Stakeholder,
)
from buyin.stakeholders.models.interests import level_words

# By id: what belongs to each of them.
type Each[Thing] = Mapping[int, Sequence[Thing]]
FIELDS = (
    *("pk", "name", "category", "archived_at", "department__name", "owner__name", "owner__email"),
    *("person", "person__contact_permitted", "organisation__kind"),
)
PK, PERSON = FIELDS.index("pk"), FIELDS.index("person")


@dataclass
class ListedStakeholder:
    """A stakeholder in a line: the posts of a person, the kind of an organisation, how they stand."""

    pk: int
    name: str
    category: str
    archived_at: datetime | None
    department: str | None
    owner: str | None
    is_person: bool
    may_be_contacted: bool
    kind: str | None
    posts: Sequence[str]
    tags: Sequence[str]
    seen: Sequence["ListedInterest"] = ()

    def __str__(self) -> str:
        return self.name

    @property
    def category_words(self) -> str:
        """The category as people read it."""
        return str(Category(self.category).label)

    @property
    def kind_words(self) -> str:
        """The kind of an organisation as people read it; empty for a group."""
        return str(OrganisationKind(self.kind).label) if self.kind else ""


@dataclass
class ListedInterest:
    """How a stakeholder stands to an initiative, as the newest assessment has it.

    `planned` is what is planned next about a gap, once `queries.plans.show_planned` was asked.
    """

    pk: int
    stakeholder: ListedStakeholder
    initiative_id: int
    initiative: str
    current: int | None
    desired: int | None
    planned: PlannedActivity | None = None

    @property
    def stakeholder_id(self) -> int:
        """The id of the stakeholder."""
        return self.stakeholder.pk

    @property
    def current_words(self) -> str:
        """The current level as people read it."""
        return level_words(self.current)

    @property
    def is_behind(self) -> bool:
        """Whether they are not yet where they are wanted."""
        return standing.is_behind(self.current, self.desired)


def listed(
    rows: QuerySet[Stakeholder], *, viewer: User, initiative: str = ""
) -> list[ListedStakeholder]:
    """Return a few of those whom `find` has found as the list shows them, in the order they have.

    How they stand to initiatives is told as far as the viewer reads it, of one initiative or of all.
    """
    told = list(rows.values_list(*FIELDS))
    posts = _posts([row[PERSON] for row in told if row[PERSON]])
    tags = _tags([row[PK] for row in told])
    few = {row[PK]: _listed(row, posts, tags) for row in told}
    interests = Interest.objects.visible_to(viewer).filter(stakeholder__in=few)
    if initiative:
        interests = interests.filter(initiative=int(initiative))
    _show_how_they_stand(few, interests)
    return list(few.values())


def _listed(row: Sequence[Any], posts: Each[str], tags: Each[str]) -> ListedStakeholder:
    pk, name, category, archived_at, department, owner, address, person, permitted, kind = row
    return ListedStakeholder(
        pk=pk,
        name=name,
        category=category,
        archived_at=archived_at,
        department=department,
        owner=owner or address,
        is_person=person is not None,
        may_be_contacted=permitted is not False,
        kind=kind,
        posts=posts.get(person, ()),
        tags=tags.get(pk, ()),
    )


def _posts(people: Collection[int]) -> Each[str]:
    rows = Post.objects.held().filter(person__in=people)
    found: dict[int, list[str]] = defaultdict(list)
    for person, title, department, organisation in rows.values_list(
        "person", "title", "department__name", "organisation__name"
    ):
        found[person].append(f"{title}, {department or organisation}")
    return found


def _tags(stakeholders: Collection[int]) -> Each[str]:
    given = Stakeholder.tags.through._default_manager  # noqa: SLF001 - its own table
    rows = given.filter(stakeholder__in=stakeholders).order_by("stakeholdertag__name")
    found: dict[int, list[str]] = defaultdict(list)
    for stakeholder, tag in rows.values_list("stakeholder", "stakeholdertag__name"):
        found[stakeholder].append(tag)
    return found


def _show_how_they_stand(
    few: Mapping[int, ListedStakeholder], interests: QuerySet[Interest]
) -> None:
    seen: dict[int, list[ListedInterest]] = defaultdict(list)
    fields = ("pk", "stakeholder", "initiative", "initiative__name", "current", "desired")
    for pk, stakeholder, *more in interests.order_by("initiative__name", "pk").values_list(*fields):
        seen[stakeholder].append(ListedInterest(pk, few[stakeholder], *more))
    for pk, stands in seen.items():
        few[pk].seen = stands
