"""Initiatives added and changed."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from buyin.accounts.models import User
from buyin.initiatives.models import Initiative

from .stages import begin

WRITABLE = {"name", "summary", "lead", "departments"}


@transaction.atomic
def save_initiative(*, actor: User, initiative: Initiative, **fields: Any) -> Initiative:
    """Make or change an initiative, and who takes part in it.

    Only a new one may be given its `stage`, which begins its history; later it is moved.

    A name that another initiative has is refused with a ValidationError: people could not tell them
    apart. Inventories that are brought in may repeat names; those keep what they came with.
    """
    if not initiative.may_be_changed_by(actor):
        raise PermissionDenied
    is_new = initiative.pk is None
    if unknown := fields.keys() - WRITABLE - ({"stage"} if is_new else set()):
        raise TypeError(f"not writable: {sorted(unknown)}")
    departments = fields.pop("departments", None)
    if fields.get("name", initiative.name) != initiative.name:
        _refuse_taken(fields["name"])
    for name, value in fields.items():
        setattr(initiative, name, value)
    initiative.full_clean()
    initiative.save()
    if departments is not None:
        initiative.departments.set(departments)
    if is_new:
        begin(initiative=initiative, by=actor)
    return initiative


def _refuse_taken(name: str) -> None:
    if Initiative.objects.filter(name=name).exists():
        raise ValidationError({"name": _("There is already an initiative with this name.")})
