"""How stakeholders stand to initiatives: assessments are added, and interests follow the newest."""

from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from buyin.accounts.models import User
from buyin.initiatives.models import Initiative
from buyin.stakeholders.models import ASSESSED, Assessment, Interest, Stakeholder

from .registry import held

REASONS = {"source", "rationale", "evidence", "confidence"}


@transaction.atomic
def take_up(*, actor: User, stakeholder: Stakeholder, initiative: Initiative) -> Interest:
    """Put a stakeholder on an initiative's list, not assessed; who is on it already stays.

    Whoever may change the stakeholder's record may do so, and who leads the initiative for those
    whom they may see.
    """
    held(Stakeholder.objects.changeable_by(actor), stakeholder)
    if not Initiative.objects.visible_to(actor).filter(pk=initiative.pk).exists():
        raise PermissionDenied
    found, _is_new = Interest.objects.get_or_create(stakeholder=stakeholder, initiative=initiative)
    return found


@transaction.atomic
def assess(*, actor: User, about: Interest, on: date | None = None, **said: Any) -> Assessment:
    """Note how a stakeholder stands on a day, in full: what is not said is not assessed.

    Where nothing at all is assessed, the note has to say why; otherwise it says nothing.

    The interest shows the newest day's; a note for an earlier day is kept and changes nothing now.
    """
    if unknown := said.keys() - {*ASSESSED, *REASONS}:
        raise TypeError(f"not part of an assessment: {sorted(unknown)}")
    if not Interest.objects.changeable_by(actor).filter(pk=about.pk).exists():
        raise PermissionDenied
    today = timezone.localdate()
    day = on or today
    if day > today:
        raise ValidationError({"on": _("A day that is still to come cannot be assessed.")})
    if not said.get("rationale") and all(said.get(name) is None for name in ASSESSED):
        raise ValidationError(
            {"current": _("Say how they stand, or below why nothing is assessed.")}
        )
    # Two who assess at the same moment: the lock lets both be kept, and the newest be shown.
    locked = Interest.objects.select_for_update().filter(pk=about.pk).order_by("pk").first()
    if locked is None:
        raise ValidationError(_("This record was merged into another meanwhile. Look it up again."))
    made = Assessment(about=locked, assessed_on=day, assessed_by=actor, **said)
    made.full_clean()
    made.save()
    show_newest(locked)
    about.refresh_from_db()
    return made


def show_newest(interest: Interest) -> None:
    """Let an interest that is locked repeat what its newest assessment says."""
    newest = interest.assessments.first()
    for name in ASSESSED:
        setattr(interest, name, getattr(newest, name, None))
    interest.assessed_on = newest.assessed_on if newest else None
    interest.save(update_fields=[*ASSESSED, "assessed_on"])
