"""What all records of an initiative do before they are saved."""

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied

from buyin.accounts.models import User
from buyin.initiatives.models import Initiative
from buyin.initiatives.models.once import MadeOnce


def begun[M: MadeOnce](
    record: M,
    fields: Mapping[str, Any],
    *,
    actor: User,
    writable: Collection[str],
    made_by_form: UUID | None,
) -> tuple[M, bool]:
    """Return a record with these fields set, locked where it is there, and whether to save it.

    It is not where the same form has made it before. Refused to who may not change the initiative.
    """
    held: Any = record
    if not held.initiative.may_be_changed_by(actor):
        raise PermissionDenied
    if unknown := fields.keys() - set(writable):
        raise TypeError(f"not writable: {sorted(unknown)}")
    if made := made_before(record, held.initiative_id, made_by_form):
        return made, False
    if record.pk:
        rows: Any = type(record)._default_manager  # noqa: SLF001 - as documented
        record = rows.select_for_update().get(pk=record.pk)
    elif made_by_form:
        record.made_by_form = made_by_form
    for name, value in fields.items():
        setattr(record, name, value)
    return record, True


def made_before[M: MadeOnce](record: M, initiative: int, form: UUID | None) -> M | None:
    """Return what this form has made before; the same form sent at the same moment waits here."""
    if form is None:
        return None
    Initiative.objects.select_for_update().get(pk=initiative)
    return type(record).already(form)
