"""Initiatives moved from one stage to another."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from buyin.accounts.models import User
from buyin.initiatives.models import Initiative, Stage, StageChange
from buyin.initiatives.queries.gates import checked


@dataclass(frozen=True)
class Move:
    """A step that somebody wants to make.

    `start` is the stage that they saw, and `confirmed` names the checks that the portal cannot make
    and for which they answer.
    """

    start: str
    to: str
    day: date
    note: str = ""
    confirmed: Collection[str] = ()


def begin(*, initiative: Initiative, by: User | None, day: date | None = None) -> StageChange:
    """Write down in which stage an initiative came to the portal."""
    return StageChange.objects.create(
        initiative=initiative,
        to_stage=initiative.stage,
        day=day or timezone.localdate(),
        by=by,
    )


@transaction.atomic
def move(*, actor: User, initiative: Initiative, wanted: Move) -> StageChange:
    """Move an initiative on, or back, and keep why.

    Checks that are not met do not stop it, but are kept with the reason that has to be given then,
    as it has to be for a step back. A ValidationError says what is missing, and when somebody else
    has moved it meanwhile.
    """
    found = Initiative.objects.select_for_update().get(pk=initiative.pk)
    if not found.may_be_changed_by(actor):
        raise PermissionDenied
    if found.stage != wanted.start:
        message = _("Somebody else has moved it meanwhile. It is in the stage “%(stage)s” now.")
        raise ValidationError(message % {"stage": found.get_stage_display()})
    _check_day(found, wanted.day)
    unmet = [one.gate.code for one in checked(found, wanted.to, wanted.confirmed) if not one.is_met]
    goes_back = Stage(wanted.to).position < Stage(found.stage).position
    if not wanted.note and (unmet or goes_back):
        message = (
            _("Say why it goes back.") if goes_back else _("Say why it moves on all the same.")
        )
        raise ValidationError({"note": message})
    change = StageChange(
        initiative=found,
        from_stage=found.stage,
        to_stage=wanted.to,
        day=wanted.day,
        by=actor,
        note=wanted.note,
        unmet=unmet,
    )
    change.full_clean()
    change.save()
    found.stage = wanted.to
    found.save(update_fields=["stage"])
    return change


def _check_day(initiative: Initiative, day: date) -> None:
    if day > timezone.localdate():
        raise ValidationError({"day": _("This day is still to come.")})
    last = initiative.stage_changes.first()
    if last and day < last.day:
        raise ValidationError({"day": _("It came into its present stage after this day.")})
