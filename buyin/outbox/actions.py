"""Every change to a message: written, claimed, finished, tried again."""

import random
import uuid
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache
from operator import attrgetter
from typing import Any, NotRequired, Required, TypedDict, Unpack
from urllib.parse import urlsplit

from django.conf import settings
from django.db import connection, transaction
from django.db.models import DateTimeField, ExpressionWrapper, F, Value
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext as _

from buyin.accounts.models import User
from buyin.bulk import write_rows

from . import statements
from .message import message_id_for, refuse_bad_address, refuse_bad_headers
from .models import Message, MessageQuerySet, MessageState

MOST_ATTEMPTS = 8
LONGEST_WAIT = timedelta(hours=1)
HOLD = timedelta(minutes=30)  # until a mail that is to go out later is looked at again
# Claimed in one commit. Each is settled in its own, so a crash still repeats one mail at most.
AT_ONCE = 40
NOW = Now()
# A message that holds a key needs it no longer: it was taken, or will never be sent.
GONE = (MessageState.SENT, MessageState.SKIPPED)
EMPTY: dict[str, Any] = {"text": "", "html": "", "headers": {}}
# What `compose` fills in, by the attributes of a message.
WRITTEN: tuple[str, ...] = ("kind", "person_id", "address", "key", "subject", "text", "html")
WRITTEN += ("headers", "holds_key", "message_id", "dated")


@dataclass(frozen=True)
class Ending:
    """How an attempt ended: the state, and what else is written with it."""

    state: MessageState
    changes: dict[str, Any]


class Content(TypedDict, total=False):
    """What the mail says, and to whom: a person or a plain address. The text is never left out.

    `holds_key` is for mails whose text lets somebody in: it is emptied once they have gone.
    """

    person: NotRequired[User]
    address: NotRequired[str]
    subject: Required[str]
    text: Required[str]
    html: NotRequired[str]
    headers: NotRequired[dict[str, str] | None]
    holds_key: NotRequired[bool]


def compose(*, kind: str, key: str, **content: Unpack[Content]) -> Message:
    """Return the message for one occasion, not saved yet.

    Raises RefusedHeaderError for a subject that hides a header and RefusedAddressError where it
    goes to no address, or to a person and an address at once.
    """
    headers = content.get("headers") or {}
    person, address = content.get("person"), content.get("address", "")
    refuse_bad_headers(content["subject"], headers)
    if person is None or address:
        refuse_bad_address(address, is_extra=person is not None)
    domain = urlsplit(settings.SITE_URL).hostname or "localhost"
    return Message(
        kind=kind,
        person=person,
        address=address,
        key=key,
        subject=content["subject"][:250],
        text=content["text"],
        html=content.get("html", ""),
        headers=headers,
        holds_key=content.get("holds_key", False),
        message_id=message_id_for(key, domain),
        dated=timezone.now().replace(microsecond=0),
    )


@transaction.atomic
def queue(*, kind: str, key: str, **content: Unpack[Content]) -> Message:
    """Write the mail in the transaction of its cause; one occasion makes one message for ever.

    Raises what `compose` raises.
    """
    fresh = compose(kind=kind, key=key, **content)
    Message.objects.bulk_create([fresh], ignore_conflicts=True)
    return Message.objects.get(key=key)


@transaction.atomic
def queue_all(messages: list[Message]) -> dict[str, int]:
    """Write many composed messages at once and return the id for each key, new or not."""
    # A row that is there already is touched but not changed, because only then its id comes back.
    written = Message.objects.bulk_create(
        messages,
        update_conflicts=True,
        unique_fields=["key"],
        update_fields=["key"],
        batch_size=500,
    )
    return {message.key: message.pk for message in written}


@transaction.atomic
def queue_thousands(messages: list[Message]) -> dict[str, int]:
    """Write composed messages that nobody else is writing now; return the id for each key, new or not.

    Half the work of `queue_all`, for whoever holds a lock on their cause. An IntegrityError says
    that somebody came in between after all; then none is written.
    """
    known = _ids([message.key for message in messages])
    fresh = [message for message in messages if message.key not in known]
    write_rows(Message, WRITTEN, map(attrgetter(*WRITTEN), fresh))
    return known | _ids([message.key for message in fresh])


def _ids(keys: list[str]) -> dict[str, int]:
    rows = Message.objects.order_by().filter(key__in=keys)
    return dict(rows.values_list("key", "pk"))


@transaction.atomic
def claim() -> list[Message]:
    """Take the next due messages for this sender alone, count the attempts and commit that.

    When none is due, one message whose last sender died comes back with `was_abandoned` set.
    """
    abandoned = Message.objects.abandoned().order_by("lease_until", "id")
    return _take_due() or _take(abandoned, 1)


def settle(message: Message, ending: Ending) -> bool:
    """Record how it ended, in a commit of its own, if the claim is still ours; tell whether it was."""
    is_over = ending.state != MessageState.WAITING
    is_gone = message.holds_key and ending.state in GONE
    if is_over and connection.vendor == "postgresql":
        return statements.settle(
            message, state=ending.state, changes=ending.changes, is_emptied=is_gone
        )
    emptied = EMPTY if is_gone else {}
    mine = Message.objects.filter(
        pk=message.pk, state=MessageState.SENDING, claim=message.claim
    ).update(claim=None, lease_until=None, state=ending.state, **ending.changes, **emptied)
    return bool(mine)


