"""Decisions recorded, mended, replaced by later ones, and tied to what drove them."""

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from buyin.accounts.models import User
from buyin.initiatives.models import Decision, DecisionInput, Initiative

from .records import begun

WRITABLE = {
    "title", "decided_on", "decided_by", "decider", "forum", "options", "rationale", "review_on",
}  # fmt: skip


@transaction.atomic
def save_decision(
    *,
    actor: User,
    decision: Decision,
    replaces: Decision | None = None,
    made_by_form: UUID | None = None,
    **fields: Any,
) -> Decision:
    """Record a decision, or mend how it is written down; the same form sent twice records one.

    `replaces` is an earlier decision of the same initiative, which from then on stands no more.
    """
    if replaces:  # two that replace each other at once wait here, before either is locked
        Initiative.objects.select_for_update().get(pk=decision.initiative_id)
    decision, is_to_save = begun(
        decision, fields, actor=actor, writable=WRITABLE, made_by_form=made_by_form
    )
    if not is_to_save:
        return decision
    if decision.decider and not decision.decided_by:
        decision.decided_by = decision.decider.name
    decision.full_clean()
    decision.save()
    if replaces:
        _replace(replaces, decision)
    return decision


def _replace(old: Decision, new: Decision) -> None:
    locked = Decision.objects.select_for_update().get(pk=old.pk)
    is_free = locked.superseded_by_id in {None, new.pk} and new.superseded_by_id is None
    if locked.initiative_id != new.initiative_id or locked.pk == new.pk or not is_free:
        raise ValidationError({"replaces": _("This decision cannot be replaced by this one.")})
    locked.superseded_by = new
    locked.save(update_fields=["superseded_by"])


@transaction.atomic
def add_input(*, actor: User, decision: Decision, **fields: Any) -> DecisionInput:
    """Say what a decision rests on; the same twice is one."""
    if not decision.initiative.may_be_changed_by(actor):
        raise PermissionDenied
    Decision.objects.select_for_update().get(pk=decision.pk)
    if same := decision.inputs.filter(**fields).first():
        return same
    made = DecisionInput(decision=decision, **fields)
    made.full_clean()
    made.save()
    return made


@transaction.atomic
def remove_input(*, actor: User, decision: Decision, pk: int) -> None:
    """Take away what a decision does not rest on after all; twice does no harm."""
    if not decision.initiative.may_be_changed_by(actor):
        raise PermissionDenied
    for one in decision.inputs.filter(pk=pk):
        one.delete()


@transaction.atomic
def move_inputs(*, link: str, to: str) -> None:
    """Let what rests on the page at one address rest on another, where that page has gone."""
    for one in DecisionInput.objects.filter(link=link):
        same = DecisionInput.objects.filter(decision=one.decision_id, kind=one.kind, link=to)
        if same.exists():
            one.delete()
        else:
            one.link = to
            one.save(update_fields=["link"])
