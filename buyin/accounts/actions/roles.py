"""Who holds which role."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from buyin.accounts.models import Department, EventKind, Role, RoleAssignment, User

from .events import record_event


@transaction.atomic
def grant_role(
    *, actor: User, person: User, role: Role, department: Department | None = None
) -> RoleAssignment:
    """Give a role for a department, or for the agency; nobody can give more than they govern."""
    if not actor.governs(department):
        raise PermissionDenied
    if not person.is_active:
        raise ValidationError(_("This account is closed. Open it before you grant a role."))
    assignment = RoleAssignment(person=person, role=role, department=department)
    assignment.full_clean()
    assignment.save()
    record_event(kind=EventKind.ROLE_GRANTED, person=person, actor=actor, detail=str(assignment))
    return assignment


@transaction.atomic
def revoke_role(*, actor: User, assignment: RoleAssignment) -> None:
    """Take a role away; the agency keeps at least one administrator."""
    if not actor.governs(assignment.department):
        raise PermissionDenied
    if assignment.role == Role.ADMINISTRATOR and assignment.department_id is None:
        refuse_without_administrator(leaving=assignment.person)
    record_event(
        kind=EventKind.ROLE_REVOKED,
        person=assignment.person,
        actor=actor,
        detail=str(assignment),
    )
    assignment.delete()


def refuse_without_administrator(*, leaving: User) -> None:
    """Refuse where nobody else would be left who administers the agency; call in a transaction."""
    # Roles and accounts are locked, so that two administrators cannot remove each other at the same
    # moment: whoever waits for the lock sees what the other one did to either of them.
    holders = RoleAssignment.objects.select_for_update().filter(
        role=Role.ADMINISTRATOR, department=None, person__is_active=True
    )
    if set(holders.order_by("pk").values_list("person_id", flat=True)) <= {leaving.pk}:
        raise ValidationError(
            _("This is the last administrator. Make somebody else administrator first.")
        )
