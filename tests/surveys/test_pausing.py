"""Pausing a wave and letting it go on: nothing is handed in, nothing typed is lost, all is told."""

import datetime as dt
import threading

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from buyin.outbox.models import Message, MessageState
from buyin.outbox.sending import drain
from surveys.actions import close_wave
from surveys.actions.pausing import pause_wave, resume_wave
from surveys.actions.refusals import RefusedError
from surveys.models import AnonymousDraft, BufferedResponse, Participation, Wave
from surveys.tasks import close_due_waves, write_mails
from tests.factories.surveys import make_draft, make_invitation, make_public_wave, make_wave
from tests.surveys import public_pages
from tests.surveys.links import answer, guest_of, opened, press, url
from tests.surveys.public_pages import PAGE_1, form_on
from tests.surveys.test_survey_mails import days_pass

pytestmark = pytest.mark.django_db


@pytest.fixture
def wave(cast):
    return make_wave(cast.roads, sends_mail=True, reminders=2, remind_every=3)


def at(wave, page=""):
    return f"/surveys/author/{wave.survey_id}/waves/{wave.number}/{page}"


def paused(wave):
    wave.refresh_from_db()
    return wave.paused_at is not None


def in_days(days):
    return (timezone.localdate() + dt.timedelta(days=days)).isoformat()


def test_an_author_pauses_a_wave_and_lets_it_go_on(lead, wave):
    asked = lead.get(at(wave, "pause/"))
    assert "What people have typed is kept" in asked.text
    assert not paused(wave)

    page = lead.post(at(wave, "pause/"), follow=True)
    assert paused(wave)
    assert "It is paused" in page.text

    page = lead.post(at(wave, "resume/"), {"closes_on": ""}, follow=True)
    assert not paused(wave)
    assert "The wave goes on." in page.text


@pytest.mark.parametrize("who", ["staff", "coordinator", "executive"])
def test_who_may_not_follow_a_wave_neither_pauses_nor_resumes_it(sign_in, wave, who):
    for page in ("pause/", "resume/"):
        assert sign_in(who).post(at(wave, page)).status_code == 404
    assert not paused(wave)


def test_pausing_twice_pauses_once_and_says_so(lead, wave):
    lead.post(at(wave, "pause/"))

    page = lead.post(at(wave, "pause/"), follow=True)

    assert "This wave is paused already." in page.text
    assert wave.happenings.filter(what="paused").count() == 1


def test_what_is_not_open_cannot_be_paused(cast):
    now = timezone.now()
    later = {"opens_at": now + dt.timedelta(days=1), "closes_at": now + dt.timedelta(days=2)}
    for fields in ({"closed_at": now}, later, {"takes_imports": True}):
        with pytest.raises(RefusedError):
            pause_wave(wave=make_wave(cast.roads, **fields), by=cast.lead)


def test_resuming_needs_a_later_day_where_the_last_one_is_over(lead, wave):
    pause_wave(wave=wave, by=wave.survey.owner)
    Wave.objects.update(closes_at=timezone.now() - dt.timedelta(hours=1))

    refused = lead.post(at(wave, "resume/"), {"closes_on": ""})
    early = lead.post(at(wave, "resume/"), {"closes_on": in_days(-3)})
    assert "Its last day is over. Choose a new last day." in refused.text
    assert "Choose a day after the last day that people have now." in early.text
    assert paused(wave)

    lead.post(at(wave, "resume/"), {"closes_on": in_days(7)})
    assert not paused(wave)
    assert wave.closes_at > timezone.now() + dt.timedelta(days=6)


def test_a_day_that_is_over_is_no_new_last_day_though_later_than_the_old_one(wave):
    pause_wave(wave=wave, by=wave.survey.owner)
    now, yesterday = timezone.now(), timezone.localdate() - dt.timedelta(days=1)
    Wave.objects.update(opens_at=now - dt.timedelta(9), closes_at=now - dt.timedelta(5))

    with pytest.raises(RefusedError, match="Choose a day after the last day"):
        resume_wave(wave=wave, closes_on=yesterday, by=wave.survey.owner)


def test_a_wave_that_is_not_paused_cannot_be_resumed(wave):
    with pytest.raises(RefusedError):
        resume_wave(wave=wave, by=wave.survey.owner)


def test_a_paused_wave_does_not_end_by_the_clock_but_by_its_author(lead, wave):
    pause_wave(wave=wave, by=wave.survey.owner)
    Wave.objects.update(closes_at=timezone.now() - dt.timedelta(days=1))

    close_due_waves()
    wave.refresh_from_db()
    assert wave.closed_at is None

    lead.post(at(wave, "close/"))
    wave.refresh_from_db()
    assert wave.closed_at is not None
    assert wave.paused_at is None


