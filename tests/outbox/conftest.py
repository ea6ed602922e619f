"""A mail server and a mail for the tests of the outbox."""

from collections.abc import Iterator

import pytest

from buyin.outbox.actions import queue
from buyin.outbox.models import Message
from tests.factories.accounts import PersonFactory
from tests.sink import Sink, running_sink


@pytest.fixture(params=[(), ("PIPELINING",)], ids=["step by step", "in one turn"])
def sink(request: pytest.FixtureRequest) -> Iterator[Sink]:
    """Return a running mail server, in turn of both kinds: how it is talked to changes no mail."""
    with running_sink(Sink(offers=request.param)) as running:
        yield running


@pytest.fixture
def mail(db: None) -> Message:
    """Return a mail to Ana that waits."""
    return queue(
        kind="notice",
        person=PersonFactory(name="Ana", email="ana@fairhaven.example"),
        key="notice:ana",
        subject="Your course is on Monday",
        text="It begins at nine.\n.\nBring a question.",
        html="<p>It begins at <b>nine</b>.</p>",
        headers={"Auto-Submitted": "auto-generated"},
    )
