"""Where mail goes: to the mail server, or nowhere when none is set."""

import smtplib
from collections.abc import Sequence
from typing import Any, cast
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning  # noqa: A004 - Django's own name
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.backends.smtp import EmailBackend
from django.utils.functional import cached_property
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from .message import name_and_address
from .smtp import PLAIN, Talk, TalkInTLS


class MailServer(EmailBackend):
    """Django's way to the mail server, over one connection; plain addresses go as they are."""

    @property
    def connection_class(self) -> type[smtplib.SMTP]:
        """Return the kind of connection that the settings ask for."""
        return TalkInTLS if self.use_ssl else Talk

    def prep_address(self, address: str, *arguments: Any, **options: Any) -> str:
        """Return the address for the envelope; ValueError where there is none."""
        if PLAIN.fullmatch(address):
            return address
        prepared: str = super().prep_address(address, *arguments, **options)
        return prepared

    @cached_property
    def envelope_sender(self) -> str:
        """Return the address to which the way back leads, without a name around it."""
        return self.prep_address(name_and_address(settings.DEFAULT_FROM_EMAIL)[1])

    def hand_over(self, address: str, raw: bytes) -> None:
        """Give finished bytes to the server; raise what smtplib or Django raises."""
        self.open()
        cast("Talk", self.connection).hand_over(
            self.envelope_sender, self.prep_address(address), raw
        )


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


def check_address(**_kwargs: Any) -> list[CheckMessage]:
    """Refuse an address of the portal that no link in a mail could begin with."""
    found = urlsplit(settings.SITE_URL)
    if found.scheme in {"http", "https"} and found.hostname:
        return []
    message = _('SITE_URL is "%(address)s". Links in mails would lead nowhere.')
    hint = _("Write it as people type it, for example https://portal.example.gov.")
    return [Error(message % {"address": settings.SITE_URL}, hint=hint, id="buyin.E003")]


def check_receipt(**_kwargs: Any) -> list[CheckMessage]:
    """Refuse a receipt hook that is not there; it would be missed when a sender has died."""
    try:
        if settings.MAIL_RECEIPT:
            import_string(settings.MAIL_RECEIPT)
    except ImportError:
        message = _('MAIL_RECEIPT is "%(path)s", and there is no such function.')
        return [Error(message % {"path": settings.MAIL_RECEIPT}, id="buyin.E004")]
    return []
