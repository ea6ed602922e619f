"""The administrators' page about sending, and the command line."""

import json
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from buyin.digests import actions
from buyin.outbox.actions import queue
from buyin.outbox.models import Message, MessageState
from tests.factories.digests import SURVEY

pytestmark = pytest.mark.django_db


@pytest.fixture
def planned(telling, cast, monday):
    telling.tasks = [SURVEY]
    actions.plan(now=monday)


def dead_mail(person, key="dead"):
    message = queue(kind="notice", person=person, key=key, subject="Canary", text="Canary text")
    Message.objects.filter(pk=message.pk).update(
        state=MessageState.DEAD, attempts=8, error="550 no such user"
    )
    return message


def run(*words):
    out = StringIO()
    call_command("digests", *words, "--json", stdout=out)
    return json.loads(out.getvalue())


@pytest.mark.parametrize("who", ["staff", "coordinator", "lead", "executive"])
def test_only_administrators_see_how_sending_goes(sign_in, cast, who):
    message = dead_mail(cast.staff)
    client = sign_in(who)

    assert client.get("/reports/status/").status_code == 404
    assert client.post(f"/reports/status/messages/{message.pk}/retry/").status_code == 404


def test_without_a_mail_server_the_page_says_so_first(sign_in, cast, settings):
    settings.MAIL_HOST = ""

    answer = sign_in("administrator").get("/reports/status/")

    assert "No mail server is set: reports are kept in the portal" in answer.text
    assert "A report is read by the person who got it" in answer.text


def test_runs_are_counted_by_state(sign_in, planned, settings):
    settings.MAIL_HOST = "mail.fairhaven.example"

    answer = sign_in("administrator").get("/reports/status/")

    assert "9 mails are waiting" in " ".join(answer.text.split())
    assert "Week 47, 2026" in answer.text


def test_a_mail_that_was_given_up_shows_why_but_not_what_it_said(sign_in, cast, settings):
    settings.MAIL_HOST = "mail.fairhaven.example"
    dead_mail(cast.staff)

    page = sign_in("administrator").get("/reports/status/").text

    assert "1 mail was given up" in page
    assert "550 no such user" in page
    assert cast.staff.email in page
    assert f'href="/people/{cast.staff.pk}/"' in page
    assert "Canary" not in page


def test_an_administrator_sends_a_mail_that_was_given_up_once_more(sign_in, cast):
    message = dead_mail(cast.staff)
    client = sign_in("administrator")

    first = client.post(f"/reports/status/messages/{message.pk}/retry/", follow=True)
    second = client.post(f"/reports/status/messages/{message.pk}/retry/", follow=True)

    message.refresh_from_db()
    assert (message.state, message.attempts) == (MessageState.WAITING, 0)
    assert "on its way again" in first.text
    assert "nothing to retry" in second.text


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("account", "about the account"),
        ("survey", "about a survey"),
        ("digest", "weekly report"),
        ("public", "about public results"),
        ("of-an-extension", "of-an-extension"),
    ],
)
def test_a_mail_in_trouble_says_in_words_what_it_is_about(sign_in, cast, kind, words):
    Message.objects.filter(pk=dead_mail(cast.staff).pk).update(kind=kind)

    page = sign_in("administrator").get("/reports/status/").text

    assert f"{words} · 8 attempts" in " ".join(page.split())


def test_a_mail_that_was_given_up_so_long_ago_that_it_is_empty_is_trouble_no_more(
    sign_in, cast, settings
):
    settings.MAIL_HOST = "mail.fairhaven.example"
    message = dead_mail(cast.staff)
    Message.objects.filter(pk=message.pk).update(text="")
    client = sign_in("administrator")

    page = client.get("/reports/status/").text
    retried = client.post(f"/reports/status/messages/{message.pk}/retry/", follow=True).text

    assert "All mails are out" in page
    assert cast.staff.email not in page
    assert "nothing to retry" in retried
    assert Message.objects.get(pk=message.pk).state == MessageState.DEAD


def test_the_page_asks_the_database_as_often_for_three_runs_as_for_one(
    sign_in, cast, planned, monday, django_assert_num_queries
):
    client = sign_in("administrator")
    dead_mail(cast.staff)
    with django_assert_num_queries(4):
        client.get("/reports/status/")
    for number in range(2):
        dead_mail(cast.lead, key=f"dead:{number}")
    for period in ("2026-W45", "2026-W46"):
        actions.plan(now=monday, period=period)

    with django_assert_num_queries(4):
        client.get("/reports/status/")


def test_the_command_plans_sends_and_counts(telling, cast):
    telling.tasks = [SURVEY]

    assert run("plan", "--period", "2026-W40") == {
        "planned": 9,
        "empty": 0,
        "late": 0,
        "not_due": 0,
    }
    assert run("plan", "--period", "2026-W40")["planned"] == 0
    Message.objects.update(due_at=timezone.now() - timedelta(seconds=1))
    assert run("drain") == {"sent": 9}
    assert run("status", "--period", "2026-W40") == {
        "period": "2026-W40",
        "waiting": 0,
        "sent": 9,
        "kept": 0,
        "skipped": 0,
        "dead": 0,
    }


@pytest.mark.parametrize("period", ["2026-W54", "47", "2199-W01"])
def test_the_command_refuses_a_week_that_is_none_or_not_over(period):
    with pytest.raises(CommandError) as refusal:
        run("plan", "--period", period)

    assert refusal.value.returncode == 1
