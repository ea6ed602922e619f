"""What is said to the mail server, word for word, and what is made of its answers."""

import smtplib
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread

import pytest

from buyin.outbox.smtp import Talk

RAW = b"Subject: Hi\r\n\r\nHi.\r\n.\r\nLine\r\n"
GREETING, OFFER = b"220 here\r\n", b"250-here\r\n250-SIZE 1000000\r\n250 PIPELINING\r\n"
SAID = b"mail from:<p@a.example> size=29\r\nrcpt to:<b@a.example>\r\ndata\r\n"
SENT = RAW.replace(b"\r\n.\r\n", b"\r\n..\r\n") + b".\r\n"


class Server(Thread):
    """Reads until what it waits for, answers, and goes on to the next pair; keeps what it read."""

    def __init__(self, *turns: tuple[bytes, bytes]) -> None:
        super().__init__(daemon=True)
        self.turns, self.heard = turns, b""
        self.listening = socket.create_server(("127.0.0.1", 0))
        self.port: int = self.listening.getsockname()[1]

    def run(self) -> None:
        taken, _address = self.listening.accept()
        with self.listening, taken:
            taken.sendall(GREETING)
            for end, answer in ((b"ehlo", OFFER), *self.turns):
                self._answer(taken, end, answer)

    def _answer(self, taken: socket.socket, end: bytes, answer: bytes) -> None:
        read = b""
        while not (end in read and read.endswith(b"\r\n")):
            part = taken.recv(4096)
            if not part:
                return
            read += part
        if end != b"ehlo":
            self.heard += read
        taken.sendall(answer)


@contextmanager
def talk(*turns: tuple[bytes, bytes]) -> Iterator[tuple[Talk, Server]]:
    """Open a connection to a server that answers as it is told, and wait until it has ended."""
    server = Server(*turns)
    server.start()
    spoken = Talk("127.0.0.1", server.port, timeout=5)
    try:
        yield spoken, server
    finally:
        spoken.close()
        server.join(5)


def hand_over(spoken: Talk) -> None:
    """Give the server one mail."""
    spoken.hand_over("p@a.example", "b@a.example", RAW)


def test_sender_recipient_and_text_are_announced_in_one_turn():
    with talk((b"data", b"250 a\r\n250 b\r\n354 go on\r\n"), (b"\r\n.\r\n", b"250 taken\r\n")) as (
        spoken,
        server,
    ):
        hand_over(spoken)

    assert server.heard == SAID + SENT


def test_a_text_without_a_last_line_break_gets_one_before_its_end():
    turns = (b"data", b"250 a\r\n250 b\r\n354 go on\r\n"), (b"\r\n.\r\n", b"250 taken\r\n")
    with talk(*turns) as (spoken, server):
        spoken.hand_over("p@a.example", "b@a.example", b".Hi")

    assert server.heard.endswith(b"data\r\n..Hi\r\n.\r\n")


@pytest.mark.parametrize(
    ("answers", "error", "told"),
    [
        (b"550 not you\r\n503 no\r\n503 no\r\n", smtplib.SMTPSenderRefused, "not you"),
        (b"250 a\r\n550 not him\r\n554 no\r\n", smtplib.SMTPRecipientsRefused, "not him"),
        (b"250 a\r\n250 b\r\n451 not now\r\n", smtplib.SMTPDataError, "not now"),
    ],
)
def test_what_is_refused_is_told_and_the_next_mail_begins_anew(answers, error, told):
    turns = (
        (b"data", answers),
        (b"rset", b"250 a\r\n"),
        (b"data", b"250 a\r\n250 b\r\n354 go on\r\n"),
        (b"\r\n.\r\n", b"250 taken\r\n"),
    )
    with talk(*turns) as (spoken, server):
        with pytest.raises(error, match=told):
            hand_over(spoken)
        hand_over(spoken)

    assert server.heard == SAID + b"rset\r\n" + SAID + SENT


def test_a_server_that_waits_for_a_text_for_nobody_gets_an_empty_one():
    turns = (
        (b"data", b"250 a\r\n550 not him\r\n354 go on\r\n"),
        (b".", b"554 for nobody\r\n"),
        (b"rset", b"250 a\r\n"),
    )
    with (
        talk(*turns) as (spoken, server),
        pytest.raises(smtplib.SMTPRecipientsRefused, match="not him"),
    ):
        hand_over(spoken)

    assert server.heard == SAID + b".\r\nrset\r\n"


THANKED_TOO_SOON = ((b"data", b"250 a\r\n250 b\r\n250 thank you\r\n"),)
REFUSED_AT_THE_END = (
    (b"data", b"250 a\r\n250 b\r\n354 go on\r\n"),
    (b"\r\n.\r\n", b"552 too long\r\n"),
)


@pytest.mark.parametrize(
    ("turns", "told", "text"),
    [(THANKED_TOO_SOON, "thank you", b""), (REFUSED_AT_THE_END, "too long", SENT)],
)
def test_a_mail_whose_text_was_not_taken_has_not_gone(turns, told, text):
    with (
        talk(*turns, (b"rset", b"250 a\r\n")) as (spoken, server),
        pytest.raises(smtplib.SMTPDataError, match=told),
    ):
        hand_over(spoken)

    assert server.heard == SAID + text + b"rset\r\n"


@pytest.mark.parametrize(
    ("answers", "error"),
    [
        (b"421 closing\r\n", smtplib.SMTPSenderRefused),
        (b"250 a\r\n421 closing\r\n", smtplib.SMTPRecipientsRefused),
        (b"250 a\r\n250 b\r\n421 closing\r\n", smtplib.SMTPDataError),
    ],
)
def test_a_server_that_leaves_is_told_and_left(answers, error):
    with talk((b"data", answers)) as (spoken, server):
        with pytest.raises(error, match="closing"):
            hand_over(spoken)
        assert spoken.sock is None

    assert server.heard == SAID


def test_a_server_that_is_gone_without_a_word_is_an_error_of_the_connection():
    with talk((b"data", b"250 a\r\n")) as (spoken, _server):
        with pytest.raises(smtplib.SMTPServerDisconnected):
            hand_over(spoken)
        assert spoken.sock is None
