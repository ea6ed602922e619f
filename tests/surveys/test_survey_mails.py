"""Invitations and reminders by mail: to whom they go, when, what they say, and never twice."""

import datetime as dt

import pytest
from django.core import mail
from django.db.models import DateTimeField, ExpressionWrapper, F
from django.test import override_settings
from django.utils import timezone

from buyin.accounts.models import User
from buyin.outbox.actions import queue_all
from buyin.outbox.models import Message, MessageState
from buyin.outbox.sending import drain
from surveys.actions import close_wave, inviting
from surveys.models import Invitation, Wave, WavePlan
from surveys.queries.mailing import mailing_waves, to_invite
from surveys.tasks import write_mails
from tests.factories.accounts import PersonFactory
from tests.factories.surveys import make_participation, make_wave

HOUR = dt.timedelta(hours=1)


@pytest.fixture
def wave(cast):
    return invited_wave(cast.staff, cast.neighbour, reminders=2, remind_every=3)


def invited_wave(*people, **fields):
    wave = make_wave(**{"sends_mail": True, **fields})
    Invitation.objects.bulk_create(
        Invitation(wave=wave, person=person, department=person.department) for person in people
    )
    return wave


def days_pass(days):
    """Let the last mails be older by this many days."""
    earlier = ExpressionWrapper(
        F("last_mailed_at") - dt.timedelta(days=days), output_field=DateTimeField()
    )
    Invitation.objects.exclude(last_mailed_at=None).update(last_mailed_at=earlier)


def written():
    rows = (
        Message.objects.filter(kind="survey").order_by("pk").values_list("person__name", "subject")
    )
    return [(name.split()[0], subject.split()[0]) for name, subject in rows]


def states():
    rows = Message.objects.filter(kind="survey").values_list("person__name", "state", "skip_reason")
    return {name.split()[0]: (state, reason) for name, state, reason in rows}


def test_everybody_who_is_asked_gets_one_invitation_however_often_the_clock_ticks(wave):
    for _tick in range(3):
        write_mails()

    assert sorted(written()) == [("Neighbour", "Until"), ("Staff", "Until")]
    assert not Invitation.objects.filter(mailed_at=None).exists()


def test_the_mail_says_why_how_long_until_when_and_what_is_known_of_the_answer(wave, cast):
    write_mails()

    message = Message.objects.get(person=cast.staff)
    text = " ".join(message.text.split())
    for said in (
        "Permit assistant",
        "We ask so that training starts where it helps most.",
        "About 3 minutes.",
        "Open until the end of",
        "Anonymous: nobody can see who answered what.",
        "there are up to 2 reminders.",
        "The link is yours alone",
        "/surveys/link/",
    ):
        assert said in text
        assert said in " ".join(message.html.split())
    assert message.headers["Auto-Submitted"] == "auto-generated"
    assert all(len(line) <= 72 or "http" in line for line in message.text.splitlines())


@pytest.mark.parametrize(
    ("anonymity", "promise"),
    [
        ("confidential", "Confidential: your answers are stored with your name and shown without"),
        ("named", "Named: the people who run this survey see who answered what."),
    ],
)
def test_each_promise_is_in_the_mail_as_it_is_on_the_first_page(cast, anonymity, promise):
    invited_wave(cast.staff, anonymity=anonymity)

    write_mails()

    message = Message.objects.get()
    assert promise in " ".join(message.text.split())
    assert "There will be no reminder." in " ".join(message.text.split())


def test_what_an_author_wrote_runs_nothing_and_adds_no_header(cast):
    wave = invited_wave(cast.staff)
    wave.survey.title = "<b>Hi</b>\r\nBcc: all@b.example"
    wave.survey.purpose = "<script>alert(1)</script>"
    wave.survey.save()

    write_mails()

    message = Message.objects.get()
    assert "<script>" not in message.html
    assert "&lt;b&gt;Hi&lt;/b&gt;" in message.html
    assert "\n" not in message.subject


def test_only_who_has_not_answered_is_reminded_and_only_so_often(wave, cast):
    write_mails()
    make_participation(wave, cast.neighbour)

    for _round in range(5):
        days_pass(3)
        write_mails()
        write_mails()

    reminders = [who for who, subject in written() if subject == "Reminder,"]
    assert reminders == ["Staff", "Staff"]
    assert wave.invitations.get(person=cast.staff).reminded == 2
    assert wave.invitations.get(person=cast.neighbour).reminded == 0


def test_no_reminder_comes_before_its_day(wave):
    write_mails()
    days_pass(2)

    write_mails()

    assert len(written()) == 2


@pytest.mark.parametrize(
    "fields",
    [
        {"sends_mail": False},
        {"opens_at": timezone.now() + HOUR},
        {"closes_at": timezone.now() - HOUR},
        {"closed_at": timezone.now()},
        {"takes_imports": True},
    ],
)
def test_a_wave_that_is_not_open_or_writes_no_mails_writes_none(cast, fields):
    invited_wave(cast.staff, **fields)

    write_mails()

    assert written() == []


