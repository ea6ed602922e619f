"""Who leaves an address on a public page is told once, if they say yes, and never tied to an answer."""

import datetime as dt
import re

import pytest
from django.core.cache import cache
from django.core.signing import Signer
from django.test import Client
from django.utils import timezone

from buyin.accounts.models import Session
from buyin.outbox.models import Message
from surveys import actions, tasks
from surveys.actions import telling
from surveys.models import BufferedResponse, Survey, ToldAddress, Wave
from tests.factories.surveys import make_public_wave, make_wave
from tests.surveys.public_pages import BASE, answer

pytestmark = pytest.mark.django_db
TELL = f"{BASE}tell-me/"
ADDRESS = "ann@example.org"


@pytest.fixture(autouse=True)
def _fresh_limits():
    cache.clear()


@pytest.fixture
def wave(cast):
    return make_public_wave()


@pytest.fixture
def visitor():
    return Client()


def leave(client, address=ADDRESS, **more):
    return client.post(TELL, {"address": address, "website": "", **more})


def link_in(message):
    return re.findall(r"/surveys/told/\S+/", message.text)[0]


def asked(client, address=ADDRESS):
    """Leave an address, let the mail be written, and return the link in it."""
    leave(client, address)
    tasks.write_mails()
    return link_in(Message.objects.get(address=address))


def test_a_visitor_leaves_an_address_on_the_page_of_thanks_and_confirms_it(visitor, wave):
    answer(visitor)
    thanks = visitor.get(f"{BASE}thanks/").text
    left = leave(visitor)
    actions.close_wave(wave=wave.pk, by=None)
    mail = Message.objects.get()
    link = link_in(mail)
    page = visitor.get(link)
    before = ToldAddress.objects.get().state
    yes = visitor.post(link)

    assert f'action="{TELL}"' in thanks
    assert "kept apart from all answers" in thanks
    assert left.headers["Location"] == f"{TELL}left/"
    assert "Look into your mail" in visitor.get(left.url).text
    assert (mail.address, mail.person, mail.holds_key) == (ADDRESS, None, True)
    assert link in mail.html
    assert "Please confirm" in mail.subject
    assert "Nothing has changed yet" in page.text
    assert page["Referrer-Policy"] == "no-referrer"
    assert before == "asked"
    assert "We will tell you" in yes.text
    assert ToldAddress.objects.get().state == "confirmed"


def test_no_mail_leaves_while_answers_wait_to_be_shuffled(visitor, wave, settings):
    settings.SMALLEST_GROUP = 3
    answer()
    leave(visitor)
    tasks.write_mails()
    assert not Message.objects.exists()
    assert ToldAddress.objects.get().state == "waiting"

    answer()
    answer()
    tasks.flush_anonymous()

    assert not BufferedResponse.objects.exists()
    assert Message.objects.get().address == ADDRESS
    assert ToldAddress.objects.get().state == "asked"


def test_where_no_answer_waits_the_mail_leaves_at_the_next_tick(visitor, wave):
    leave(visitor)
    tasks.write_mails()
    tasks.write_mails()

    assert Message.objects.get().address == ADDRESS


def test_opening_the_link_changes_nothing_and_saying_yes_twice_is_once(visitor, wave):
    link = asked(visitor)

    visitor.get(link)
    visitor.head(link)
    assert ToldAddress.objects.get().state == "asked"
    for _time in range(2):
        assert "We will tell you" in visitor.post(link).text
    assert ToldAddress.objects.get().state == "confirmed"
    assert ToldAddress.objects.get().forgotten_on is None


def test_who_says_no_is_forgotten_before_and_after_they_said_yes(visitor, wave):
    for confirms in (False, True):
        link = asked(visitor)
        if confirms:
            visitor.post(link)
        gone = visitor.post(link, {"no": "1"})
        assert "Your address is deleted" in gone.text
        assert not ToldAddress.objects.exists()
        assert visitor.get(link).status_code == 404
        Message.objects.all().delete()


def test_who_says_yes_while_the_address_is_being_deleted_is_told_so(visitor, wave, monkeypatch):
    link = asked(visitor)
    confirm = telling.confirm_address

    def forgotten_first(*, key):
        telling.withdraw_address(key=key)
        return confirm(key=key)

    monkeypatch.setattr(telling, "confirm_address", forgotten_first)

    answer = visitor.post(link)

    assert answer.status_code == 404
    assert "This link leads nowhere" in answer.text


