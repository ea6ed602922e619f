"""A mail server for tests: takes real SMTP, keeps what it got, and answers as it is told."""

import email.policy
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller
from django.test import override_settings

from tests.services import free_port


@dataclass
class Sink:
    """What arrived, as bytes, and the replies that addresses get instead of 250.

    `offers` is what the server says it can do beyond the usual, such as PIPELINING.
    """

    received: list[tuple[str, bytes]] = field(default_factory=list)
    replies: dict[str, list[str]] = field(default_factory=dict)
    offers: tuple[str, ...] = ()
    connections: int = 0
    port: int = 0

    async def handle_EHLO(self, _server, session, _envelope, hostname, responses):  # noqa: N802
        session.host_name = hostname
        self.connections += 1
        return [responses[0], *(f"250-{offer}" for offer in self.offers), *responses[1:]]

    async def handle_RCPT(self, _server, _session, envelope, address, _options):  # noqa: N802
        waiting = self.replies.get(address, [])
        if waiting:
            return waiting.pop(0)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server, _session, envelope):  # noqa: N802
        self.received.append((envelope.rcpt_tos[0], envelope.original_content))
        return "250 queued"

    def mails(self) -> list[EmailMessage]:
        """Return what arrived, parsed."""
        return [_parsed(raw) for _address, raw in self.received]


@contextmanager
def running_sink(sink: Sink | None = None) -> Iterator[Sink]:
    """Run a sink on a free port, with the portal's mail going there."""
    sink = sink or Sink()
    sink.port = free_port()
    controller = Controller(sink, hostname="127.0.0.1", port=sink.port)
    controller.start()
    try:
        with override_settings(MAILERS=mailers_for(sink.port)):
            yield sink
    finally:
        controller.stop()


def mailers_for(port: int) -> dict[str, Any]:
    """Return the MAILERS setting for a server on this machine."""
    options = {"host": "127.0.0.1", "port": port, "timeout": 5}
    backend = "buyin.outbox.backends.MailServer"
    return {"default": {"BACKEND": backend, "OPTIONS": options}}


def _parsed(raw: bytes) -> EmailMessage:
    message = email.message_from_bytes(raw, policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    return message
