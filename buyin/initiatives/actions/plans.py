"""Milestones, shared goals and agreements about data, added and changed."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from buyin.accounts.models import Department, User
from buyin.initiatives.models import DataAgreement, Milestone, SharedGoal

from .records import begun

FEWEST = 2
MILESTONE = {"title", "due", "percent", "steps", "steps_done", "done_on", "is_given_up", "note"}
GOAL = {"goal", "measure", "target", "due", "state"}
AGREEMENT = {
    *("giver", "taker", "shared", "purpose", "legal_basis"),
    *("state", "signed_on", "review_on", "expires_on"),
}


@transaction.atomic
def save_milestone(
    *, actor: User, milestone: Milestone, made_by_form: UUID | None = None, **fields: Any
) -> Milestone:
    """Add a milestone or change one; the day that was promised first stays.

    The same form sent twice adds one. A ValidationError says what does not hold.
    """
    milestone, is_to_save = begun(
        milestone, fields, actor=actor, writable=MILESTONE, made_by_form=made_by_form
    )
    if not is_to_save:
        return milestone
    if milestone.pk is None and milestone.due:
        milestone.planned = milestone.due
    if milestone.done_on and milestone.done_on > timezone.localdate():
        raise ValidationError({"done_on": _("This day is still to come.")})
    milestone.full_clean()
    milestone.save()
    return milestone


@transaction.atomic
def save_goal(
    *,
    actor: User,
    shared: SharedGoal,
    departments: Collection[Department],
    made_by_form: UUID | None = None,
    **fields: Any,
) -> SharedGoal:
    """Add a goal that departments share, or change one; it takes two to share.

    The same form sent twice adds one.
    """
    if not shared.initiative.may_be_changed_by(actor):
        raise PermissionDenied
    if len({one.pk for one in departments}) < FEWEST:
        message = _("A shared goal has at least two departments.")
        raise ValidationError({"departments": message})
    shared, is_to_save = begun(
        shared, fields, actor=actor, writable=GOAL, made_by_form=made_by_form
    )
    if is_to_save:
        shared.full_clean()
        shared.save()
        shared.departments.set(departments)
    return shared


@transaction.atomic
def save_agreement(
    *, actor: User, agreement: DataAgreement, made_by_form: UUID | None = None, **fields: Any
) -> DataAgreement:
    """Add an agreement about data between two departments, or change one.

    The same form sent twice adds one.
    """
    agreement, is_to_save = begun(
        agreement, fields, actor=actor, writable=AGREEMENT, made_by_form=made_by_form
    )
    if not is_to_save:
        return agreement
    if agreement.signed_on and agreement.signed_on > timezone.localdate():
        raise ValidationError({"signed_on": _("This day is still to come.")})
    agreement.full_clean()
    agreement.save()
    return agreement