def test_the_clock_leaves_a_wave_that_was_paused_after_it_had_looked(wave):
    Wave.objects.update(closes_at=timezone.now() - dt.timedelta(days=1))
    pause_wave(wave=wave, by=wave.survey.owner)

    assert close_wave(wave=wave.pk, if_due=True, by=None) is False
    assert paused(wave)


def test_whoever_comes_meanwhile_reads_that_it_is_paused_and_goes_on_later(wave, cast):
    client = guest_of(wave, cast.staff)
    press(client, wave, 2, "save", q_wish="half a wish")
    pause_wave(wave=wave, by=cast.lead)

    for page in (url(wave, 2), f"/surveys/invited/{wave.pk}/check/"):
        seen = client.get(page)
        assert seen.status_code == 200
        assert "This survey is paused" in seen.text
    resume_wave(wave=wave, by=cast.lead)

    assert "half a wish" in client.get(url(wave, 2)).text


def test_it_is_not_among_what_waits_while_it_is_paused(wave, sign_in):
    staff = sign_in("staff")
    assert "Permit assistant" in staff.get("/surveys/").text

    pause_wave(wave=wave, by=wave.survey.owner)

    assert f"/surveys/{wave.pk}/" not in staff.get("/surveys/").text
    assert f"/surveys/{wave.pk}/" not in staff.get("/").text
    assert "This survey is paused" in staff.get(f"/surveys/{wave.pk}/pages/1/").text


def test_what_was_typed_when_it_was_paused_is_kept_and_handed_in_later(wave, cast):
    client = guest_of(wave, cast.staff)
    press(client, wave, 1, "next", **PAGE_1)
    form = form_on(client.get(url(wave, 2)))
    pause_wave(wave=wave, by=cast.lead)

    refused = client.post(url(wave, 2), {**form, "q_wish": "Do not lose me", "go": "submit"})
    assert refused.status_code == 409
    assert "What you typed is kept." in refused.text
    assert "Do not lose me" in refused.text
    assert not Participation.objects.exists()
    resume_wave(wave=wave, by=cast.lead)

    kept = client.get(url(wave, 2))
    assert "Do not lose me" in kept.text
    client.post(url(wave, 2), {**form_on(kept), "q_wish": "Do not lose me", "go": "submit"})
    assert BufferedResponse.objects.get().answers["wish"] == "Do not lose me"


def test_a_page_that_was_open_goes_on_saving_by_itself_meanwhile(wave, cast):
    client = guest_of(wave, cast.staff)
    form = form_on(client.get(url(wave, 2)))
    pause_wave(wave=wave, by=cast.lead)

    saved = client.post(url(wave, 2), {**form, "q_wish": "typed meanwhile", "go": "autosave"})

    assert saved.status_code == 200
    assert AnonymousDraft.objects.count() == 1


def test_nothing_is_kept_in_a_wave_that_was_closed_while_it_was_paused(wave, cast):
    client = guest_of(wave, cast.staff)
    form = form_on(client.get(url(wave, 2)))
    pause_wave(wave=wave, by=cast.lead)
    close_wave(wave=wave.pk, by=None)

    assert client.post(url(wave, 2), {**form, "go": "submit"}).status_code == 410
    assert not AnonymousDraft.objects.exists()


def test_who_has_answered_is_thanked_also_while_it_is_paused(wave, cast):
    client = guest_of(wave, cast.staff)
    answer(client, wave)
    pause_wave(wave=wave, by=cast.lead)

    assert "We have your answers" in client.get(f"/surveys/invited/{wave.pk}/", follow=True).text


def test_a_program_is_told_to_come_back(sign_in, cast):
    wave = make_wave(cast.roads, anonymity="named")
    make_draft(wave, cast.staff)
    pause_wave(wave=wave, by=cast.lead)
    body = {
        "receipt": "0b5f2a3e-5d0f-4b83-9c1c-3f6f0a6c2c11",
        "answers": {"useful": 4, "told": 3, "heard": 2},
    }

    answer = sign_in("staff").post(
        f"/api/v1/my/waves/{wave.pk}/response/", body, content_type="application/json"
    )

    assert answer.status_code == 409
    assert "paused" in answer.json()["detail"]
    assert not Participation.objects.exists()


def test_a_public_questionnaire_can_be_paused_too(lead):
    wave = make_public_wave()
    visitor = Client()
    form = form_on(visitor.get(public_pages.url(2)))
    lead.post(at(wave, "pause/"))

    assert "This survey is paused" in visitor.get(public_pages.BASE).text
    refused = public_pages.press(visitor, 2, "submit", form, q_wish="kept")
    assert refused.status_code == 409
    assert "It is paused" in lead.get(at(wave)).text
    lead.post(at(wave, "resume/"), {"closes_on": ""})
    assert "kept" in visitor.get(public_pages.url(2)).text


