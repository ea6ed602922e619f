"""Commitments asked for, promised and received: every step is one more dated entry."""

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from buyin.accounts.actions import in_turn
from buyin.accounts.models import User
from buyin.stakeholders.models import Commitment, CommitmentEntry, Stakeholder

WRITABLE = {
    "stakeholder", "kind", "title", "unit", "begins_on", "ends_on", "needed_by", "expires_on",
    "conditions",
}  # fmt: skip
Step = CommitmentEntry.Step
# What somebody may say who is asked to give; the rest is for whoever leads the initiative.
OF_GIVER = {Step.PLEDGED, Step.COMMITTED, Step.DECLINED}
COUNTED = (Step.REQUESTED, Step.PLEDGED, Step.COMMITTED, Step.RECEIVED)


@transaction.atomic
def save_commitment(
    *,
    actor: User,
    commitment: Commitment,
    requested: Decimal | None = None,
    made_by_form: UUID | None = None,
    **fields: Any,
) -> Commitment:
    """Ask a stakeholder for something, or change what is asked.

    A new one begins with what is requested today. Another amount later is one more entry, so that
    what was asked before stays readable. The same form sent twice asks once.
    """
    if not commitment.may_be_changed_by(actor):
        raise PermissionDenied
    if unknown := fields.keys() - WRITABLE:
        raise TypeError(f"not writable: {sorted(unknown)}")
    # Whoever sends the same form at the same moment waits here, and then finds what was asked.
    in_turn(actor)
    if made := Commitment.already(made_by_form):
        return made
    if commitment.pk:
        commitment = Commitment.objects.select_for_update().get(pk=commitment.pk)
    elif made_by_form:
        commitment.made_by_form = made_by_form
    for name, value in fields.items():
        setattr(commitment, name, value)
    _refuse_unknown_giver(actor, commitment)
    commitment.full_clean()
    commitment.save()
    if requested is not None and requested != commitment.requested:
        entry = CommitmentEntry(step=Step.REQUESTED, amount=requested, day=timezone.localdate())
        _add(commitment, entry, actor)
    return commitment


def _refuse_unknown_giver(actor: User, commitment: Commitment) -> None:
    """Refuse a stakeholder whom this person does not see; they must not learn that there is one."""
    rows = Stakeholder.objects.select_for_update(of=("self",), no_key=True)
    seen = rows.visible_to(actor).filter(pk=commitment.stakeholder_id)
    if not commitment.pk and seen.first() is None:
        raise ValidationError({"stakeholder": _("There is no such stakeholder.")})


@transaction.atomic
def add_entry(
    *,
    actor: User,
    commitment: Commitment,
    step: str,
    day: date,
    amount: Decimal | None = None,
    made_by_form: UUID | None = None,
    **said: Any,
) -> CommitmentEntry:
    """Note how much stands at a step from a day on, in all; the same form sent twice notes it once.

    Whoever is asked to give says what they pledge, commit or decline; what is requested and what
    has arrived is said by who leads the initiative.
    """
    wanted = Step(step)
    may_change = commitment.may_be_changed_by(actor)
    if not (may_change or (wanted in OF_GIVER and commitment.is_given_by(actor))):
        raise PermissionDenied
    locked = Commitment.objects.select_for_update().get(pk=commitment.pk)
    if made := CommitmentEntry.already(made_by_form):
        return made
    if wanted != Step.DECLINED and amount is None:
        raise ValidationError({"amount": _("Say how much it is.")})
    entry = CommitmentEntry(step=wanted, amount=amount or Decimal(0), day=day, **said)
    if made_by_form:
        entry.made_by_form = made_by_form
    _add(locked, entry, actor)
    return entry


def _add(commitment: Commitment, entry: CommitmentEntry, actor: User) -> None:
    """Write an entry, and let its commitment, which is locked, repeat the newest of each step."""
    entry.commitment, entry.entered_by = commitment, actor
    entry.full_clean()
    entry.save()
    newest: dict[str, CommitmentEntry] = {}
    for one in commitment.entries.all():
        newest.setdefault(one.step, one)
    for step in COUNTED:
        setattr(commitment, step, newest[step].amount if step in newest else Decimal(0))
    declined = newest.get(Step.DECLINED)
    later = [one for step, one in newest.items() if step != Step.DECLINED]
    is_declined = declined and all((one.day, one.pk) < (declined.day, declined.pk) for one in later)
    commitment.declined_on = declined.day if declined and is_declined else None
    commitment.save(update_fields=[*COUNTED, "declined_on"])
