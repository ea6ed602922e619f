"""The statements of the sender's loop, written by hand: one for each mail, one for each handful.

Made by the ORM, the same work costs several times the processor time that the database needs for it.
"""

from datetime import timedelta
from uuid import UUID

from django.db import connection

from buyin.prepared import ask

from .models import Message, MessageState

SETTLE = """
UPDATE outbox_message SET claim = NULL, lease_until = NULL, state = %s, skip_reason = %s, error = %s,
    sent_at = CASE WHEN %s THEN statement_timestamp() ELSE sent_at END
WHERE id = %s AND state = 'sending' AND claim = %s
"""
# The part with the lock is a table of its own, or a plan could look for it more than once.
TAKE = """
WITH due AS MATERIALIZED (
    SELECT id FROM outbox_message WHERE state = 'waiting' AND due_at <= statement_timestamp()
    ORDER BY due_at, id LIMIT %s FOR UPDATE SKIP LOCKED
)
UPDATE outbox_message AS taken SET state = 'sending', attempts = attempts + 1, claim = %s,
    lease_until = statement_timestamp() + %s
FROM due WHERE taken.id = due.id RETURNING taken.*
"""
SETTLE_AND_EMPTY = SETTLE.replace("SET claim", "SET text = '', html = '', headers = '{}', claim")


def settle(
    message: Message, *, state: MessageState, changes: dict[str, str], is_emptied: bool
) -> bool:
    """Record how a message ended for good, on PostgreSQL; tell whether the claim was still ours."""
    ended = [state.value, changes["skip_reason"], changes["error"], "sent_at" in changes]
    with connection.cursor() as cursor:
        ask(cursor, SETTLE_AND_EMPTY if is_emptied else SETTLE, [*ended, message.pk, message.claim])
        return bool(cursor.rowcount)


def take(*, claim: UUID, lease: timedelta, limit: int) -> list[Message]:
    """Claim the messages that are due longest, on PostgreSQL, and return them with their people."""
    taken = Message.objects.raw(TAKE, [limit, claim, lease]).prefetch_related("person")
    return sorted(taken, key=lambda message: (message.due_at, message.pk))
