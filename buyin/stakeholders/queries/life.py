"""The time line of an initiative: its stages and news, and what happened with its stakeholders."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from buyin.accounts.models import User
from buyin.initiatives.models import Initiative

from .events import Event, engagements_read, plan_read, planned, promised, promises_read, spoken

type Source = Callable[[User, Initiative, int], Iterable[Event]]


@dataclass(frozen=True)
class Part:
    """Some lines of a time line, the newest first, and whether there are older ones."""

    events: list[Event]
    has_more: bool


def life_of(*, viewer: User, initiative: Initiative, sort: str, first: int, size: int) -> Part:
    """Return lines of what happened, of one sort (a key of SORTS) or of all, from `first` on.

    Each source is asked for no more rows than can stand on the page, so that a long life costs no
    more than a short one.
    """
    most = first + size + 1
    chosen = SORTS.get(sort) or [source for some in SORTS.values() for source in some]
    found = [event for source in chosen for event in islice(source(viewer, initiative, most), most)]
    found.sort(key=lambda event: event.on, reverse=True)
    return Part(found[first : first + size], has_more=len(found) > first + size)


def _stages(_viewer: User, initiative: Initiative, most: int) -> Iterator[Event]:
    for one in initiative.stage_changes.select_related("by")[:most]:
        stage = {"stage": one.get_to_stage_display()}
        yield Event(
            on=one.day,
            kind=_("Stage"),
            title=_("Moved to: %(stage)s") % stage,
            detail=one.note,
            by=str(one.by or ""),
            url=reverse("initiatives:stage", args=[initiative.pk]),
        )


def _milestones(_viewer: User, initiative: Initiative, most: int) -> Iterator[Event]:
    reached = initiative.milestones.filter(done_on__isnull=False).order_by("-done_on", "-pk")
    for one in reached[:most]:
        url = reverse("initiatives:plan", args=[initiative.pk])
        yield Event(one.done_on or one.due, _("Milestone reached"), one.title, url=url)


def _updates(_viewer: User, initiative: Initiative, most: int) -> Iterator[Event]:
    for one in initiative.updates.select_related("by")[:most]:
        url = reverse("initiatives:updates", args=[initiative.pk])
        day = timezone.localdate(one.made_at)
        yield Event(day, _("Update"), one.title, by=str(one.by or ""), url=url)


def _decisions(_viewer: User, initiative: Initiative, most: int) -> Iterator[Event]:
    rows = initiative.decisions.select_related("decider").order_by("-decided_on", "-pk")
    for one in rows[:most]:
        url = reverse("initiatives:decision", args=[initiative.pk, one.pk])
        by = one.decided_by or str(one.decider or "")
        yield Event(one.decided_on, _("Decision"), one.title, by=by, url=url)


def _spoken(viewer: User, initiative: Initiative, most: int) -> Iterator[Event]:
    return spoken(engagements_read(viewer).filter(initiative=initiative)[:most])


def _planned(viewer: User, initiative: Initiative, most: int) -> Iterator[Event]:
    rows = plan_read(viewer).filter(initiative=initiative)
    return planned(rows.order_by(Coalesce("closed_on", "due_on").desc(), "-pk")[:most])


def _promised(viewer: User, initiative: Initiative, most: int) -> Iterator[Event]:
    return promised(promises_read(viewer).filter(commitment__initiative=initiative)[:most])


SORTS: Mapping[str, list[Source]] = {
    "spoken": [_spoken],
    "planned": [_planned],
    "promised": [_promised],
    "life": [_stages, _milestones, _updates, _decisions],
}