def test_closed_accounts_and_who_answered_already_are_not_invited(wave, cast):
    User.objects.filter(pk=cast.staff.pk).update(is_active=False)
    make_participation(wave, cast.neighbour)

    write_mails()

    assert written() == []


def test_right_before_sending_it_is_asked_again_whether_the_mail_is_wanted(wave, cast):
    gone = PersonFactory(name="Gone Person", department=cast.roads)
    uninvited = PersonFactory(name="Uninvited Person", department=cast.roads)
    for person in (gone, uninvited):
        Invitation.objects.create(wave=wave, person=person, department=cast.roads)
    write_mails()
    make_participation(wave, cast.staff)
    User.objects.filter(pk=gone.pk).update(is_active=False)
    Invitation.objects.filter(person=uninvited).delete()

    drain()

    assert states() == {
        "Staff": (MessageState.SKIPPED, "answered since it was written"),
        "Gone": (MessageState.SKIPPED, "the account is closed"),
        "Uninvited": (MessageState.SKIPPED, "the person is no longer asked"),
        "Neighbour": (MessageState.SENT, ""),
    }


@pytest.mark.parametrize("how", ["closed early", "time is over"])
def test_a_mail_that_waited_past_the_end_is_not_sent(wave, how):
    write_mails()
    if how == "closed early":
        close_wave(wave=wave.pk, by=None)
    else:
        Wave.objects.filter(pk=wave.pk).update(closes_at=timezone.now() - HOUR)

    drain()

    assert set(states().values()) == {(MessageState.SKIPPED, "the survey has closed")}


def test_the_mail_leaves_the_house(wave):
    backend = {"default": {"BACKEND": "django.core.mail.backends.locmem.EmailBackend"}}
    write_mails()

    with override_settings(MAILERS=backend):
        drain()

    assert {message.to[0].split("@")[0] for message in mail.outbox} == {"staff", "neighbour"}


def test_a_crash_between_steps_leaves_nobody_out_and_writes_to_nobody_twice(cast, monkeypatch):
    people = [PersonFactory(department=cast.roads) for _ in range(7)]
    wave = invited_wave(*people)
    monkeypatch.setattr(inviting, "AT_ONCE", 3)
    whole = queue_all
    calls = []

    def dies(messages):
        calls.append(len(messages))
        found = whole(messages)
        if len(calls) == 2:
            raise RuntimeError("the worker is killed")
        return found

    monkeypatch.setattr(inviting, "queue_all", dies)
    with pytest.raises(RuntimeError):
        write_mails()
    assert len(written()) == to_invite(wave).count() - 1 == 3

    write_mails()

    assert len(written()) == 7
    assert len({m.person_id for m in Message.objects.all()}) == 7


def test_a_mail_that_exists_is_not_written_again_also_if_the_note_of_it_was_lost(wave):
    write_mails()
    Invitation.objects.update(mailed_at=None)

    write_mails()

    assert len(written()) == 2


@pytest.mark.parametrize("count", [1, 20])
def test_many_mails_need_as_many_queries_as_one(cast, count, django_assert_max_num_queries):
    people = [PersonFactory(department=cast.roads) for _ in range(count)]
    invited_wave(*people, reminders=1)

    with django_assert_max_num_queries(20):
        write_mails()

    assert len(written()) == count


def test_a_lead_chooses_mails_and_reads_of_them_before_publishing(sign_in, cast):
    lead = sign_in("lead")
    survey = make_wave(cast.roads, closed_at=timezone.now()).survey
    WavePlan.objects.create(survey=survey)
    fields = {
        "asks": "some",
        "departments": [cast.roads.pk],
        "closes_on": (timezone.localdate() + dt.timedelta(days=14)).isoformat(),
        "anonymity": "anonymous",
        "revision": 1,
        "sends_mail": "on",
        "reminders": "2",
        "remind_every": "4",
    }

    bad = lead.post(f"/surveys/author/{survey.pk}/plan/", {**fields, "remind_every": "1"})
    assert "greater than or equal to 2" in bad.text
    planned = lead.post(f"/surveys/author/{survey.pk}/plan/", fields)
    assert planned.status_code == 302, planned.context["form"].errors
    page = " ".join(lead.get(f"/surveys/author/{survey.pk}/publish/").text.split())
    lead.post(f"/surveys/author/{survey.pk}/publish/")
    write_mails()

    assert "an invitation when it opens <br> up to 2 reminders for who has not answered" in page
    (wave,) = mailing_waves()
    assert (wave.reminders, wave.remind_every) == (2, 4)
    assert written() == [("Staff", "Until")]

    lead.post(f"/surveys/author/{survey.pk}/waves/{wave.number}/close/")
    lead.post(f"/surveys/author/{survey.pk}/again/")
    again = WavePlan.objects.get(survey=survey)
    assert (again.sends_mail, again.reminders, again.remind_every) == (True, 2, 4)
