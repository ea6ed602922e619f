"""How the sending goes, for the administrators' page and the command line."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import Count, Max, Min, Q

from buyin import periods
from buyin.digests.models import DigestRun
from buyin.outbox.models import Message, MessageState

RUNS_SHOWN = 12
TROUBLED_SHOWN = 50


@dataclass(frozen=True)
class RunCount:
    """One week's run and how many of its reports are in which state."""

    period: str
    planned_at: datetime | None
    waiting: int
    sent: int
    kept: int
    skipped: int
    dead: int

    @property
    def week(self) -> str:
        """Return the week as people say it."""
        return periods.name_of(self.period)

    @property
    def total(self) -> int:
        """Return how many people the run accounts for."""
        return self.waiting + self.sent + self.kept + self.skipped + self.dead


@dataclass(frozen=True)
class MailHealth:
    """Whether mail flows: what waits, since when, what failed, what went out last."""

    has_server: bool
    host: str
    waiting: int
    sending: int
    failing: int
    dead: int
    oldest_waiting: datetime | None
    last_sent: datetime | None


def mail_health() -> MailHealth:
    """Return the state of the whole outbox, in one query; what was emptied is nobody's trouble."""
    waiting = Q(state=MessageState.WAITING)
    found = Message.objects.aggregate(
        waiting=Count("pk", filter=waiting),
        failing=Count("pk", filter=waiting & ~Q(error="")),
        sending=Count("pk", filter=Q(state=MessageState.SENDING)),
        dead=Count("pk", filter=Q(state=MessageState.DEAD) & ~Q(text="")),
        oldest_waiting=Min("dated", filter=waiting),
        last_sent=Max("sent_at", filter=Q(state=MessageState.SENT)),
    )
    return MailHealth(has_server=bool(settings.MAIL_HOST), host=settings.MAIL_HOST, **found)


def keeps_readable_mail() -> bool:
    """Return whether this is a trial copy that keeps its mail, so that somebody has to read it."""
    return settings.EVALUATION and not settings.MAIL_HOST


def recent_runs(*, period: str | None = None) -> list[RunCount]:
    """Return the last runs, or the run of one week, with their reports counted by state."""
    runs = DigestRun.objects.order_by("-starts_on")
    if period:
        runs = runs.filter(period=period)
    under_way = [MessageState.WAITING, MessageState.SENDING]
    counted = runs.annotate(
        waiting=_count(message__state__in=under_way),
        sent=_count(message__state=MessageState.SENT),
        kept=_count(message__state=MessageState.KEPT),
        dead=_count(message__state=MessageState.DEAD),
        skipped=Count(
            "deliveries",
            filter=Q(deliveries__message__isnull=True)
            | Q(deliveries__message__state=MessageState.SKIPPED),
        ),
    ).values("period", "planned_at", "waiting", "sent", "kept", "skipped", "dead")
    return [RunCount(**row) for row in counted[:RUNS_SHOWN]]


def troubled_messages() -> list[Message]:
    """Return mails that were given up, then those that keep failing; never what they say.

    What was given up so long ago that it has been emptied is trouble no more.
    """
    failing = Message.objects.filter(state=MessageState.WAITING).exclude(error="")
    return list(
        (Message.objects.retryable() | failing)
        .select_related("person")
        .defer("text", "html", "headers")
        .order_by("state", "-pk")[:TROUBLED_SHOWN]
    )


def _count(**condition: object) -> Count:
    return Count("deliveries", filter=Q(**{f"deliveries__{k}": v for k, v in condition.items()}))