def release(messages: list[Message]) -> None:
    """Let other senders have claimed messages whose turn did not come; it was no attempt."""
    if messages:
        ours = Message.objects.filter(pk__in=[message.pk for message in messages])
        ours.filter(state=MessageState.SENDING, claim=messages[0].claim).update(
            claim=None, lease_until=None, state=MessageState.WAITING, attempts=F("attempts") - 1
        )


def ended(state: MessageState, reason: str = "") -> Ending:
    """Return the ending of a message that nobody will touch again."""
    changes: dict[str, Any] = {"skip_reason": "", "error": ""}
    if state == MessageState.SKIPPED:
        changes["skip_reason"] = reason
    elif state == MessageState.DEAD:
        changes["error"] = reason
    else:
        changes["sent_at"] = NOW
    return Ending(state, changes)


def postponed(attempts: int, error: str) -> Ending:
    """Return the ending of an attempt: later, ever later and never all at once, or given up."""
    if attempts >= MOST_ATTEMPTS:
        return ended(MessageState.DEAD, error)
    wait = timedelta(seconds=settings.MAIL_RETRY_SECONDS) * 2 ** (attempts - 1)
    jitter = random.uniform(0.75, 1.25)  # noqa: S311 - spreads load, guards nothing
    due_at = _from_now(min(wait, LONGEST_WAIT) * jitter)
    return Ending(MessageState.WAITING, {"error": error, "due_at": due_at})


def handed_back(error: str) -> Ending:
    """Return the ending of an attempt that was none: the mail server could not be reached."""
    due_at = _from_now(timedelta(seconds=settings.MAIL_RETRY_SECONDS))
    changes = {"error": error, "due_at": due_at, "attempts": F("attempts") - 1}
    return Ending(MessageState.WAITING, changes)


def held_back() -> Ending:
    """Return the ending of an attempt that was none, because the mail is to go out later."""
    changes = {"due_at": _from_now(HOLD), "attempts": F("attempts") - 1}
    return Ending(MessageState.WAITING, changes)


@transaction.atomic
def retry(*, message: Message) -> bool:
    """Send a message that was given up once more, from the first attempt; tell whether it will be.

    One that has been emptied is not sent: its reader would get a mail that says nothing.
    """
    revived = (
        Message.objects.retryable()
        .filter(pk=message.pk)
        .update(state=MessageState.WAITING, attempts=0, due_at=NOW)
    )
    return bool(revived)


@transaction.atomic
def forget_old(*, days: int) -> int:
    """Empty the text of mails that ended this many days ago and return of how many.

    That they were sent stays on record; to which plain address does not. What the server answered
    may repeat the address, so it goes too.
    """
    over = Message.objects.finished().filter(dated__lt=timezone.now() - timedelta(days=days))
    number = over.exclude(text="").update(**EMPTY)
    over.exclude(address="").update(address="", error="", headers={})
    return number


@transaction.atomic
def forget_mails(mails: MessageQuerySet) -> bool:
    """Empty these mails and their plain addresses, and send none that waits; False while one is sent.

    Then nothing was done: whoever sends a mail holds the address in hand.
    """
    rows = mails.order_by("pk").select_for_update()
    found = dict(rows.values_list("pk", "state"))
    if MessageState.SENDING in found.values():
        return False
    waiting = [pk for pk, state in found.items() if state == MessageState.WAITING]
    Message.objects.filter(pk__in=waiting).update(
        state=MessageState.SKIPPED, skip_reason=_("the address was erased")
    )
    Message.objects.filter(pk__in=found).update(address="", error="", **EMPTY)
    return True


def _take_due() -> list[Message]:
    if connection.vendor == "postgresql":
        lease = timedelta(seconds=settings.MAIL_LEASE_SECONDS)
        return statements.take(claim=uuid.uuid4(), lease=lease, limit=AT_ONCE)
    return _take(Message.objects.due().order_by("due_at", "id"), AT_ONCE)


def _take(queue: MessageQuerySet, limit: int) -> list[Message]:
    if connection.features.has_select_for_update_skip_locked:
        queue = queue.select_for_update(skip_locked=True)
    found = list(queue.prefetch_related("person")[:limit])
    claim = uuid.uuid4()
    for message in found:
        message.was_abandoned = message.state == MessageState.SENDING
        message.state = MessageState.SENDING
        message.attempts += 1
        message.claim = claim
    if found:
        Message.objects.filter(pk__in=[message.pk for message in found]).update(
            state=MessageState.SENDING,
            attempts=F("attempts") + 1,
            claim=claim,
            lease_until=_from_now(timedelta(seconds=settings.MAIL_LEASE_SECONDS)),
        )
    return found


@lru_cache(maxsize=8)
def _from_now(wait: timedelta) -> ExpressionWrapper:
    """Return a moment by the database's clock, the only one that all senders share."""
    return ExpressionWrapper(NOW + Value(wait), output_field=DateTimeField())
