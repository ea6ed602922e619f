"""Initiatives added and changed."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from buyin.accounts.models import User

from .models import Initiative

WRITABLE = {"name", "summary", "stage", "lead", "departments"}


@transaction.atomic
def save_initiative(*, actor: User, initiative: Initiative, **fields: Any) -> Initiative:
    """Make or change an initiative, and who takes part in it."""
    if not initiative.may_be_changed_by(actor):
        raise PermissionDenied
    if unknown := fields.keys() - WRITABLE:
        raise TypeError(f"not writable: {sorted(unknown)}")
    departments = fields.pop("departments", None)
    for name, value in fields.items():
        setattr(initiative, name, value)
    initiative.full_clean()
    initiative.save()
    if departments is not None:
        initiative.departments.set(departments)
    return initiative
