"""Benefits written down, changed in the open, measured and put into a state."""

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from buyin.accounts.models import User
from buyin.initiatives.models import FORMAL, Benefit, BenefitChange, Initiative, Measurement

from .records import made_before

WRITABLE = {
    *FORMAL, "title", "category", "kind", "description", "feature", "affected", "owner", "source",
}  # fmt: skip
# States about which everybody wants to know why.
TO_EXPLAIN = {Benefit.State.NOT_REALISED, Benefit.State.WITHDRAWN}


@transaction.atomic
def save_benefit(
    *,
    actor: User,
    benefit: Benefit,
    reason: str = "",
    made_by_form: UUID | None = None,
    **fields: Any,
) -> Benefit:
    """Write a benefit down, or change it.

    Once it is measured, what was agreed (indicator, baseline, target) changes only with a reason,
    and both stay readable. The same form sent twice makes one benefit.
    """
    if not benefit.initiative.may_be_changed_by(actor):
        raise PermissionDenied
    if unknown := fields.keys() - WRITABLE:
        raise TypeError(f"not writable: {sorted(unknown)}")
    if made := made_before(benefit, benefit.initiative_id, made_by_form):
        return made
    if benefit.pk:
        benefit = Benefit.objects.select_for_update().get(pk=benefit.pk)
    elif made_by_form:
        benefit.made_by_form = made_by_form
    before = {name: getattr(benefit, name) for name in FORMAL}
    for name, value in fields.items():
        setattr(benefit, name, value)
    benefit.full_clean()
    changes = _formal_changes(benefit, before, actor, reason.strip())
    benefit.save()
    BenefitChange.objects.bulk_create(changes)
    return benefit


def _formal_changes(
    benefit: Benefit, before: dict[str, Any], actor: User, reason: str
) -> list[BenefitChange]:
    """Return a row for each part of what was agreed that is another now; none before measuring."""
    changed = [name for name in FORMAL if getattr(benefit, name) != before[name]]
    if not benefit.pk or not changed or not benefit.measurements.exists():
        return []
    if not reason:
        message = _("This was measured already. Say why baseline, target or indicator change.")
        raise ValidationError({"reason": message})
    return [
        BenefitChange(
            benefit=benefit,
            what=name,
            before=_written(before[name]),
            after=_written(getattr(benefit, name)),
            reason=reason,
            changed_by=actor,
        )
        for name in changed
    ]


def _written(value: Any) -> str:
    return "" if value is None else str(value)


@transaction.atomic
def add_measurement(
    *,
    actor: User,
    benefit: Benefit,
    made_by_form: UUID | None = None,
    corrects: Measurement | None = None,
    **fields: Any,
) -> Measurement:
    """Add what was measured; the same form sent twice adds one.

    A measurement is never changed. One that was wrong is corrected by one more that names it.
    """
    if not benefit.may_be_measured_by(actor):
        raise PermissionDenied
    Initiative.objects.select_for_update().get(pk=benefit.initiative_id)
    if made := Measurement.already(made_by_form):
        return made
    if corrects and (
        corrects.benefit_id != benefit.pk
        or Measurement.objects.filter(corrects=corrects.pk).exists()
    ):
        raise ValidationError(_("This measurement is corrected already."))
    measurement = Measurement(benefit=benefit, corrects=corrects, entered_by=actor, **fields)
    if made_by_form:
        measurement.made_by_form = made_by_form
    measurement.full_clean()
    measurement.save()
    return measurement


@transaction.atomic
def set_state(*, actor: User, benefit: Benefit, state: str, reason: str = "") -> Benefit:
    """Put a benefit into a state, and keep which it had before.

    That something is not realised, or withdrawn, is said with the reason.
    """
    if not benefit.initiative.may_be_changed_by(actor):
        raise PermissionDenied
    wanted, reason = Benefit.State(state), reason.strip()
    if wanted in TO_EXPLAIN and not reason:
        raise ValidationError({"reason": _("Say why; everybody who follows it will ask.")})
    locked = Benefit.objects.select_for_update().get(pk=benefit.pk)
    if locked.state == wanted:
        return locked
    change = BenefitChange(
        benefit=locked,
        what=BenefitChange.What.STATE,
        before=locked.state,
        after=wanted,
        reason=reason,
        changed_by=actor,
    )
    change.full_clean()
    change.save()
    locked.state = wanted
    locked.save(update_fields=["state"])
    return locked
