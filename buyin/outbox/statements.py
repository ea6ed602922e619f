"""The statement of the sender's loop, written by hand: it runs for each single mail.

Made by the ORM, the same work costs several times the processor time that the database needs for it.
"""

from django.db import connection

from buyin.prepared import ask

from .models import Message, MessageState

SETTLE = """
UPDATE outbox_message SET claim = NULL, lease_until = NULL, state = %s, skip_reason = %s, error = %s,
    sent_at = CASE WHEN %s THEN statement_timestamp() ELSE sent_at END
WHERE id = %s AND state = 'sending' AND claim = %s
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
