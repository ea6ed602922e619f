"""Making panels, and changing who is in them."""

from collections.abc import Collection

from django.db import transaction

from buyin.accounts.models import User
from surveys.models import Panel


@transaction.atomic
def create_panel(*, owner: User, name: str, purpose: str = "") -> Panel:
    """Make an empty panel."""
    return Panel.objects.create(owner=owner, name=name, purpose=purpose)


@transaction.atomic
def rename_panel(*, panel: Panel, name: str, purpose: str = "") -> Panel:
    """Call a panel something else; who is in it, and whom surveys have asked by it, stays."""
    locked = Panel.objects.select_for_update().get(pk=panel.pk)
    locked.name, locked.purpose = name, purpose
    locked.save(update_fields=["name", "purpose"])
    return locked


@transaction.atomic
def add_to_panel(*, panel: Panel, people: Collection[User]) -> int:
    """Add people and return how many were not in it before; adding them again changes nothing."""
    locked = Panel.objects.select_for_update().get(pk=panel.pk)
    before = locked.people.count()
    locked.people.add(*people)
    return locked.people.count() - before


@transaction.atomic
def take_from_panel(*, panel: Panel, person: User) -> None:
    """Take one person out; who is not in it stays out."""
    panel.people.remove(person)


@transaction.atomic
def delete_panel(*, panel: Panel) -> None:
    """Delete a panel. Whom surveys have asked by it stays as it was."""
    panel.delete()
