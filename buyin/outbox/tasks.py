"""The clock's side of the outbox."""

from typing import Any

from celery import shared_task
from django.conf import settings

from . import actions
from .models import Message
from .sending import drain as send_what_is_due

# A sender stops taking messages, is killed, and loses its claim, in this order: so nobody sends a
# message that somebody else could hold by then.
STOP_AFTER = settings.MAIL_LEASE_SECONDS * 0.5
KILL_AFTER: Any = settings.MAIL_LEASE_SECONDS * 0.9  # parts of a second will do


@shared_task(time_limit=KILL_AFTER)
def drain() -> None:
    """Send what is due, unless enough senders are at it: they bound what a crash sends twice."""
    if Message.objects.senders() < settings.MAIL_SENDERS:
        send_what_is_due(seconds=STOP_AFTER)


@shared_task
def forget_old() -> None:
    """Empty the text of old mails."""
    actions.forget_old(days=settings.MAIL_KEEP_DAYS)
