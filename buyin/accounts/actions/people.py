"""People's accounts: made, changed, closed and opened again."""

from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.core.exceptions import PermissionDenied
from django.db import transaction

from buyin.accounts.models import EventKind, User

from .events import record_event
from .roles import refuse_without_administrator
from .tags import tags_called

WRITABLE = {"email", "name", "department", "time_zone", "tags"}


def in_turn(actor: User) -> None:
    """Wait until what this person writes in another request is written, so that it is found.

    Only within a transaction, which holds the turn until it ends. Others may point to them meanwhile.
    """
    User.objects.select_for_update(no_key=True).get(pk=actor.pk)


@transaction.atomic
def save_person(*, actor: User, person: User, **fields: Any) -> User:
    """Make or change an account; a new one has no password until its owner sets one."""
    refuse_others(fields)
    is_new = person.pk is None
    if not actor.governs(fields.get("department")) or not (is_new or actor.may_manage(person)):
        raise PermissionDenied
    tags: list[str] | None = fields.pop("tags", None)
    for name, value in fields.items():
        setattr(person, name, value)
    person.email = person.email.strip().lower()
    if is_new:
        person.set_unusable_password()
    person.full_clean()
    person.save()
    if tags is not None:
        person.tags.set(tags_called(*tags))
    # The sign-in library keeps its own list of addresses; an old one must not open the door.
    EmailAddress.objects.filter(user=person).exclude(email=person.email).delete()
    return person


@transaction.atomic
def close_account(*, actor: User, person: User) -> None:
    """Close an account: its sessions and its password end with it, its history stays."""
    if not actor.may_manage(person):
        raise PermissionDenied
    refuse_without_administrator(leaving=person)
    person.is_active = False
    # A new hash also keeps old sessions shut when the account is opened again.
    person.set_unusable_password()
    person.save(update_fields=["is_active", "password"])
    record_event(kind=EventKind.DEACTIVATED, person=person, actor=actor)


@transaction.atomic
def open_account(*, actor: User, person: User) -> None:
    """Open a closed account again; its owner sets a new password by mail."""
    if not actor.may_manage(person):
        raise PermissionDenied
    person.is_active = True
    person.save(update_fields=["is_active"])
    record_event(kind=EventKind.REACTIVATED, person=person, actor=actor)


@transaction.atomic
def forget_second_factors(*, actor: User, person: User) -> None:
    """Remove the second factors of a person who lost them."""
    if not actor.may_manage(person):
        raise PermissionDenied
    Authenticator.objects.filter(user=person).delete()
    record_event(kind=EventKind.FACTOR_REMOVED, person=person, actor=actor)


def refuse_others(fields: dict[str, Any]) -> None:
    """Refuse fields that no form may write, such as is_active or password."""
    if unknown := fields.keys() - WRITABLE:
        raise TypeError(f"not writable: {sorted(unknown)}")
