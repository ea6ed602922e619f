"""Engagements noted, and what came up in them taken care of."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import OuterRef, QuerySet, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _

from buyin.accounts.actions import in_turn
from buyin.accounts.models import User
from buyin.initiatives.models import Initiative
from buyin.stakeholders.models import DiscussionPoint, Engagement, Participation, Stakeholder

from .planning import only_own, plan_follow_up
from .registry import held


@dataclass(frozen=True)
class Point:
    """Something that came up, and who takes care of it until when."""

    text: str
    owner: User | None = None
    due_on: date | None = None


@transaction.atomic
def note_engagement(
    *,
    actor: User,
    participants: Iterable[Stakeholder],
    points: Sequence[Point] = (),
    follow_up_on: date | None = None,
    made_by_form: UUID | None = None,
    **said: Any,
) -> Engagement:
    """Note that people spoke, with what came up; the same form sent twice notes it once.

    With `follow_up_on` it is planned that the actor speaks with them again until that day.
    `said` holds kind, day, summary and, if known, initiative, sentiment and is_confidential. Only
    stakeholders with whom the actor works can have taken part, and at least one has.
    """
    # Whoever sends the same form at the same moment waits here, and then finds what was noted.
    in_turn(actor)
    if made := Engagement.already(made_by_form):
        return only_own(made, made.entered_by_id, actor)
    participants = list(participants)
    met = {one.pk for one in participants}
    held(Stakeholder.objects.known_to(actor), *participants)
    initiative = said.get("initiative")
    if initiative and not _may_open(actor, initiative):
        raise PermissionDenied
    made = write_engagement(
        actor=actor, participants=met, points=points, made_by_form=made_by_form, **said
    )
    if follow_up_on:
        plan_follow_up(actor=actor, engagement=made, people=met, on=follow_up_on)
    return made


def write_engagement(
    *,
    actor: User,
    participants: Collection[int],
    points: Sequence[Point] = (),
    made_by_form: UUID | None = None,
    **said: Any,
) -> Engagement:
    """Write an engagement with these stakeholders, whom the caller has made sure of."""
    if not participants:
        raise ValidationError({"participants": _("Say who took part.")})
    engagement = Engagement(entered_by=actor, **said)
    if made_by_form:
        engagement.made_by_form = made_by_form
    engagement.full_clean()
    engagement.save()
    Participation.objects.bulk_create(
        Participation(engagement=engagement, stakeholder_id=pk) for pk in sorted(participants)
    )
    # By what stands there by then: of two who note at the same moment the later day stays.
    met = Stakeholder.objects.filter(pk__in=participants)
    met.exclude(last_contact_on__gte=engagement.day).update(last_contact_on=engagement.day)
    _write(engagement, points)
    return engagement


def note_last_contact(stakeholders: QuerySet[Stakeholder]) -> None:
    """Let each of these repeat the day of the newest engagement with them; one query."""
    theirs = Engagement.objects.filter(participants=OuterRef("pk")).order_by("-day")
    stakeholders.update(last_contact_on=Subquery(theirs.values("day")[:1]))


def _may_open(actor: User, initiative: Initiative) -> bool:
    return Initiative.objects.visible_to(actor).filter(pk=initiative.pk).exists()


@transaction.atomic
def add_points(*, actor: User, engagement: Engagement, points: Sequence[Point]) -> None:
    """Add what came up as well."""
    if not engagement.may_be_changed_by(actor):
        raise PermissionDenied
    _write(engagement, points)


def _write(engagement: Engagement, points: Sequence[Point]) -> None:
    rows = [
        DiscussionPoint(
            engagement=engagement, text=point.text, owner=point.owner, due_on=point.due_on
        )
        for point in points
    ]
    for row in rows:
        row.full_clean()
    DiscussionPoint.objects.bulk_create(rows)


@transaction.atomic
def finish_point(*, actor: User, point: DiscussionPoint, is_done: bool = True) -> DiscussionPoint:
    """Say that a point is taken care of, or that it is not after all; saying it twice is no harm."""
    if point.owner_id != actor.pk and not point.engagement.may_be_changed_by(actor):
        raise PermissionDenied
    locked = DiscussionPoint.objects.select_for_update().get(pk=point.pk)
    if is_done != (locked.done_on is not None):
        locked.done_on = timezone.localdate() if is_done else None
        locked.save(update_fields=["done_on"])
    return locked
