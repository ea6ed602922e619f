"""Nothing is lost when workers, broker and database die; and next to nothing comes twice."""

import asyncio
import random
import time
from collections import Counter, defaultdict
from collections.abc import Iterator

import pytest

from tests import services
from tests.outbox.agency import Agency
from tests.sink import Sink, running_sink

pytestmark = pytest.mark.services

PEOPLE = 300
KILLS_AT = [0.12, 0.28, 0.47, 0.66, 0.85]
WIPE_AT = 0.4
RESTART_AT = 0.6
SENDERS = 2
PATIENCE = 120
MAKE_PEOPLE = f"""
insert into accounts_user (email, name, password, is_active, is_superuser, time_zone)
select 'person' || n || '@fairhaven.example', 'Person ' || n, '!', true, false, ''
from generate_series(1, {PEOPLE}) n
"""


class SlowSink(Sink):
    """Takes its time before and after it has stored a mail, as real servers do."""

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802
        # Claimed, but not here yet: whoever dies now must not have called it sent.
        await asyncio.sleep(random.uniform(0, 0.04))
        return await super().handle_RCPT(server, session, envelope, address, options)

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        answer = await super().handle_DATA(server, session, envelope)
        # Here, but its sender does not know it yet: whoever dies now sends it twice.
        await asyncio.sleep(random.uniform(0, 0.04))
        return answer


@pytest.fixture
def sink() -> Iterator[Sink]:
    with running_sink(SlowSink()) as running:
        yield running


@pytest.fixture
def agency(sink) -> Iterator[Agency]:
    durable = {"fsync": "on", "synchronous_commit": "on", "full_page_writes": "on"}
    with services.postgres(**durable) as database, services.redis() as broker:
        agency = Agency(database, broker, sink.port)
        try:
            assert agency.order("migrate 1") == "0"
            agency.query(MAKE_PEOPLE)
            yield agency
        finally:
            agency.stop()


def break_things(agency: Agency, sink: Sink) -> int:
    """Let the workers send while everything is broken once; return how many were killed."""
    faults = [(at, agency.kill_worker) for at in KILLS_AT]
    faults += [(WIPE_AT, agency.wipe_broker), (RESTART_AT, agency.restart_database)]
    faults.sort(key=lambda fault: fault[0])
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        arrived = len({address for address, _raw in sink.received})
        if faults and arrived >= PEOPLE * faults[0][0]:
            faults.pop(0)[1]()
        while len(agency.workers) < SENDERS:
            agency.start_worker()
        if arrived == PEOPLE and set(agency.states()) == {"sent"}:
            break
        agency.tick()
        time.sleep(0.1)
    assert faults == []
    return len(KILLS_AT)


def test_every_report_arrives_and_at_most_one_comes_twice_for_each_killed_worker(agency, sink):
    assert agency.order("plan 2") == "0"
    assert agency.query("select count(*), count(distinct person_id) from digests_delivery") == [
        (PEOPLE, PEOPLE)
    ]

    kills = break_things(agency, sink)

    assert agency.states() == Counter(sent=PEOPLE)
    copies: dict[str, list[bytes]] = defaultdict(list)
    for address, raw in sink.received:
        copies[address].append(raw)
    assert len(copies) == PEOPLE
    # A killed worker has one mail in flight; who lives records what is out when the database is back.
    assert len(sink.received) - PEOPLE <= kills
    assert all(len(set(same)) == 1 for same in copies.values())
