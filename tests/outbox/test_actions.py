"""Writing a mail, claiming it, and ending it."""

import threading
from datetime import timedelta
from itertools import pairwise

import pytest
from django.db import connection, transaction
from django.utils import timezone

from buyin.outbox import actions
from buyin.outbox.message import RefusedHeaderError
from buyin.outbox.models import Message, MessageState
from tests.factories.accounts import PersonFactory

pytestmark = pytest.mark.django_db


def write(key="welcome:1", **content):
    return actions.queue(
        kind="notice",
        person=content.pop("person", None) or PersonFactory(),
        key=key,
        **{"subject": "Hello", "text": "Hello.", **content},
    )


def take() -> Message:
    claimed = actions.claim()
    assert claimed is not None
    return claimed


def test_a_second_mail_for_the_same_occasion_is_not_written():
    first = write(subject="First")

    second = write(subject="Second")

    assert second == first
    assert Message.objects.get().subject == "First"


def test_the_message_id_follows_from_the_occasion_and_the_site(settings):
    settings.SITE_URL = "https://portal.fairhaven.example"

    first = write(key="a")
    second = write(key="b")

    assert first.message_id.endswith("@portal.fairhaven.example>")
    assert first.message_id != second.message_id
    first.delete()
    assert write(key="a").message_id == first.message_id


@pytest.mark.parametrize("subject", ["Hello\nBcc: all@x.example", "Hello\r\n\r\nBody", "a\x00b"])
def test_a_subject_that_hides_a_header_is_refused(subject):
    with pytest.raises(RefusedHeaderError):
        write(subject=subject)

    assert not Message.objects.exists()


@pytest.mark.parametrize(
    "headers",
    [{"X-One": "a\nBcc: b@x.example"}, {"Bcc": "b@x.example"}, {"X\nBcc": "b"}, {"To": "b"}],
)
def test_a_header_that_hides_another_or_is_not_ours_to_set_is_refused(headers):
    with pytest.raises(RefusedHeaderError):
        write(headers=headers)


def test_a_mail_is_gone_when_the_change_that_caused_it_is_rolled_back():
    with transaction.atomic():
        write()
        transaction.set_rollback(True)

    assert not Message.objects.exists()


def test_a_claimed_mail_is_not_claimed_again():
    written = write()

    claimed = take()

    assert claimed == written
    assert claimed.attempts == 1
    assert actions.claim() is None
    written.refresh_from_db()
    assert written.state == MessageState.SENDING


def test_a_mail_is_claimed_again_when_its_lease_is_over():
    write()
    first = take()
    Message.objects.update(lease_until=timezone.now() - timedelta(seconds=1))

    second = take()

    assert second == first
    assert second.was_abandoned
    assert second.attempts == 2


def test_only_the_present_claim_can_finish_a_mail():
    write()
    late = take()
    Message.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
    present = take()

    assert not actions.settle(late, actions.ended(MessageState.DEAD, "too slow"))
    assert actions.settle(present, actions.ended(MessageState.SENT))

    present.refresh_from_db()
    assert present.state == MessageState.SENT
    assert present.error == ""


def test_the_wait_grows_with_every_attempt_and_ends_after_the_eighth():
    written = write()
    waits = []
    for _attempt in range(8):
        Message.objects.update(due_at=timezone.now() - timedelta(seconds=1))
        claimed = take()
        actions.settle(claimed, actions.postponed(claimed.attempts, "451 later"))
        written.refresh_from_db()
        waits.append((written.due_at - timezone.now()).total_seconds())

    assert waits[0] < 80
    assert all(after > before for before, after in pairwise(waits[:6]))
    assert waits[6] < 3600 * 1.3
    assert written.state == MessageState.DEAD
    assert written.error == "451 later"


def test_a_mail_that_was_given_up_can_be_tried_again_once():
    written = write()
    actions.settle(take(), actions.ended(MessageState.DEAD, "550 unknown"))

    assert actions.retry(message=written)
    assert not actions.retry(message=written)

    written.refresh_from_db()
    assert (written.state, written.attempts) == (MessageState.WAITING, 0)


def test_old_mails_lose_their_text_but_not_their_record():
    for key, age in (("old", 91), ("new", 1)):
        written = write(key=key, html="<p>x</p>")
        actions.settle(take(), actions.ended(MessageState.SENT))
        long_ago = timezone.now() - timedelta(days=age)
        Message.objects.filter(pk=written.pk).update(dated=long_ago)
    waiting = write(key="waiting")

    assert actions.forget_old(days=90) == 1

    texts = dict(Message.objects.values_list("key", "text"))
    assert texts == {"old": "", "new": "Hello.", "waiting": waiting.text}


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif("not connection.features.has_select_for_update_skip_locked")
def test_two_senders_at_once_never_hold_the_same_mail():
    for number in range(20):
        write(key=f"k{number}")
    taken: list[int] = []

    def work():
        while message := actions.claim():
            taken.append(message.pk)
        connection.close()

    senders = [threading.Thread(target=work) for _sender in range(4)]
    for sender in senders:
        sender.start()
    for sender in senders:
        sender.join()

    assert len(taken) == len(set(taken)) == 20
