"""Every change to a message: written, claimed, finished, tried again."""

import random
import uuid
from datetime import timedelta
from typing import NotRequired, Required, TypedDict, Unpack
from urllib.parse import urlsplit

from django.conf import settings
from django.db import connection, transaction
from django.db.models import DateTimeField, ExpressionWrapper, F, Value
from django.db.models.functions import Now
from django.utils import timezone

from buyin.accounts.models import User

from .message import message_id_for, refuse_bad_headers
from .models import Message, MessageState

MOST_ATTEMPTS = 8
LONGEST_WAIT = timedelta(hours=1)


class Content(TypedDict, total=False):
    """What the mail says. The text part is never left out."""

    subject: Required[str]
    text: Required[str]
    html: NotRequired[str]
    headers: NotRequired[dict[str, str] | None]


def compose(*, kind: str, person: User, key: str, **content: Unpack[Content]) -> Message:
    """Return the message for one occasion, not saved yet; refuse a subject that hides a header."""
    headers = content.get("headers") or {}
    refuse_bad_headers(content["subject"], headers)
    domain = urlsplit(settings.SITE_URL).hostname or "localhost"
    return Message(
        kind=kind,
        person=person,
        key=key,
        subject=content["subject"][:250],
        text=content["text"],
        html=content.get("html", ""),
        headers=headers,
        message_id=message_id_for(key, domain),
        dated=timezone.now().replace(microsecond=0),
    )


@transaction.atomic
def queue(*, kind: str, person: User, key: str, **content: Unpack[Content]) -> Message:
    """Write the mail in the transaction of its cause; one occasion makes one message for ever."""
    fresh = compose(kind=kind, person=person, key=key, **content)
    Message.objects.bulk_create([fresh], ignore_conflicts=True)
    return Message.objects.get(key=key)


@transaction.atomic
def queue_all(messages: list[Message]) -> dict[str, int]:
    """Write many composed messages at once and return the id for each key, new or not."""
    Message.objects.bulk_create(messages, ignore_conflicts=True, batch_size=500)
    keys = [message.key for message in messages]
    return dict(Message.objects.order_by().filter(key__in=keys).values_list("key", "pk"))


@transaction.atomic
def claim() -> Message | None:
    """Take the next due message for this sender alone, count the attempt and commit that.

    A message whose last sender died comes back with `was_abandoned` set.
    """
    due = Message.objects.due().order_by("due_at", "id")
    if connection.features.has_select_for_update_skip_locked:
        due = due.select_for_update(skip_locked=True, of=("self",))
    message = due.select_related("person").first()
    if message is None:
        return None
    message.was_abandoned = message.state == MessageState.SENDING
    message.state = MessageState.SENDING
    message.attempts += 1
    message.claim = uuid.uuid4()
    Message.objects.filter(pk=message.pk).update(
        state=message.state,
        attempts=message.attempts,
        claim=message.claim,
        lease_until=_from_now(timedelta(seconds=settings.MAIL_LEASE_SECONDS)),
    )
    return message


def finish(message: Message, *, state: MessageState, reason: str = "") -> bool:
    """Record how it ended, if the claim is still ours; return whether it was."""
    went_out = state in {MessageState.SENT, MessageState.KEPT}
    return _settle(
        message,
        state=state,
        skip_reason=reason if state == MessageState.SKIPPED else "",
        error=reason if state == MessageState.DEAD else "",
        sent_at=Now() if went_out else None,
    )


def postpone(message: Message, *, error: str) -> bool:
    """Try again later, ever later and never all at once; give up after the last attempt."""
    if message.attempts >= MOST_ATTEMPTS:
        return finish(message, state=MessageState.DEAD, reason=error)
    wait = timedelta(seconds=settings.MAIL_RETRY_SECONDS) * 2 ** (message.attempts - 1)
    jitter = random.uniform(0.75, 1.25)  # noqa: S311 - spreads load, guards nothing
    return _settle(
        message,
        state=MessageState.WAITING,
        error=error,
        due_at=_from_now(min(wait, LONGEST_WAIT) * jitter),
    )


def hand_back(message: Message, *, error: str) -> bool:
    """Give the message back untried, because the mail server could not be reached at all."""
    return _settle(
        message,
        state=MessageState.WAITING,
        error=error,
        attempts=F("attempts") - 1,
        due_at=_from_now(timedelta(seconds=settings.MAIL_RETRY_SECONDS)),
    )


@transaction.atomic
def retry(*, message: Message) -> bool:
    """Send a message that was given up once more, from the first attempt."""
    revived = Message.objects.filter(pk=message.pk, state=MessageState.DEAD).update(
        state=MessageState.WAITING, attempts=0, due_at=Now()
    )
    return bool(revived)


@transaction.atomic
def forget_old(*, days: int) -> int:
    """Empty the text of mails that ended this many days ago; that they were sent stays on record."""
    over = Message.objects.finished().filter(dated__lt=timezone.now() - timedelta(days=days))
    return over.exclude(text="").update(text="", html="")


def _settle(message: Message, **changes: object) -> bool:
    mine = Message.objects.filter(
        pk=message.pk, state=MessageState.SENDING, claim=message.claim
    ).update(claim=None, lease_until=None, **changes)
    return bool(mine)


def _from_now(wait: timedelta) -> ExpressionWrapper:
    """Return a moment by the database's clock, the only one that all senders share."""
    return ExpressionWrapper(Now() + Value(wait), output_field=DateTimeField())
