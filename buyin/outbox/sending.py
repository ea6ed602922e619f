"""One sender: claims messages, sends them over a kept connection, records how each ended."""

import email.message
import smtplib
import time
from collections import Counter
from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import closing, suppress
from types import TracebackType
from typing import Any, Self

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, mailers
from django.core.mail.backends.base import BaseEmailBackend
from django.db import InterfaceError, OperationalError, connection
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from . import actions
from .actions import Ending
from .backends import KeepInPortal, MailServer
from .message import Parts, build
from .models import Later, Message, MessageState

PERMANENT = range(500, 600)
# Of these messages, those that should not go out any more, by key, each with the reason. A reason
# that is a `Later` lets it wait instead.
Policy = Callable[[Sequence[Message]], Mapping[int, str]]
FRESH = 5.0  # seconds for which the answer of a policy holds
SURE = 0.8  # the part of a lease in which nobody else can hold a message
AGAIN = 0.2  # seconds until a database that is away is asked again


class Unreachable(Exception):  # noqa: N818 - says what the server is
    """The mail server did not take the connection; no message is to blame."""


class StoredMail(EmailMultiAlternatives):
    """A mail whose bytes are those of the stored message, for another way than our own to send."""

    def __init__(self, message: Message) -> None:
        super().__init__(message.subject, message.text, to=[message.mailbox])
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
        if isinstance(mailer, MailServer):
            mailer.hand_over(message.mailbox, build(parts_of(message)))
        else:
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
        name=message.person.name if message.person else "",
        address=message.mailbox,
        subject=message.subject,
        text=message.text,
        html=message.html,
        headers=message.headers,
        message_id=message.message_id,
        dated=message.dated,
    )


def drain(*, seconds: float | None = None) -> Counter[str]:
    """Send what is due, one message after the other, and return how many ended in which state.

    Stops after the given time, so that whoever runs it can bound a sender's life.
    """
    counted: Counter[str] = Counter()
    stop_at = time.monotonic() + seconds if seconds else float("inf")
    with Line() as line:
        while batch := actions.claim():
            ours_until = time.monotonic() + settings.MAIL_LEASE_SECONDS * SURE
            with closing(_turns(batch)) as turns:
                for message, reason in turns:
                    ending = deliver(message, reason, line)
                    _settle(message, ending, ours_until)
                    counted[ending.state] += 1
                    if line.is_dead or time.monotonic() >= stop_at:
                        return counted
    return counted


def _settle(message: Message, ending: Ending, ours_until: float) -> None:
    """Record how it ended, once the database is back where it is away just now.

    A mail that is out and not recorded comes twice. When the claim is over, another sender has it.
    """
    while True:
        try:
            actions.settle(message, ending)
        except (OperationalError, InterfaceError):
            if time.monotonic() + AGAIN >= ours_until:
                raise
            connection.close()
            time.sleep(AGAIN)
        else:
            return


def _turns(batch: list[Message]) -> Generator[tuple[Message, str], None, None]:
    """Yield claimed messages, each with why it should not go out; release those that get no turn.

    What takes long ends before the claim does, so that nobody else holds a message by then.
    """
    over = time.monotonic() + settings.MAIL_LEASE_SECONDS / 2
    reasons: Mapping[int, str] = {}
    asked, turn = float("-inf"), 0
    try:
        while turn < len(batch) and time.monotonic() < over:
            if time.monotonic() - asked > FRESH:
                asked, reasons = time.monotonic(), reasons_to_skip(batch[turn:])
            message = batch[turn]
            turn += 1
            yield message, reasons.get(message.pk, "")
    finally:
        actions.release(batch[turn:])


def deliver(message: Message, reason: str, line: Line) -> Ending:
    """Do with one claimed message what is right now, and return how that ended."""
    if isinstance(reason, Later):
        return actions.held_back()
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


def reasons_to_skip(messages: Sequence[Message]) -> dict[int, str]:
    """Return why mails should not go out any more, by key; asked right before they are sent."""
    found = ((message.pk, _gone(message)) for message in messages)
    reasons = {pk: reason for pk, reason in found if reason}
    for kind, path in settings.MAIL_POLICIES.items():
        theirs = [m for m in messages if m.kind == kind and m.pk not in reasons]
        if theirs:
            policy: Policy = import_string(path)
            reasons.update(policy(theirs))
    return reasons


def _gone(message: Message) -> str:
    """Return why nobody is there to get this mail any more, or nothing."""
    if message.person is None:
        return "" if message.address else _("the address was forgotten")
    return "" if message.person.is_active else _("the account is closed")


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