def test_a_paused_questionnaire_is_offered_to_nobody_as_open(lead):
    wave = make_public_wave()
    offered = f'href="{public_pages.BASE}"'
    pages = ("/", "/surveys/public/")
    assert all(offered in Client().get(page).text for page in pages)

    lead.post(at(wave, "pause/"))
    assert not any(offered in Client().get(page).text for page in pages)

    lead.post(at(wave, "resume/"), {"closes_on": ""})
    assert all(offered in Client().get(page).text for page in pages)


def test_no_mail_is_written_while_it_is_paused_and_the_rest_follows(wave, cast):
    make_invitation(wave, cast.staff)
    pause_wave(wave=wave, by=cast.lead)
    write_mails()
    assert not Message.objects.exists()

    resume_wave(wave=wave, by=cast.lead)
    write_mails()
    pause_wave(wave=wave, by=cast.lead)
    days_pass(5)
    write_mails()
    assert Message.objects.count() == 1

    resume_wave(wave=wave, by=cast.lead)
    write_mails()
    assert Message.objects.count() == 2


def test_a_mail_that_waits_when_it_is_paused_goes_out_afterwards_with_its_link(wave, cast):
    make_invitation(wave, cast.staff)
    write_mails()
    pause_wave(wave=wave, by=cast.lead)

    drain()
    message = Message.objects.get()
    assert (message.state, message.attempts, message.error) == (MessageState.WAITING, 0, "")
    assert message.due_at > timezone.now()
    assert "/surveys/link/" in message.text

    resume_wave(wave=wave, by=cast.lead)
    Message.objects.update(due_at=timezone.now() - dt.timedelta(seconds=1))
    drain()
    message.refresh_from_db()
    assert message.state == MessageState.SENT


def test_the_page_of_the_wave_tells_what_happened_when_and_by_whom(lead, wave, cast):
    make_invitation(wave, cast.staff)
    write_mails()
    days_pass(3)
    write_mails()
    lead.post(at(wave, "pause/"))
    lead.post(at(wave, "resume/"), {"closes_on": in_days(20)})
    lead.post(at(wave, "extend/"), {"closes_on": in_days(30)})
    lead.post(at(wave, "close/"))

    rows = wave.happenings.order_by("at", "pk").values_list("what", "number", "by__name")
    page = " ".join(lead.get(at(wave)).text.split())
    told = lead.get(f"/api/v1/surveys/{wave.survey_id}/waves/1/history/").json()

    assert list(rows) == [
        ("invited", 0, None),
        ("reminded", 1, None),
        ("paused", 0, "Lead Persona"),
        ("resumed", 0, "Lead Persona"),
        ("extended", 0, "Lead Persona"),
        ("closed", 0, "Lead Persona"),
    ]
    for said in ("Invitations by mail", "Reminder by mail 1", "Resumed", "by the clock", "Ended"):
        assert said in page
    assert [one["event"] for one in told["results"]] == [what for what, _n, _by in rows]


def test_the_history_says_nothing_of_how_many_were_reminded(wave, cast):
    for person in (cast.staff, cast.neighbour):
        make_invitation(wave, person)
    write_mails()

    assert wave.happenings.count() == 1
    assert {field.name for field in wave.happenings.model._meta.get_fields()} == {
        *("id", "wave", "what", "at", "by", "number", "until"),
    }


def test_programs_pause_and_resume(lead, wave):
    place = f"/api/v1/surveys/{wave.survey_id}/waves/1/"

    first = lead.post(f"{place}pause/", content_type="application/json")
    again = lead.post(f"{place}pause/", content_type="application/json")
    more = lead.post(f"{place}resume/", {"closes_on": in_days(9)}, content_type="application/json")

    assert (first.status_code, first.json()["state"]) == (200, "paused")
    assert (again.status_code, "already" in again.json()["detail"]) == (409, True)
    assert (more.status_code, more.json()["state"]) == (200, "open")
    assert more.json()["closes_at"].startswith(in_days(9)[:8])


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="races need PostgreSQL")
@pytest.mark.usefixtures("_slow_participations")
def test_answers_that_come_while_it_is_paused_are_in_or_are_kept(cast):
    wave = make_wave(cast.roads)
    people = [cast.staff, cast.coordinator, cast.trainer, cast.neighbour]
    tabs = []
    for person in people:
        client = opened(make_invitation(wave, person))
        press(client, wave, 1, "next", **PAGE_1)
        tabs.append((client, form_on(client.get(url(wave, 2)))))
    answers = []

    def hand_in(client, form):
        sent = client.post(url(wave, 2), {**form, "q_wish": "x", "go": "submit"})
        answers.append(sent.status_code)
        connection.close()

    def stop():
        pause_wave(wave=wave, by=cast.lead)
        connection.close()

    threads = [threading.Thread(target=hand_in, args=tab) for tab in tabs]
    threads.insert(2, threading.Thread(target=stop))
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert set(answers) <= {302, 409}
    assert Participation.objects.count() == BufferedResponse.objects.count() == answers.count(302)
    assert AnonymousDraft.objects.count() == answers.count(409)
