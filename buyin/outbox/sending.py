"""One sender: claims a message, sends it over a kept connection, records how it ended."""

import email.message
import smtplib
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from types import TracebackType
from typing import Any, Self

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, mailers
from django.core.mail.backends.base import BaseEmailBackend
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from . import actions
from .actions import Ending
from .backends import KeepInPortal
from .message import Parts, build
from .models import Message, MessageState

PERMANENT = range(500, 600)
Policy = Callable[[Message], str]


class Unreachable(Exception):  # noqa: N818 - says what the server is
    """The mail server did not take the connection; no message is to blame."""


class StoredMail(EmailMultiAlternatives):
    """A mail whose bytes are those of the stored message, whichever way it is sent."""

    def __init__(self, message: Message) -> None:
        super().__init__(message.subject, message.text, to=[message.person.email])
        self.raw = build(parts_of(message))
        if message.html:
            self.attach_alternative(message.html, "text/html")

    def message(self, *, policy: Any = None) -> Any:
        """Return something whose `as_bytes` is the finished mail."""
        return _Finished(self.raw)


class _Finished(email.message.Message):
    """Bytes that are ready, in the place where Django expects a message to serialise."""

    def __init__(self, raw: bytes) -> None:
        super().__init__()
        self._raw = raw

    def as_bytes(self, *_args: Any, **_options: Any) -> bytes:
        return self._raw


class Line:
    """A connection to the mail server that is opened once and replaced after a failure."""

    def __init__(self) -> None:
        self.is_dead = False
        self._mailer: BaseEmailBackend | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: Any, trace: TracebackType | None
    ) -> None:
        self.hang_up()

    def send(self, message: Message) -> MessageState:
        """Hand the mail to the server and return the state it has now."""
        mailer = self._opened()
        mailer.send_messages([StoredMail(message)])
        return MessageState.KEPT if isinstance(mailer, KeepInPortal) else MessageState.SENT

    def hang_up(self) -> None:
        """Close the connection; a server that is gone already is no error."""
        mailer, self._mailer = self._mailer, None
        if mailer is not None:
            with suppress(OSError, smtplib.SMTPException):
                mailer.close()

    def _opened(self) -> BaseEmailBackend:
        if self._mailer is None:
            mailer = mailers.default
            try:
                mailer.open()
            except OSError as error:
                self.is_dead = True
                raise Unreachable(str(error)) from error
            self._mailer = mailer
        return self._mailer


def parts_of(message: Message) -> Parts:
    """Return what goes into the bytes of this message, now and on every retry."""
    return Parts(
        sender=settings.DEFAULT_FROM_EMAIL,
        name=message.person.name,
        address=message.person.email,
        subject=message.subject,
        text=message.text,
        html=message.html,
        headers=message.headers,
        message_id=message.message_id,
        dated=message.dated,
    )


def drain(*, seconds: float | None = None) -> Counter[str]:
    """Send what is due, one message at a time, and return how many ended in which state.

    Stops after the given time, so that whoever runs it can bound a sender's life.
    """
    counted: Counter[str] = Counter()
    stop_at = time.monotonic() + seconds if seconds else None
    with Line() as line:
        message = actions.claim()
        while message:
            ending = deliver(message, line)
            counted[ending.state] += 1
            is_over = stop_at is not None and time.monotonic() >= stop_at
            if is_over or line.is_dead:
                actions.settle(message, ending)
                break
            message = actions.settle_and_claim(message, ending)
    return counted


def deliver(message: Message, line: Line) -> Ending:
    """Do with one claimed message what is right now, and return how that ended."""
    reason = reason_to_skip(message)
    if reason:
        return actions.ended(MessageState.SKIPPED, reason)
    if message.was_abandoned and _was_received(message):
        return actions.ended(MessageState.SENT)
    try:
        return actions.ended(line.send(message))
    except Unreachable as error:
        return actions.handed_back(str(error))
    except (OSError, ValueError) as error:
        line.hang_up()
        return _failed(message, error)


def reason_to_skip(message: Message) -> str:
    """Return why this mail should not go out any more, or nothing; asked right before sending."""
    if not message.person.is_active:
        return _("the account is closed")
    path = settings.MAIL_POLICIES.get(message.kind)
    policy: Policy | None = import_string(path) if path else None
    return policy(message) if policy else ""


def _failed(message: Message, error: Exception) -> Ending:
    """Give up on a refusal for good, try again after anything else."""
    if isinstance(error, ValueError) or _is_permanent(error):
        return actions.ended(MessageState.DEAD, _told(error))
    return actions.postponed(message.attempts, _told(error))


def _is_permanent(error: Exception) -> bool:
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(code in PERMANENT for code, _text in error.recipients.values())
    return isinstance(error, smtplib.SMTPResponseException) and error.smtp_code in PERMANENT


def _told(error: Exception) -> str:
    """Return the server's own words, for the administrators' page."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        replies: list[tuple[int, bytes | str]] = list(error.recipients.values())
    elif isinstance(error, smtplib.SMTPResponseException):
        replies = [(error.smtp_code, error.smtp_error)]
    else:
        return f"{type(error).__name__}: {error}"[:500]
    return "; ".join(f"{code} {_decoded(text)}" for code, text in replies)[:500]


def _decoded(text: bytes | str) -> str:
    return text.decode(errors="replace") if isinstance(text, bytes) else text


def _was_received(message: Message) -> bool:
    """Ask the mail server's own records whether it took the message before its sender died."""
    if not settings.MAIL_RECEIPT:
        return False
    return bool(import_string(settings.MAIL_RECEIPT)(message.message_id))
