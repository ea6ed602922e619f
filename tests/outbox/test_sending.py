"""One sender at work, over real SMTP."""

from datetime import timedelta

import pytest
from django.utils import timezone

from buyin.accounts.models import User
from buyin.outbox import sending
from buyin.outbox.actions import claim, queue
from buyin.outbox.models import Message, MessageState
from buyin.outbox.tasks import drain
from tests.factories.accounts import PersonFactory
from tests.services import free_port
from tests.sink import mailers_for

pytestmark = pytest.mark.django_db


def refuse(_message: Message) -> str:
    return "does not want it any more"


def was_taken(_message_id: str) -> bool:
    return True


def make_due() -> None:
    Message.objects.update(due_at=timezone.now() - timedelta(seconds=1))


def abandon(mail: Message) -> None:
    """Leave the mail as a sender does that dies in the middle."""
    assert claim() == mail
    Message.objects.update(lease_until=timezone.now() - timedelta(seconds=1))


def test_a_waiting_mail_is_sent_and_says_so(sink, mail):
    drain()

    mail.refresh_from_db()
    assert (mail.state, mail.attempts) == (MessageState.SENT, 1)
    assert mail.sent_at is not None
    [(address, _raw)] = sink.received
    assert address == "ana@fairhaven.example"


def test_the_mail_arrives_with_both_parts_and_its_headers(sink, mail):
    drain()

    [arrived] = sink.mails()
    assert arrived["To"] == "Ana <ana@fairhaven.example>"
    assert arrived["Subject"] == "Your course is on Monday"
    assert arrived["Message-ID"] == mail.message_id
    assert arrived["Date"].datetime == mail.dated
    assert arrived["Auto-Submitted"] == "auto-generated"
    text, html = arrived.iter_parts()
    assert text.get_content().replace("\r\n", "\n").strip() == mail.text
    assert html.get_content().strip() == mail.html


def test_a_mail_is_not_sent_twice(sink, mail):
    drain()
    drain()

    assert len(sink.received) == 1


def test_many_mails_go_over_one_connection(sink, mail):
    for number in range(5):
        queue(kind="notice", person=mail.person, key=f"n:{number}", subject="Hi", text="Hi")

    assert sending.drain() == {"sent": 6}

    assert len(sink.received) == 6
    assert sink.connections == 1


def test_a_temporary_refusal_is_tried_again_with_the_same_bytes(sink, mail):
    sink.replies[mail.person.email] = ["451 try later"]
    drain()
    mail.refresh_from_db()
    assert (mail.state, mail.error) == (MessageState.WAITING, "451 try later")
    assert mail.due_at > timezone.now()

    make_due()
    drain()

    mail.refresh_from_db()
    assert (mail.state, mail.attempts, mail.error) == (MessageState.SENT, 2, "")


def test_a_retry_after_a_dead_sender_repeats_every_byte(sink, mail):
    drain()
    Message.objects.update(state=MessageState.WAITING)
    abandon(mail)

    drain()

    first, second = (raw for _address, raw in sink.received)
    assert first == second


def test_a_refusal_for_good_is_given_up_at_once_and_others_still_go(sink, mail):
    sink.replies[mail.person.email] = ["550 no such user"]
    queue(kind="notice", person=PersonFactory(), key="other", subject="Hi", text="Hi")

    drain()

    mail.refresh_from_db()
    assert (mail.state, mail.attempts, mail.error) == (MessageState.DEAD, 1, "550 no such user")
    assert len(sink.received) == 1


def test_a_mail_server_that_is_down_costs_no_attempt(mail, settings):
    settings.MAILERS = mailers_for(free_port())

    drain()

    mail.refresh_from_db()
    assert (mail.state, mail.attempts) == (MessageState.WAITING, 0)
    assert "refused" in mail.error


def test_without_a_mail_server_mails_are_kept_and_not_called_sent(mail, settings):
    settings.MAILERS = {"default": {"BACKEND": "buyin.outbox.backends.KeepInPortal"}}

    drain()

    mail.refresh_from_db()
    assert mail.state == MessageState.KEPT


def test_a_person_whose_account_was_closed_gets_no_mail(sink, mail):
    User.objects.update(is_active=False)

    drain()

    mail.refresh_from_db()
    assert (mail.state, mail.skip_reason) == (MessageState.SKIPPED, "the account is closed")
    assert sink.received == []


def test_the_policy_of_a_kind_of_mail_is_asked_right_before_sending(sink, mail, settings):
    settings.MAIL_POLICIES = {"notice": f"{__name__}.refuse"}

    drain()

    mail.refresh_from_db()
    assert (mail.state, mail.skip_reason) == (MessageState.SKIPPED, "does not want it any more")
    assert sink.received == []


def test_an_abandoned_mail_is_not_sent_when_the_server_says_it_has_it(sink, mail, settings):
    settings.MAIL_RECEIPT = f"{__name__}.was_taken"
    abandon(mail)

    drain()

    mail.refresh_from_db()
    assert mail.state == MessageState.SENT
    assert sink.received == []


def test_an_abandoned_mail_is_sent_when_nobody_can_be_asked(sink, mail):
    abandon(mail)

    drain()

    mail.refresh_from_db()
    assert (mail.state, mail.attempts) == (MessageState.SENT, 2)
    assert len(sink.received) == 1


def test_a_sender_goes_home_when_enough_others_are_at_work(sink, mail, settings):
    settings.MAIL_SENDERS = 1
    claim()
    queue(kind="notice", person=mail.person, key="next", subject="Hi", text="Hi")

    drain()

    assert sink.received == []


def test_a_name_cannot_smuggle_in_a_header(sink, mail):
    User.objects.update(name='Ana\r\nBcc: everyone@x.example\r\n"')

    drain()

    [arrived] = sink.mails()
    assert arrived["Bcc"] is None
    assert sink.received[0][0] == "ana@fairhaven.example"


def test_an_address_that_cannot_be_written_is_given_up(sink, mail):
    User.objects.update(email="ána@fairhaven.example")

    drain()

    mail.refresh_from_db()
    assert mail.state == MessageState.DEAD
