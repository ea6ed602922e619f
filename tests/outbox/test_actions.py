"""Writing a mail, claiming it, and ending it."""

import threading
from datetime import timedelta
from itertools import pairwise
from typing import Any

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
    [claimed] = actions.claim()
    return claimed


def abandon_all() -> None:
    """Let the leases run out, as they do when a sender dies."""
    Message.objects.update(lease_until=timezone.now() - timedelta(seconds=1))


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
    assert actions.claim() == []
    written.refresh_from_db()
    assert written.state == MessageState.SENDING


def test_a_mail_is_claimed_again_when_its_lease_is_over():
    write()
    first = take()
    abandon_all()

    second = take()

    assert second == first
    assert second.was_abandoned
    assert second.attempts == 2


def test_a_sender_claims_no_more_than_it_can_send_soon_the_oldest_first():
    person = PersonFactory()
    written = [write(key=f"k{n}", person=person) for n in range(actions.AT_ONCE + 3)]

    first, second = actions.claim(), actions.claim()

    assert [m.pk for m in first + second] == [m.pk for m in written]
    assert len(second) == 3
    assert Message.objects.senders() == 2


def test_mails_whose_sender_died_come_back_one_by_one_because_each_may_have_been_sent():
    for key in ("a", "b"):
        write(key=key)
    assert len(actions.claim()) == 2
    abandon_all()

    first, second = take(), take()

    assert {first.key, second.key} == {"a", "b"}
    assert first.was_abandoned
    assert second.was_abandoned


def test_released_mails_can_be_claimed_again_and_have_cost_no_attempt():
    for key in ("a", "b", "c"):
        write(key=key)
    batch = actions.claim()

    actions.release(batch[1:])

    again = actions.claim()
    assert [m.pk for m in again] == [m.pk for m in batch[1:]]
    assert [(m.attempts, m.was_abandoned) for m in again] == [(1, False)] * 2


def test_nobody_releases_what_another_sender_holds_by_now():
    write()
    late = actions.claim()
    abandon_all()
    present = take()

    actions.release(late)

    present.refresh_from_db()
    assert present.state == MessageState.SENDING


def test_only_the_present_claim_can_finish_a_mail():
    write()
    late = take()
    abandon_all()
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


def test_a_mail_that_was_given_up_and_emptied_is_not_sent_without_its_words():
    written = write()
    actions.settle(take(), actions.ended(MessageState.DEAD, "550 unknown"))
    Message.objects.update(dated=timezone.now() - timedelta(days=91))
    actions.forget_old(days=90)

    assert not actions.retry(message=written)

    written.refresh_from_db()
    assert (written.state, written.text) == (MessageState.DEAD, "")


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
    number = 3 * actions.AT_ONCE
    for n in range(number):
        write(key=f"k{n}")
    taken: list[int] = []

    def work():
        while batch := actions.claim():
            taken.extend(message.pk for message in batch)
        connection.close()

    senders = [threading.Thread(target=work) for _sender in range(4)]
    for sender in senders:
        sender.start()
    for sender in senders:
        sender.join()

    assert len(taken) == len(set(taken)) == number


@pytest.mark.parametrize("queue", [actions.queue_all, actions.queue_thousands])
def test_many_messages_at_once_give_the_number_of_each_written_now_or_before(queue):
    before = write(key="second")
    content = {"kind": "notice", "person": before.person, "subject": "New", "text": "New."}
    fresh = [actions.compose(key=key, **content) for key in ("first", "second")]

    ids = queue(fresh)

    assert ids == {message.key: message.pk for message in Message.objects.all()}
    assert ids["second"] == before.pk
    assert Message.objects.get(key="second").text == "Hello."
    assert queue(fresh) == ids


def test_what_is_written_by_thousands_is_what_is_written_one_by_one():
    person = PersonFactory(name="Ana Ünal")
    headers = {"List-Unsubscribe": "<https://portal.example.gov/a?b=%20\\>"}
    content = {"kind": "notice", "subject": "Sie haben Post\\n", "text": "a\tb\n\\.\n"}
    to_person = {"person": person, "html": "<p>“€”</p>", "headers": headers, "holds_key": True}
    told: list[dict[str, Any]] = [content | to_person, content | {"address": "guest@example.org"}]

    for number, more in enumerate(told):
        actions.queue(key=f"one-{number}", **more)
    many = [actions.compose(key=f"many-{n}", **more) for n, more in enumerate(told)]
    actions.queue_thousands(many)

    own = {"id", "key", "message_id", "dated", "due_at"}
    for number in range(len(told)):
        one, other = (
            Message.objects.filter(key=f"{name}-{number}").values().get()
            for name in ("one", "many")
        )
        assert {k: v for k, v in one.items() if k not in own} == {
            k: v for k, v in other.items() if k not in own
        }
        assert other["message_id"] == many[number].message_id
        assert other["dated"] == many[number].dated
    assert len(actions.claim()) == len(told) * 2
    assert actions.queue_thousands([]) == {}
