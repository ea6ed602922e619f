"""A page of the levels to look at again: out of what is kept where that holds, else found now."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Exists, QuerySet
from django.utils import timezone

from buyin.accounts.models import Role, User
from buyin.initiatives.models import Initiative
from buyin.prepared import Prepared
from buyin.stakeholders.models import (
    DisagreeingLevel,
    Engagement,
    Interest,
    LevelsSearch,
)

from .disagreeing import disagreeing_ids
from .disagreements import Row, told_why
from .looked import last_look

PAGE = 50


@dataclass(frozen=True)
class LevelsPage:
    """One page of them, why each is on it, and when it was looked; None where it was just now."""

    page: Page[Any]
    rows: Sequence[Row]
    looked_at: datetime | None = None


def levels_page(viewer: User, initiative: Initiative | None, number: str | None) -> LevelsPage:
    """Return a page of the levels to look at again, of one initiative or of all.

    What is kept is judged anew before it is shown; where that comes to something else, all of it
    is looked for now.
    """
    return _kept_page(viewer, initiative, number) or _page_of_now(viewer, initiative, number)


def _page_of_now(viewer: User, initiative: Initiative | None, number: str | None) -> LevelsPage:
    readable = Interest.objects.visible_to(viewer).of_current()
    about = readable.filter(initiative=initiative) if initiative else readable
    page = Paginator(disagreeing_ids(viewer, about), PAGE).get_page(number)
    return LevelsPage(page, told_why(viewer, list(page)))


def _kept_page(
    viewer: User, initiative: Initiative | None, number: str | None
) -> LevelsPage | None:
    """Return the page as it is kept; None where it is not kept for this viewer or does not hold."""
    search = _good_search() if viewer.sees_agency else None
    reads_something_confidential, is_stakeholder = _ties(viewer)
    if search is None or reads_something_confidential:
        return None
    own = _hidden_from(viewer) if is_stakeholder else []
    kept = DisagreeingLevel.objects.numbers_for(viewer, own)
    if initiative:
        kept = kept.filter(interest__in=initiative.interests.order_by().values("pk"))
    paginator = Paginator(kept, PAGE)
    if not own and not initiative:
        paginator.count = search.number_for(viewer)
    page = paginator.get_page(number)
    numbers = dict(page.object_list)
    # As `visible_to` has them for who looks into the whole agency, without looking for their own again.
    among = Interest.objects.exclude(pk__in=own).filter(stakeholder__archived_at=None)
    rows = told_why(viewer, list(numbers), among)
    if {row.about.interest: len(row.found.against) for row in rows} != numbers:
        return None
    return LevelsPage(page, rows, search.made_at)


def _good_search() -> LevelsSearch | None:
    search = last_look(LevelsSearch)
    is_good = search is not None and search.is_good(timezone.now(), timezone.localdate())
    return search if is_good else None


def _hidden_from(viewer: User) -> list[int]:
    return list(Interest.objects.hidden_from(viewer).order_by().values_list("pk", flat=True))


def _ties(viewer: User) -> tuple[bool, bool]:
    """Return what sets somebody who looks into the whole agency apart from the others who do.

    Whether they read how some confidential engagement went that not all of them read, and whether
    something is thought of themselves that is hidden from them.
    """
    row = TIES.first(person=viewer.pk) if viewer.sees_agency and not viewer.leads_agency else None
    return (bool(row[0]), bool(row[1])) if row else (False, False)


def _ties_of(person: int) -> QuerySet[User, Any]:
    one = User(pk=person)
    one.held_roles = [(Role.EXECUTIVE, None)]  # who looks into the agency and does not lead it
    told = Engagement.objects.visible_to(one).filter(is_confidential=True, sentiment__isnull=False)
    rows: QuerySet[User] = User.objects.filter(pk=person).order_by()
    return rows.values_list(Exists(told), Exists(Interest.objects.hidden_from(one)))


TIES = Prepared(_ties_of, person=int)
