"""The department tree: units added and changed."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from buyin.accounts.models import Department, Role, User, subtree_ids


def take_turns() -> None:
    """Wait until nobody else changes the tree or the roster; call first in a transaction.

    Whoever waits reads the tree as the other one left it. Rows stay free to be pointed at, so nobody
    who only adds a person has to wait; SQLite lets one writer in at a time anyway.
    """
    list(Department.objects.select_for_update(no_key=True).order_by("pk").values_list("pk"))


@transaction.atomic
def save_department(*, actor: User, department: Department, **fields: Any) -> Department:
    """Make or change a department; the tree stays a tree."""
    if not actor.holds(Role.ADMINISTRATOR):
        raise PermissionDenied
    take_turns()
    for name, value in fields.items():
        setattr(department, name, value)
    if department.pk and department.parent_id in subtree_ids([department.pk]):
        message = _("A department cannot be part of itself or of what is under it.")
        raise ValidationError({"parent": message})
    department.full_clean()
    department.save()
    return department
