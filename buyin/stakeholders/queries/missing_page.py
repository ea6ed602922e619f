"""A page of the initiatives where somebody is missing: out of what is kept, else looked for now."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.utils import timezone

from buyin.accounts.models import User
from buyin.initiatives.models import Initiative
from buyin.stakeholders.models import LackingInitiative, LacksSearch

from .looked import last_look
from .opened import with_people_for
from .representation import Represented, represented

PAGE = 25


@dataclass(frozen=True)
class RepresentedPage:
    """One page of initiatives with who is missing; `looked_at` where they were chosen a while ago."""

    page: Page[Any]
    rows: Sequence[Represented]
    looked_at: datetime | None = None


def may_open(viewer: User, stage: str = "") -> QuerySet[Initiative]:
    """Return the initiatives whose people somebody may open, of one stage or of all, by name."""
    found = with_people_for(viewer)
    return (found.filter(stage=stage) if stage else found).order_by("name", "pk")


def page_of_all(viewer: User, stage: str, number: str | None) -> RepresentedPage:
    """Return a page of the initiatives of a stage, or of all, with who is missing, be it nobody."""
    page = Paginator(may_open(viewer, stage), PAGE).get_page(number)
    return RepresentedPage(page, represented(viewer, list(page)))


def page_of_missing(viewer: User, stage: str, number: str | None) -> RepresentedPage:
    """Return a page of those initiatives of a stage, or of all, in which somebody is missing.

    What is kept is looked at anew before it is shown; where that comes to something else, all of
    them are looked through now.
    """
    return _kept_page(viewer, stage, number) or _page_of_now(viewer, stage, number)


def _page_of_now(viewer: User, stage: str, number: str | None) -> RepresentedPage:
    found = [one for one in represented(viewer, list(may_open(viewer, stage))) if one.warnings]
    page = Paginator(found, PAGE).get_page(number)
    return RepresentedPage(page, list(page))


def _kept_page(viewer: User, stage: str, number: str | None) -> RepresentedPage | None:
    """Return the page as it is kept; None where it is not kept for this viewer or does not hold."""
    search = last_look(LacksSearch) if viewer.sees_agency else None
    if search is None or not search.is_recent(timezone.now()):
        return None
    kept = LackingInitiative.objects.order_by().values("initiative")
    paginator = Paginator(may_open(viewer, stage).filter(pk__in=kept), PAGE)
    if not stage:  # they were counted when they were looked for
        paginator.count = search.many
    page = paginator.get_page(number)
    rows = represented(viewer, list(page))
    # One that is gone since still counts in the number of pages and leaves a hole on the last of
    # them. A page of none at all says that it goes from 0 to 0.
    is_as_many = len(rows) == page.end_index() - page.start_index() + 1 or not paginator.count
    if not is_as_many or not all(one.warnings for one in rows):
        return None
    return RepresentedPage(page, rows, search.made_at)
