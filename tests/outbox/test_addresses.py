"""Mails to plain addresses, and mails that let somebody in: what is kept of them, and how long."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from buyin.outbox import actions
from buyin.outbox.message import RefusedAddressError
from buyin.outbox.models import Message, MessageState
from buyin.outbox.tasks import drain
from tests.factories.accounts import PersonFactory

pytestmark = pytest.mark.django_db
OUTSIDE = "mira@elsewhere.example"


def write(key="ask:1", **content):
    said = {"kind": "notice", "subject": "A question", "text": "Please answer."}
    return actions.queue(key=key, **{**said, **content})


def grow_old(days=91):
    Message.objects.update(dated=timezone.now() - timedelta(days=days))


def test_a_mail_to_a_plain_address_arrives_there_without_a_name(sink):
    written = write(address=OUTSIDE, html="<p>Please answer.</p>")

    drain()

    [(address, _raw)] = sink.received
    [arrived] = sink.mails()
    written.refresh_from_db()
    assert address == arrived["To"] == OUTSIDE
    assert written.state == MessageState.SENT


def test_people_and_plain_addresses_go_out_together_each_to_their_own(sink):
    write("ask:1", person=PersonFactory(email="ana@fairhaven.example"))
    write("ask:2", address=OUTSIDE)

    drain()

    assert sorted(address for address, _raw in sink.received) == ["ana@fairhaven.example", OUTSIDE]


@pytest.mark.parametrize(
    "address", ["", "nobody", "a@b", "a@b.example\nBcc: c@d.example", "a b@c.d"]
)
def test_what_is_no_address_is_refused_before_anything_is_written(address):
    with pytest.raises(RefusedAddressError):
        write(address=address)

    assert not Message.objects.exists()


def test_a_mail_goes_to_a_person_or_to_an_address_but_not_to_both():
    with pytest.raises(RefusedAddressError):
        write(person=PersonFactory(), address=OUTSIDE)

    written = write(person=PersonFactory())
    with pytest.raises(IntegrityError), transaction.atomic():
        Message.objects.filter(pk=written.pk).update(address=OUTSIDE)


def test_an_address_that_the_server_refuses_is_given_up_like_any_other(sink):
    sink.replies[OUTSIDE] = ["550 no such user"]
    written = write(address=OUTSIDE)

    drain()

    written.refresh_from_db()
    assert (written.state, written.error) == (MessageState.DEAD, "550 no such user")


def test_an_old_mail_forgets_its_address_and_what_the_server_said_of_it_and_nothing_else(sink):
    sink.replies[OUTSIDE] = [f"550 <{OUTSIDE}> is unknown"]
    lost = write("ask:1", address=OUTSIDE, headers={"X-About": "you"})
    person = write("ask:2", person=PersonFactory(), headers={"List-Unsubscribe": "<token>"})
    drain()
    grow_old()
    waiting = write("ask:3", address=OUTSIDE)

    assert actions.forget_old(days=90) == 2
    assert actions.forget_old(days=90) == 0

    for mail in (lost, person, waiting):
        mail.refresh_from_db()
    assert (lost.address, lost.error, lost.text, lost.headers) == ("", "", "", {})
    assert (lost.state, lost.message_id) == (MessageState.DEAD, lost.message_id)
    assert (person.text, person.headers) == ("", {})
    assert person.person is not None
    assert (waiting.address, waiting.text) == (OUTSIDE, "Please answer.")


def test_a_mail_that_waits_without_an_address_goes_to_nobody(sink):
    written = write(address=OUTSIDE)
    Message.objects.update(address="")

    drain()

    written.refresh_from_db()
    assert (written.state, written.skip_reason) == (
        MessageState.SKIPPED,
        "the address was forgotten",
    )


def test_a_mail_whose_address_was_forgotten_is_not_sent_any_more(sink):
    sink.replies[OUTSIDE] = ["550 no such user"]
    written = write(address=OUTSIDE)
    drain()
    grow_old()
    actions.forget_old(days=90)
    assert not actions.retry(message=written)

    drain()

    written.refresh_from_db()
    assert (written.state, written.attempts) == (MessageState.DEAD, 1)
    assert written.recipient == "an address that was forgotten"
    assert sink.received == []


def test_a_mail_that_lets_somebody_in_is_emptied_as_soon_as_it_has_gone(sink):
    key = {"text": "Your link", "html": "<p>Your link</p>", "headers": {"X-Leave": "your link"}}
    written = write(address=OUTSIDE, holds_key=True, **key)
    other = write("ask:2", address=OUTSIDE, **key)

    drain()

    written.refresh_from_db()
    other.refresh_from_db()
    assert b"Your link" in sink.received[0][1]
    assert (written.state, written.text, written.html, written.headers) == (
        MessageState.SENT,
        "",
        "",
        {},
    )
    assert other.text == "Your link"


def test_a_mail_that_lets_somebody_in_is_emptied_too_where_it_is_not_wanted_any_more():
    written = write(person=PersonFactory(is_active=False), holds_key=True)

    drain()

    written.refresh_from_db()
    assert (written.state, written.text) == (MessageState.SKIPPED, "")


def test_a_mail_that_lets_somebody_in_keeps_its_text_while_it_can_still_be_sent(sink):
    sink.replies[OUTSIDE] = ["451 later", "550 never"]
    written = write(address=OUTSIDE, holds_key=True)

    for _attempt in range(2):
        Message.objects.update(due_at=timezone.now() - timedelta(seconds=1))
        drain()
        written.refresh_from_db()
        assert written.text == "Please answer."

    assert written.state == MessageState.DEAD
    assert actions.retry(message=written)
    drain()
    written.refresh_from_db()
    assert (written.state, written.text) == (MessageState.SENT, "")


def test_administrators_see_in_the_list_of_trouble_where_a_mail_went(sink, sign_in):
    sink.replies[OUTSIDE] = ["550 no such user"]
    write(address=OUTSIDE)
    drain()

    page = sign_in("administrator").get("/reports/status/")

    assert f"<h3> {OUTSIDE} </h3>" in " ".join(page.text.split())
    assert "Please answer" not in page.text


def test_a_trial_copy_shows_its_administrator_a_mail_to_an_address(sign_in, settings):
    settings.MAILERS = {"default": {"BACKEND": "buyin.outbox.backends.KeepInPortal"}}
    written = write(address=OUTSIDE, holds_key=True)
    drain()
    admin = sign_in("administrator")

    assert OUTSIDE in admin.get("/reports/status/kept/").text
    page = admin.get(f"/reports/status/kept/{written.pk}/")
    assert f"To {OUTSIDE}," in " ".join(page.text.split())
    assert "Please answer." in page.text
