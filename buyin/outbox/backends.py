"""Where mail goes: to the mail server, or nowhere when none is set."""

import re
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Warning  # noqa: A004 - Django's own name
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.backends.smtp import EmailBackend
from django.utils.translation import gettext as _

PLAIN = re.compile(r"[A-Za-z0-9._+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*")


class MailServer(EmailBackend):
    """Django's way to the mail server, without taking plain addresses apart for each mail."""

    def prep_address(self, address: str, *arguments: Any, **options: Any) -> str:
        """Return the address for the envelope; ValueError where there is none."""
        if PLAIN.fullmatch(address):
            return address
        prepared: str = super().prep_address(address, *arguments, **options)
        return prepared


class KeepInPortal(BaseEmailBackend):
    """Sends nothing: the message stays in the outbox, where the portal shows it to its reader."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Return how many messages were kept."""
        return len(email_messages)


def check_mail_server(**_kwargs: Any) -> list[CheckMessage]:
    """Warn where people work and no mail server is set: nobody could get a link to sign in."""
    if settings.MAIL_HOST or settings.EVALUATION:
        return []
    message = _("MAIL_HOST is not set: no mail is sent, no report and no link to set a password.")
    hint = _("Set MAIL_HOST to the name of your mail server.")
    return [Warning(message, hint=hint, id="buyin.W001")]