def test_known_and_unknown_addresses_get_the_same_answer(visitor, wave):
    link = asked(visitor)
    visitor.post(link)

    known, unknown = leave(visitor), leave(visitor, "bob@example.org")
    pages = [visitor.get(sent.url).text for sent in (known, unknown)]

    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)
    assert re.sub(r"nonce-\S+", "", pages[0]) == re.sub(r"nonce-\S+", "", pages[1])
    assert ADDRESS not in pages[0]
    tasks.write_mails()
    assert ToldAddress.objects.get(address=ADDRESS).state == "confirmed"
    assert Message.objects.filter(address=ADDRESS).count() == 1


def test_an_address_gets_one_mail_a_week_however_often_and_however_it_is_typed(visitor, wave):
    for typed in (ADDRESS, "ANN@example.org", " ann@EXAMPLE.org "):
        leave(visitor, typed)
        tasks.write_mails()

    assert Message.objects.count() == 1
    assert ToldAddress.objects.count() == 1


def test_who_said_no_is_not_written_to_without_end(visitor, wave):
    said = []
    for _time in range(5):
        said.append(leave(visitor).url)
        tasks.write_mails()
        for told in ToldAddress.objects.all():
            visitor.post(link_in(Message.objects.order_by("-pk")[0]), {"no": "1"})
            assert not ToldAddress.objects.filter(pk=told.pk).exists()

    assert len(set(said)) == 1
    assert Message.objects.count() == 3


def test_an_address_is_counted_in_all_questionnaires_together(visitor, wave):
    make_public_wave(address="other")
    for address in ("permits", "other", "permits", "other"):
        visitor.post(f"/surveys/public/{address}/tell-me/", {"address": ADDRESS})
    leave(visitor, "bob@example.org")

    assert sorted(ToldAddress.objects.values_list("address", "wave__address")) == [
        (ADDRESS, "other"),
        (ADDRESS, "permits"),
        ("bob@example.org", "permits"),
    ]


def test_a_network_that_sends_too_much_is_told_to_wait_and_keeps_what_it_typed(visitor, wave):
    answers = [leave(visitor, f"p{n}@example.org") for n in range(12)]

    assert answers[9].status_code == 302
    assert answers[10].status_code == 429
    assert "Please wait a minute" in answers[10].text
    assert "p10@example.org" in answers[10].text
    assert ToldAddress.objects.count() == 10


def test_what_fills_in_the_hidden_field_leaves_nothing(visitor, wave):
    refused = leave(visitor, website="http://spam.example")

    assert refused.status_code == 422
    assert not ToldAddress.objects.exists()


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("", "Write your mail address."),
        ("no address", "Write a mail address, such as name@example.org."),
        ("a@b.example\nBcc: c@d.example", "Write a mail address"),
        ("a@b.example, c@d.example", "Write a mail address"),
        (f"{'a' * 250}@example.org", "at most 254"),
    ],
)
def test_what_is_no_address_is_shown_again_with_the_reason(visitor, wave, typed, why):
    page = leave(visitor, typed)

    assert page.status_code == 200
    assert why in page.text
    assert not ToldAddress.objects.exists()


@pytest.mark.parametrize(
    "token", ["x", "0" * 32, "0" * 32 + ":cut", Signer(salt="digests.unsubscribe").sign("0" * 32)]
)
def test_a_link_that_was_not_made_by_us_opens_nothing(visitor, wave, token):
    asked(visitor)

    for send in (visitor.get, visitor.post):
        page = send(f"/surveys/told/{token}/")
        assert page.status_code == 404
        assert "This link leads nowhere" in page.text
    assert ToldAddress.objects.get().state == "asked"


def test_each_link_decides_about_its_own_address_alone(visitor, wave):
    mine, theirs = asked(visitor), asked(visitor, "bob@example.org")

    visitor.post(mine)
    visitor.post(theirs, {"no": "1"})

    assert list(ToldAddress.objects.values_list("address", "state")) == [(ADDRESS, "confirmed")]


def test_addresses_that_nobody_confirmed_are_forgotten_after_two_weeks(visitor, wave):
    asked(visitor)
    confirmed = asked(visitor, "bob@example.org")
    visitor.post(confirmed)
    today = timezone.localdate()
    assert ToldAddress.objects.get(address=ADDRESS).forgotten_on == today + dt.timedelta(days=14)

    ToldAddress.objects.filter(state="asked").update(forgotten_on=today - dt.timedelta(days=1))
    tasks.forget_old_drafts()

    assert list(ToldAddress.objects.values_list("address", flat=True)) == ["bob@example.org"]


