"""Security events."""

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
