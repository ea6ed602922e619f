"""Security events and the history of records: written when it happens, deleted when it is old."""

import ipaddress
from datetime import timedelta

from allauth.account.adapter import get_adapter
from auditlog.models import LogEntry
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

from buyin.accounts.models import EventKind, SecurityEvent, User


def network_of(request: HttpRequest | None) -> str:
    """Return the address of the client without the part that tells one device from another."""
    try:
        address = ipaddress.ip_address(get_adapter().get_client_ip(request) if request else "")
    except (ValueError, PermissionDenied):
        return ""
    length = 24 if address.version == 4 else 48  # noqa: PLR2004
    return str(ipaddress.ip_network(f"{address}/{length}", strict=False))


def record_event(
    *,
    kind: EventKind,
    person: User | None = None,
    actor: User | None = None,
    network: str = "",
    detail: str = "",
) -> SecurityEvent:
    """Write down what happened. `detail` is for people to read and must hold no secret."""
    return SecurityEvent.objects.create(
        kind=kind, person=person, actor=actor or person, network=network, detail=detail[:200]
    )


@transaction.atomic
def forget_old_events(*, days: int) -> int:
    """Delete security events that are older than this; return how many there were."""
    old = SecurityEvent.objects.filter(at__lt=timezone.now() - timedelta(days=days))
    return old.delete()[0]


@transaction.atomic
def forget_old_history(*, days: int) -> int:
    """Delete the history of changes that are older than this; return how many there were."""
    old = LogEntry.objects.filter(timestamp__lt=timezone.now() - timedelta(days=days))
    forgotten: int = old.delete()[0]
    return forgotten
