"""Security events and the history of records: written when it happens, deleted when it is old."""

from datetime import timedelta

from auditlog.models import LogEntry
from django.db import transaction
from django.utils import timezone

from buyin.accounts.models import EventKind, SecurityEvent, User


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