def test_all_addresses_of_a_wave_are_forgotten_half_a_year_after_its_end(visitor, wave):
    visitor.post(asked(visitor))
    actions.close_wave(wave=wave.pk, by=None)
    tasks.forget_old_drafts()
    assert ToldAddress.objects.exists()

    Wave.objects.update(closed_at=timezone.now() - dt.timedelta(days=181))
    tasks.forget_old_drafts()

    assert not ToldAddress.objects.exists()
    assert visitor.get(TELL).status_code == 404


def test_after_the_end_one_can_still_ask_to_be_told(visitor, wave):
    actions.close_wave(wave=wave.pk, by=None)

    closed = visitor.get(BASE)
    leave(visitor)
    tasks.write_mails()

    assert f'href="{TELL}"' in closed.text
    assert Message.objects.get().address == ADDRESS


def test_nobody_is_told_about_waves_that_are_not_public_or_not_open_yet(visitor, wave):
    make_wave()
    assert visitor.get("/surveys/public/none/tell-me/").status_code == 404

    Wave.objects.filter(pk=wave.pk).update(
        opens_at=timezone.now() + dt.timedelta(days=1),
        closes_at=timezone.now() + dt.timedelta(days=2),
    )

    assert visitor.get(TELL).status_code == 404
    assert leave(visitor).status_code == 404


def test_a_visitor_who_leaves_an_address_gets_no_session(visitor, wave):
    leave(visitor)

    assert not Session.objects.exists()


def test_all_addresses_that_wait_are_written_anew_when_one_joins_them(visitor, wave, monkeypatch):
    answer()
    for number in range(5):
        leave(visitor, f"p{number}@example.org")
    written: list[ToldAddress] = []
    make = ToldAddress.objects.bulk_create

    def watched(rows, **more):
        written.extend(rows)
        return make(rows, **more)

    monkeypatch.setattr(ToldAddress.objects, "bulk_create", watched)

    leave(visitor, "last@example.org")

    assert len(written) == 6
    assert {one.address for one in written} == set(
        ToldAddress.objects.values_list("address", flat=True)
    )


def test_taking_an_address_costs_the_same_for_one_and_for_many(
    visitor, wave, django_assert_num_queries
):
    answer()
    leave(visitor, "first@example.org")

    for number in range(3):
        with django_assert_num_queries(8):
            leave(visitor, f"p{number}@example.org")


@pytest.mark.parametrize(
    ("path", "queries"), [(BASE, 2), (TELL, 1), (f"{TELL}left/", 1), (f"{BASE}thanks/", 4)]
)
def test_pages_of_visitors_ask_little_and_the_same_for_many_addresses(
    visitor, wave, django_assert_num_queries, path, queries
):
    answer(visitor if path.endswith("thanks/") else Client())
    visitor.get(path)  # the questions are read once by each process
    for number in range(3):
        ToldAddress.objects.create(wave=wave, address=f"q{number}@example.org")
        with django_assert_num_queries(queries):
            assert visitor.get(path).status_code == 200


def test_the_page_behind_a_link_asks_once(visitor, wave, django_assert_num_queries):
    link = asked(visitor)

    with django_assert_num_queries(1):
        visitor.get(link)


def test_the_mail_says_the_same_in_both_parts_in_lines_that_any_program_shows(visitor, wave):
    link = asked(visitor)
    mail = Message.objects.get()

    assert all(len(line) <= 72 or "http" in line for line in mail.text.splitlines())
    assert mail.text.count(link) == mail.html.count(link) == 1
    assert "<script" not in mail.html
    assert mail.headers["Auto-Submitted"] == "auto-generated"
    for words in ("Shall we tell you what came of it?", "If it was not you, do nothing"):
        assert words in mail.html
        assert words in " ".join(mail.text.split())


def test_a_title_cannot_smuggle_a_header_into_the_mail(visitor, wave):
    wave.survey.title = "Permits\r\nBcc: everybody@example.org"
    Survey.objects.bulk_update([wave.survey], ["title"])

    asked(visitor)

    assert Message.objects.get().subject.startswith("Please confirm: news about Permits Bcc:")
