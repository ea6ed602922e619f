"""Milestones, shared goals and agreements about data, added and changed."""

from collections.abc import Collection
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from buyin.accounts.models import Department, User
from buyin.initiatives.models import DataAgreement, Initiative, Milestone, SharedGoal

FEWEST = 2
MILESTONE = {"title", "due", "percent", "steps", "steps_done", "done_on", "is_given_up", "note"}
GOAL = {"goal", "measure", "target", "due", "state"}
AGREEMENT = {
    *("giver", "taker", "shared", "purpose", "legal_basis"),
    *("state", "signed_on", "review_on", "expires_on"),
}


@transaction.atomic
def save_milestone(*, actor: User, milestone: Milestone, **fields: Any) -> Milestone:
    """Add a milestone or change one; the day that was promised first stays.

    A ValidationError says what does not hold.
    """
    _check_right(actor, milestone.initiative)
    _set(milestone, fields, MILESTONE)
    if milestone.pk is None and milestone.due:
        milestone.planned = milestone.due
    if milestone.done_on and milestone.done_on > timezone.localdate():
        raise ValidationError({"done_on": _("This day is still to come.")})
    milestone.full_clean()
    milestone.save()
    return milestone


@transaction.atomic
def save_goal(
    *, actor: User, shared: SharedGoal, departments: Collection[Department], **fields: Any
) -> SharedGoal:
    """Add a goal that departments share, or change one; it takes two to share."""
    _check_right(actor, shared.initiative)
    if len({one.pk for one in departments}) < FEWEST:
        message = _("A shared goal has at least two departments.")
        raise ValidationError({"departments": message})
    _set(shared, fields, GOAL)
    shared.full_clean()
    shared.save()
    shared.departments.set(departments)
    return shared


@transaction.atomic
def save_agreement(*, actor: User, agreement: DataAgreement, **fields: Any) -> DataAgreement:
    """Add an agreement about data between two departments, or change one."""
    _check_right(actor, agreement.initiative)
    _set(agreement, fields, AGREEMENT)
    if agreement.signed_on and agreement.signed_on > timezone.localdate():
        raise ValidationError({"signed_on": _("This day is still to come.")})
    agreement.full_clean()
    agreement.save()
    return agreement


def _check_right(actor: User, initiative: Initiative) -> None:
    if not initiative.may_be_changed_by(actor):
        raise PermissionDenied


def _set(
    record: Milestone | SharedGoal | DataAgreement, fields: dict[str, Any], known: set[str]
) -> None:
    if unknown := fields.keys() - known:
        raise TypeError(f"not writable: {sorted(unknown)}")
    for name, value in fields.items():
        setattr(record, name, value)
