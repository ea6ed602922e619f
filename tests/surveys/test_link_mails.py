"""The personal links in mails about surveys, and the one that stops them."""

import re

import pytest
from django.test import Client

from buyin.outbox.models import Message, MessageState
from buyin.outbox.sending import drain
from surveys.models import Invitation, MailStop, PersonalLink
from surveys.tasks import write_mails
from tests.factories.accounts import PersonFactory
from tests.factories.surveys import make_invitation, make_link, make_participation, make_wave
from tests.surveys.test_survey_mails import days_pass

pytestmark = pytest.mark.django_db
OPEN = re.compile(r"https?://[^/\s]+(/surveys/link/[\w-]+/)(?!stop)")
STOP = re.compile(r"https?://[^/\s]+(/surveys/link/[\w-]+/stop/)")
STOPPED = "does not want mails about this survey any more"


@pytest.fixture
def wave(cast):
    wave = make_wave(cast.roads, sends_mail=True, reminders=2, remind_every=3)
    make_invitation(wave, cast.staff)
    return wave


@pytest.fixture
def mail(wave):
    write_mails()
    return Message.objects.get()


def test_the_link_in_the_mail_opens_the_survey(mail, wave):
    [link] = OPEN.findall(mail.text)

    page = Client().get(link, follow=True)

    assert page.redirect_chain[-1][0] == f"/surveys/invited/{wave.pk}/pages/1/"
    assert page.status_code == 200


def test_text_html_and_headers_carry_the_same_links_and_no_stand_in(mail):
    assert OPEN.findall(mail.text) == OPEN.findall(mail.html)
    assert STOP.findall(mail.text) == STOP.findall(mail.html)
    assert STOP.findall(mail.text)[0] in mail.headers["List-Unsubscribe"]
    assert mail.headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert "link.invalid" not in mail.text + mail.html


def test_everybody_gets_a_link_of_their_own(wave, cast):
    make_invitation(wave, cast.neighbour)

    write_mails()

    links = {OPEN.findall(message.text)[0] for message in Message.objects.all()}
    assert len(links) == 2
    assert PersonalLink.objects.count() == 2


def test_a_reminder_brings_a_new_link_and_the_old_one_still_opens(mail):
    days_pass(3)
    write_mails()

    reminder = Message.objects.order_by("-pk")[0]
    first, second = OPEN.findall(mail.text)[0], OPEN.findall(reminder.text)[0]
    assert first != second
    for link in (first, second):
        assert Client().get(link, follow=True).status_code == 200


def test_the_link_is_forgotten_by_the_portal_as_soon_as_the_mail_has_gone(mail, settings):
    settings.MAILERS = {"default": {"BACKEND": "django.core.mail.backends.locmem.EmailBackend"}}

    drain()

    mail.refresh_from_db()
    assert (mail.state, mail.text, mail.html, mail.headers) == (MessageState.SENT, "", "", {})


def test_opening_the_link_that_stops_changes_nothing(mail):
    page = Client().get(STOP.findall(mail.text)[0])

    assert "Nothing has changed yet" in page.text
    assert not MailStop.objects.exists()


@pytest.mark.parametrize("fields", [{}, {"List-Unsubscribe": "One-Click"}])
def test_posting_to_it_stops_all_further_mails_about_the_survey(mail, fields):
    stop = Client(enforce_csrf_checks=True).post(STOP.findall(mail.text)[0], fields)
    days_pass(30)
    write_mails()

    assert "You get no more mails about this survey" in stop.text
    assert Message.objects.count() == 1


def test_stopping_twice_is_stopping_once_and_it_can_be_undone(mail, cast):
    link = STOP.findall(mail.text)[0]
    for _time in range(2):
        Client().post(link)
    assert MailStop.objects.count() == 1
    assert "You get no more mails" in Client().get(link).text

    undone = Client().post(link, {"undo": "1"})

    assert "Mails about this survey go on" in undone.text
    assert not MailStop.objects.exists()
    days_pass(3)
    write_mails()
    assert Message.objects.count() == 2


def test_a_mail_that_waits_is_not_sent_to_who_has_stopped_them(mail):
    Client().post(STOP.findall(mail.text)[0])

    drain()

    mail.refresh_from_db()
    assert (mail.state, mail.skip_reason) == (MessageState.SKIPPED, STOPPED)


def test_who_stopped_them_gets_none_about_the_next_wave_but_about_other_surveys(mail, wave, cast):
    Client().post(STOP.findall(mail.text)[0])
    again, other = (
        make_wave(cast.roads, number=2, sends_mail=True),
        make_wave(cast.roads, sends_mail=True),
    )
    type(again).objects.filter(pk=again.pk).update(survey=wave.survey)
    for one in (again, other):
        make_invitation(one, cast.staff)

    write_mails()

    keys = {message.key for message in Message.objects.exclude(pk=mail.pk)}
    assert keys == {f"survey:{Invitation.objects.get(wave=other).pk}:0"}


def test_who_has_stopped_them_can_still_answer(mail, wave):
    Client().post(STOP.findall(mail.text)[0])

    page = Client().get(OPEN.findall(mail.text)[0], follow=True)

    assert page.redirect_chain[-1][0] == f"/surveys/invited/{wave.pk}/pages/1/"


def test_stopping_says_nothing_of_whether_somebody_has_answered(wave, cast):
    token = make_link(Invitation.objects.get())
    before = Client().post(f"/surveys/link/{token}/stop/").text
    make_participation(wave, cast.staff)

    after = Client().post(f"/surveys/link/{token}/stop/").text

    assert after == before


@pytest.mark.parametrize("count", [1, 20])
def test_links_cost_no_query_for_each_mail(cast, count, django_assert_max_num_queries):
    wave = make_wave(cast.roads, sends_mail=True)
    for _n in range(count):
        make_invitation(wave, PersonFactory(department=cast.roads))

    with django_assert_max_num_queries(20):
        write_mails()

    assert Message.objects.count() == count
