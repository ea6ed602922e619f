"""Planned activities closed: done, with what happened and how people stand now, or dropped."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from buyin.accounts.models import User
from buyin.stakeholders.models import ASSESSED, Engagement, Interest, PlannedActivity, Stakeholder
from buyin.stakeholders.proposing import next_day

from .assessing import assess
from .engagements import write_engagement
from .planning import plan_follow_up, refuse_closed, write_activity

State = PlannedActivity.State


@dataclass(frozen=True)
class Outcome:
    """What came of an activity: an engagement that is in the log, or what to note there.

    `levels` holds the new level for each interest that was assessed anew, `why` the reason for it.
    `said` holds kind, day, summary and, if known, sentiment and is_confidential.
    """

    engagement: Engagement | None = None
    participants: tuple[Stakeholder, ...] = ()
    said: Mapping[str, Any] = field(default_factory=dict)
    levels: Mapping[Interest, int] = field(default_factory=dict)
    why: str = ""
    goes_on: bool = True
    follow_up_on: date | None = None


@transaction.atomic
def close_activity(
    *,
    actor: User,
    activity: PlannedActivity,
    outcome: Outcome,
    made_by_form: UUID | None = None,
) -> PlannedActivity:
    """Say that it was done: note or tie the engagement, assess anew, and plan the next of a series.

    All of it or nothing. The same form sent twice closes it once; a ValidationError says that
    somebody else has closed it.
    """
    locked = _locked(actor, activity)
    if not locked.is_open and _is_repeated(locked, made_by_form):
        return locked
    refuse_closed(locked)
    engagement = outcome.engagement
    if engagement is None:
        engagement = _noted(actor, locked, outcome, made_by_form)
    elif not _is_theirs(actor, locked, engagement):
        raise ValidationError({"engagement": _("It is not one of theirs that you may read.")})
    locked.engagement = engagement
    _close(locked, actor, State.DONE)
    for interest, level in outcome.levels.items():
        _assess(actor, interest, level, why=outcome.why, evidence=str(engagement))
    if outcome.goes_on:
        _plan_next(locked, actor, last=engagement.day)
    if outcome.follow_up_on:
        people = [one.pk for one in locked.stakeholders.all()]
        on = outcome.follow_up_on
        plan_follow_up(actor=actor, engagement=engagement, people=people, on=on)
    return locked


@transaction.atomic
def drop_activity(
    *, actor: User, activity: PlannedActivity, why: str, goes_on: bool = False
) -> PlannedActivity:
    """Say that it will not be done, and why; of a series the next may be planned all the same."""
    locked = _locked(actor, activity)
    if locked.state == State.DROPPED and locked.dropped_why == why.strip():
        return locked
    refuse_closed(locked)
    locked.dropped_why = why.strip()
    _close(locked, actor, State.DROPPED)
    if goes_on:
        _plan_next(locked, actor, last=max(locked.due_on, timezone.localdate()))
    return locked


def _locked(actor: User, activity: PlannedActivity) -> PlannedActivity:
    if not activity.may_be_changed_by(actor):
        raise PermissionDenied
    return PlannedActivity.objects.select_for_update().get(pk=activity.pk)


def _close(locked: PlannedActivity, actor: User, state: str) -> None:
    locked.state, locked.closed_by, locked.closed_on = state, actor, timezone.localdate()
    locked.full_clean()
    locked.save()


def _is_repeated(closed: PlannedActivity, form: UUID | None) -> bool:
    made = closed.engagement.made_by_form if closed.engagement else None
    return form is not None and form == made


def _noted(
    actor: User, activity: PlannedActivity, outcome: Outcome, form: UUID | None
) -> Engagement:
    """Write what happened into the log; whoever has to do it may do so, even if they know nobody."""
    if made := Engagement.already(form):
        return made
    planned = set(activity.stakeholders.values_list("pk", flat=True))
    return write_engagement(
        actor=actor,
        participants=planned & {one.pk for one in outcome.participants},
        made_by_form=form,
        initiative=activity.initiative,
        **outcome.said,
    )


def _is_theirs(actor: User, activity: PlannedActivity, engagement: Engagement) -> bool:
    readable = Engagement.objects.visible_to(actor).filter(pk=engagement.pk)
    return readable.filter(participants__in=activity.stakeholders.all()).exists()


def _assess(actor: User, interest: Interest, level: int, *, why: str, evidence: str) -> None:
    """Assess the level anew for today; everything else stays as it was noted last."""
    newest = Interest.objects.select_for_update().get(pk=interest.pk)
    said = {name: getattr(newest, name) for name in ASSESSED} | {"current": level}
    assess(actor=actor, about=newest, rationale=why, evidence=evidence, **said)


def _plan_next(closed: PlannedActivity, actor: User, *, last: date) -> None:
    """Plan the next one of a series, once: the lock on the one before makes sure of it."""
    if not closed.cadence:
        return
    following = PlannedActivity(
        initiative=closed.initiative, planned_by=closed.planned_by, follows=closed
    )
    write_activity(
        following,
        stakeholders=closed.stakeholders.values_list("pk", flat=True),
        kind=closed.kind,
        purpose=closed.purpose,
        owner=closed.owner or actor,
        due_on=next_day(last, closed.cadence, today=timezone.localdate()),
        cadence=closed.cadence,
    )
