"""RAID items written down and changed."""

from typing import Any
from uuid import UUID

from django.db import transaction

from buyin.accounts.models import User
from buyin.initiatives.models import RaidItem

from .records import begun

WRITABLE = {
    "kind", "statement", "category", "probability", "impact", "response", "owner", "next_action",
    "due", "trigger", "status", "raised_on", "valid_until", "proved_by",
}  # fmt: skip


@transaction.atomic
def save_raid_item(
    *, actor: User, item: RaidItem, made_by_form: UUID | None = None, **fields: Any
) -> RaidItem:
    """Write down a risk, assumption, issue or dependency, or change one."""
    item, is_to_save = begun(
        item, fields, actor=actor, writable=WRITABLE, made_by_form=made_by_form
    )
    if not is_to_save:
        return item
    item.full_clean()
    item.save()
    return item
