"""Initiatives added and changed."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from buyin.accounts.models import User
from buyin.initiatives.models import Initiative

WRITABLE = {"name", "summary", "stage", "lead", "departments"}


@transaction.atomic
def save_initiative(*, actor: User, initiative: Initiative, **fields: Any) -> Initiative:
    """Make or change an initiative, and who takes part in it.

    A name that another initiative has is refused with a ValidationError: people could not tell them
    apart. Inventories that are brought in may repeat names; those keep what they came with.
    """
    if not initiative.may_be_changed_by(actor):
        raise PermissionDenied
    if unknown := fields.keys() - WRITABLE:
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
    return initiative


def _refuse_taken(name: str) -> None:
    if Initiative.objects.filter(name=name).exists():
        raise ValidationError({"name": _("There is already an initiative with this name.")})
