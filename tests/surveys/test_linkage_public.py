"""Whoever holds a dump must not tie a public answer to the address that its author left.

Every visitor answers and leaves an address right after it, which is what an attacker would wish for.
Answers carry a canary that names the address, so that every right guess is counted.
"""

import random
import uuid
from collections import defaultdict

import pytest
from django.db import connection

from surveys import actions, tasks
from surveys.actions import closing, telling
from surveys.answers import Edit, Typed
from surveys.models import BufferedResponse, Response, ToldAddress
from surveys.queries.filling import filling_of
from surveys.queries.invariants import broken_rules
from surveys.queries.public import ANYBODY, asked_publicly
from tests.factories.surveys import make_public_wave
from tests.surveys.test_linkage import canary_of, connection_rows, dump, on_postgresql

SMALLEST = 10
VISITORS = 120
FLUSHED_EVERY = 23
FILLED = (
    "surveys_bufferedresponse",
    "surveys_response",
    "surveys_toldaddress",
    "outbox_message",
)
pytestmark = [pytest.mark.services, on_postgresql, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def _unordered_rows_come_shuffled():
    """Leave rows in the order of the database: shuffling is what is tested here."""


@pytest.fixture
def wave(settings, cast):
    settings.SMALLEST_GROUP = SMALLEST
    return make_public_wave()


def address_of(number):
    return f"visitor-{number}@example.org"


def number_in(address):
    return int(address.partition("-")[2].partition("@")[0])


def visit(wave, number):
    """Answer as a visitor does, and leave an address on the page of thanks."""
    secret, typed = uuid.uuid4().hex * 2, Typed({"useful": "4", "told": "2"})
    typed["more"] = f"canary-{number}"
    asked = asked_publicly(wave.address, secret=secret, receipt=None)
    assert asked is not None
    filling = filling_of(asked, respondent=ANYBODY, secret=secret)
    actions.submit(filling=filling, edit=Edit(shown={}, typed=typed), receipt=uuid.uuid4())
    telling.leave_address(wave=wave.pk, address=address_of(number))


def same_places(addresses, answers):
    """Return how many address and answer stand at the same place of two lists."""
    return sum(number_in(a) == b for a, b in zip(addresses, answers, strict=False))


def guesses_while_waiting():
    """Return the right guesses by order among what waits: both tables begin with the oldest."""
    waiting = [row["address"] for row in dump("surveys_toldaddress") if row["state"] == "waiting"]
    buffered = [canary_of(row["answers"]) for row in dump("surveys_bufferedresponse")]
    return same_places(waiting, buffered)


def batches(table, of, where="true"):
    """Return what stands in the rows of a table by the transaction that wrote them, in their order."""
    found = defaultdict(list)
    for xmin, value in connection_rows(f"select xmin::text, {of} from {table} where {where}"):
        found[int(xmin)].append(value)
    return found


def guesses_by_batch(addresses):
    """Return (right guesses by order within a transaction, smallest set of candidates, batches).

    A part of a transaction can have a number of its own, which is a little higher: so the attacker
    takes the answers that were written last before.
    """
    answers = batches("surveys_response", "answers->>'more'")
    pairs = [
        (told, answers[max(before)])
        for xmin, told in addresses.items()
        if (before := [one for one in answers if one <= xmin])
    ]
    right = sum(
        same_places(told, [int(one.partition("-")[2]) for one in said]) for told, said in pairs
    )
    return right, min(len(said) for _told, said in pairs), len(pairs)


def everybody_visits(wave):
    """Let all come in random order, flush now and then, and return what orders told meanwhile."""
    visitors = list(range(VISITORS))
    random.shuffle(visitors)
    right = looks = 0
    for place, number in enumerate(visitors, 1):
        visit(wave, number)
        if place % FLUSHED_EVERY == 0:
            right, looks = right + guesses_while_waiting(), looks + 1
            tasks.flush_anonymous()
            tasks.write_mails()
    return right, looks


MAILS = ("outbox_message", "address", "address <> ''")
LIST = ("surveys_toldaddress", "address", "state <> 'waiting'")


def assert_nobody_is_found(groups_expected):
    """Chance gives one right guess a group; fifteen more are as good as impossible."""
    for source in (MAILS, LIST):
        right, smallest, groups = guesses_by_batch(batches(*source))
        assert groups == groups_expected
        assert right <= groups + 15
        assert smallest >= SMALLEST


def test_no_order_no_transaction_and_no_moment_ties_an_address_to_an_answer(wave):
    right, looks = everybody_visits(wave)
    moments = connection_rows("select due_at, count(*) from outbox_message group by due_at")
    assert looks == len(moments) == VISITORS // FLUSHED_EVERY
    assert right <= looks + 15
    assert all(count >= SMALLEST for _moment, count in moments)
    assert BufferedResponse.objects.exists()
    assert ToldAddress.objects.waiting().exists()
    assert_nobody_is_found(looks)

    actions.close_wave(wave=wave.pk, by=None)

    assert not ToldAddress.objects.waiting().exists()
    assert Response.objects.count() == ToldAddress.objects.count() == VISITORS
    assert_nobody_is_found(1)
    in_dump = [row["address"] for row in dump("surveys_toldaddress")]
    assert (
        same_places(in_dump, [canary_of(row["answers"]) for row in dump("surveys_response")]) < 16
    )
    assert dump("surveys_bufferedresponse") == []
    assert dump("surveys_receipt") == []
    assert dump("surveys_anonymousdraft") == []
    assert broken_rules() == []


@pytest.fixture
def _written_in_order():
    """Let rows lie as they were written: room that became free is not filled again meanwhile."""
    with connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {', '.join(FILLED)} CASCADE")
        for table in FILLED:
            cursor.execute(f"ALTER TABLE {table} SET (autovacuum_enabled = off)")
    yield
    with connection.cursor() as cursor:
        for table in FILLED:
            cursor.execute(f"ALTER TABLE {table} RESET (autovacuum_enabled)")


@pytest.mark.usefixtures("_written_in_order")
def test_the_attack_finds_most_where_nothing_is_shuffled(wave, monkeypatch):
    for module in (closing, telling):
        monkeypatch.setattr(module, "shuffled", list)

    right, looks = everybody_visits(wave)
    by_batch, _smallest, _groups = guesses_by_batch(batches(*MAILS))

    assert min(right, by_batch) > VISITORS // 2 > 2 * (looks + 15)


def test_an_address_has_no_key_to_an_answer_and_no_time_but_a_day_to_be_forgotten_on():
    names = {field.name for field in ToldAddress._meta.get_fields()}

    assert names == {"id", "wave", "address", "state", "forgotten_on"}
    assert connection.vendor == "postgresql"
