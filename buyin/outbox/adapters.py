"""Mails of the doors take the way of every other mail."""

import uuid

from django.core.mail import EmailMessage

from buyin.accounts.adapters import AccountAdapter
from buyin.accounts.models import User

from .actions import queue


class MailingAdapter(AccountAdapter):
    """Puts mails about passwords and second factors into the outbox."""

    def deliver(self, kind: str, person: User, message: EmailMessage) -> None:
        """Write a row; each occasion is its own, so nothing is taken for a repetition."""
        queue(
            kind="account",
            person=person,
            key=f"{kind}:{uuid.uuid4()}",
            subject=str(message.subject),
            text=str(message.body),
        )
