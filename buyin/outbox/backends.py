"""Where mail goes when no mail server is set."""

from collections.abc import Sequence

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend


class KeepInPortal(BaseEmailBackend):
    """Sends nothing: the message stays in the outbox, where the portal shows it to its reader."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Return how many messages were kept."""
        return len(email_messages)
