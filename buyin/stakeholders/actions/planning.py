"""The engagement plan: activities planned and changed."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext as _

from buyin.accounts.actions import in_turn
from buyin.accounts.models import User
from buyin.initiatives.models import Initiative
from buyin.stakeholders.models import Engagement, PlannedActivity, Stakeholder

from .registry import held

WRITABLE = {"kind", "purpose", "owner", "due_on", "cadence"}


@transaction.atomic
def plan_activity(
    *,
    actor: User,
    stakeholders: Iterable[Stakeholder],
    initiative: Initiative | None = None,
    made_by_form: UUID | None = None,
    **fields: Any,
) -> PlannedActivity:
    """Plan something with stakeholders; it waits for its owner from now on.

    `fields` holds kind, purpose, owner, due_on and cadence. The actor must be allowed to change the
    record of each stakeholder, and to open the initiative. Nothing is planned with who does not
    want to be contacted. The same form sent twice plans it once.
    """
    # Whoever sends the same form at the same moment waits here, and then finds what was planned.
    in_turn(actor)
    if made := PlannedActivity.already(made_by_form):
        return only_own(made, made.planned_by_id, actor)
    people = list(stakeholders)
    if not people:
        raise ValidationError({"participants": _("Say with whom.")})
    held(Stakeholder.objects.changeable_by(actor), *people)
    _refuse_silent(people)
    opens = Initiative.objects.visible_to(actor)
    if initiative and not opens.filter(pk=initiative.pk).exists():
        raise PermissionDenied
    activity = PlannedActivity(initiative=initiative, planned_by=actor)
    if made_by_form:
        activity.made_by_form = made_by_form
    return write_activity(activity, stakeholders=[one.pk for one in people], **fields)


def only_own[M: Model](made: M, by: int | None, actor: User) -> M:
    """Return what a form has made, to who sent it; somebody else's is none of theirs to be told."""
    if by != actor.pk:
        raise PermissionDenied
    return made


def _refuse_silent(people: Iterable[Stakeholder]) -> None:
    """Refuse who does not want to be contacted, by name."""
    if silent := [one.name for one in people if not one.may_be_contacted]:
        message = _("Does not want to be contacted: %(names)s. Plan it without them.")
        raise ValidationError({"participants": message % {"names": ", ".join(silent)}})


def write_activity(
    activity: PlannedActivity, *, stakeholders: Iterable[int], **fields: Any
) -> PlannedActivity:
    """Write a new activity with these stakeholders, whom the caller has made sure of."""
    _set(activity, fields)
    _refuse_past(activity.due_on)
    activity.full_clean()
    activity.save()
    activity.stakeholders.set(stakeholders)
    return activity


@transaction.atomic
def change_activity(*, actor: User, activity: PlannedActivity, **fields: Any) -> PlannedActivity:
    """Change what is planned, for who may; a ValidationError says that it is closed by now."""
    if not activity.may_be_changed_by(actor):
        raise PermissionDenied
    locked = PlannedActivity.objects.select_for_update().get(pk=activity.pk)
    refuse_closed(locked)
    before = locked.due_on, locked.owner_id
    _set(locked, fields)
    if locked.due_on != before[0]:
        _refuse_past(locked.due_on)
    if (locked.due_on, locked.owner_id) != before:
        locked.reminder = None  # another day or another owner is reminded anew
    locked.full_clean()
    locked.save()
    return locked


def plan_follow_up(
    *, actor: User, engagement: Engagement, people: Iterable[int], on: date
) -> PlannedActivity:
    """Plan to speak again, for whoever noted an engagement; whoever took part is made sure of."""
    if on < timezone.localdate():
        raise ValidationError({"follow_up_on": _("This day is over.")})
    follow_up = PlannedActivity(
        initiative=engagement.initiative, planned_by=actor, springs_from=engagement
    )
    return write_activity(
        follow_up,
        stakeholders=people,
        kind=engagement.kind,
        purpose=_("Speak again after: %(what)s") % {"what": engagement},
        owner=actor,
        due_on=on,
    )


def refuse_closed(activity: PlannedActivity) -> None:
    """Refuse what is done or dropped already; a ValidationError says by whom and when."""
    if not activity.is_open:
        words = {"who": activity.closed_by or _("Somebody"), "day": activity.closed_on}
        raise ValidationError(
            _("%(who)s has closed this already (%(day)s). Nothing was changed.") % words,
            code="closed",
        )


def _set(activity: PlannedActivity, fields: dict[str, Any]) -> None:
    if unknown := fields.keys() - WRITABLE:
        raise TypeError(f"not writable: {sorted(unknown)}")
    for name, value in fields.items():
        setattr(activity, name, value)
    if activity.owner is None:
        raise ValidationError({"owner": _("Say who does it.")})


def _refuse_past(day: date) -> None:
    if day < timezone.localdate():
        raise ValidationError({"due_on": _("This day is over. Say by when it is to be done.")})
