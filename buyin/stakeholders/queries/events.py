"""What happened with stakeholders, as lines of a time line: spoken, planned, promised."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from buyin.accounts.models import User
from buyin.stakeholders.models import Commitment, CommitmentEntry, Engagement, PlannedActivity

LONGEST = 240


@dataclass(frozen=True)
class Event:
    """One line of the time line: the day, what sort it is, what happened and why, and where it is."""

    on: date
    kind: str
    title: str
    detail: str = ""
    by: str = ""
    url: str = ""


def engagements_read(viewer: User) -> QuerySet[Engagement]:
    """Return the engagements that this person may read, with what a line shows."""
    rows = Engagement.objects.visible_to(viewer).select_related("entered_by")
    return rows.prefetch_related("participants").order_by("-day", "-pk")


def spoken(rows: Iterable[Engagement]) -> Iterator[Event]:
    """Yield a line for each engagement."""
    for one in rows:
        yield Event(
            on=one.day,
            kind=str(one.get_kind_display()),
            title=", ".join(str(person) for person in one.participants.all()),
            detail=Truncator(one.summary).chars(LONGEST),
            by=str(one.entered_by or ""),
            url=reverse("stakeholders:engagement", args=[one.pk]),
        )


def plan_read(viewer: User) -> QuerySet[PlannedActivity]:
    """Return what is planned or dropped that this person may read; what was done stands in the log."""
    rows = PlannedActivity.objects.visible_to(viewer).exclude(engagement__isnull=False)
    return rows.select_related("owner", "closed_by").prefetch_related("stakeholders")


def planned(rows: Iterable[PlannedActivity]) -> Iterator[Event]:
    """Yield a line for each activity: on its last day, or the day on which it was closed."""
    for one in rows:
        words = {
            "kind": one.get_kind_display(),
            "people": ", ".join(str(stakeholder) for stakeholder in one.stakeholders.all()),
        }
        with_whom = _("%(kind)s with %(people)s") % words
        yield Event(
            on=one.closed_on or one.due_on,
            kind=_("Overdue") if one.is_overdue else str(one.get_state_display()),
            title=one.purpose,
            detail=Truncator(one.dropped_why or with_whom).chars(LONGEST),
            by=str((one.owner if one.is_open else one.closed_by) or ""),
            url=reverse("stakeholders:activity", args=[one.pk]),
        )


def promises_read(viewer: User) -> QuerySet[CommitmentEntry]:
    """Return every step of the commitments that this person may read, the newest first."""
    theirs = Commitment.objects.visible_to(viewer).order_by().values("pk")
    rows = CommitmentEntry.objects.filter(commitment__in=theirs)
    return rows.select_related("commitment__stakeholder", "entered_by").order_by("-day", "-pk")


def promised(rows: Iterable[CommitmentEntry]) -> Iterator[Event]:
    """Yield a line for each step of a commitment."""
    for one in rows:
        commitment = one.commitment
        amount = number_format(one.amount.normalize(), use_l10n=True, force_grouping=True)
        words = {
            "what": commitment.title,
            "who": commitment.stakeholder,
            "amount": amount,
            "unit": commitment.unit,
        }
        title = _("%(what)s, %(who)s: %(amount)s %(unit)s") % words
        if one.step == CommitmentEntry.Step.DECLINED:
            title = _("%(what)s, %(who)s") % words
        yield Event(
            on=one.day,
            kind=str(one.get_step_display()),
            title=title,
            detail=" · ".join(text for text in (one.note, one.evidence) if text),
            by=str(one.entered_by or ""),
            url=reverse("stakeholders:commitment", args=[commitment.pk]),
        )
