"""The pages on which people read their reports."""

from datetime import timedelta

import pytest
from django.utils import timezone

from buyin.digests import actions
from buyin.digests.models import Delivery
from buyin.features import Task
from buyin.outbox.models import Message
from buyin.outbox.sending import drain
from tests.factories.digests import SURVEY

pytestmark = pytest.mark.django_db


@pytest.fixture
def planned(telling, cast, monday):
    telling.tasks = [SURVEY]
    actions.plan(now=monday)
    return {name: Delivery.objects.filter(person=who).first() for name, who in cast.people.items()}


def test_people_find_their_own_reports_and_nobody_elses(sign_in, planned):
    answer = sign_in("staff").get("/reports/")

    assert answer.text.count(f"1 thing for you: {SURVEY.title}") == 1
    assert "Week 47, 2026" in answer.text
    assert f"/reports/{planned['staff'].pk}/" in answer.text
    assert f"/reports/{planned['lead'].pk}/" not in answer.text


def test_who_has_no_report_yet_is_told_when_the_next_one_comes(sign_in):
    answer = sign_in("staff").get("/reports/")

    assert "No report has been written for you yet." in answer.text
    assert "/reports/preview/" in answer.text


def test_the_list_asks_the_database_as_often_for_three_reports_as_for_one(
    sign_in, planned, cast, telling, monday, django_assert_num_queries
):
    client = sign_in("staff")
    with django_assert_num_queries(3):
        client.get("/reports/")
    for period in ("2026-W45", "2026-W46"):
        actions.plan(now=monday, period=period)

    with django_assert_num_queries(3):
        client.get("/reports/")


def test_a_report_without_a_mail_server_says_that_it_was_kept(sign_in, planned, settings):
    settings.MAILERS = {"default": {"BACKEND": "buyin.outbox.backends.KeepInPortal"}}
    drain()

    answer = sign_in("staff").get(f"/reports/{planned['staff'].pk}/")

    assert "kept here, because no mail server is set" in " ".join(answer.text.split())


def test_a_report_is_shown_as_it_was_stored(sign_in, planned):
    client, delivery = sign_in("staff"), planned["staff"]

    page = client.get(f"/reports/{delivery.pk}/")
    mail = client.get(f"/reports/{delivery.pk}/mail/")

    assert f'src="/reports/{delivery.pk}/mail/"' in page.text
    assert mail.text == delivery.message.html


def test_only_the_mail_itself_may_carry_styles_and_it_may_do_nothing_else(sign_in, planned):
    client, pk = sign_in("staff"), planned["staff"].pk

    page = client.get(f"/reports/{pk}/").headers
    mail = client.get(f"/reports/{pk}/mail/").headers

    assert "frame-src 'self'" in page["Content-Security-Policy"]
    assert "unsafe-inline" not in page["Content-Security-Policy"]
    assert page["X-Frame-Options"] == "DENY"
    assert "default-src 'none'" in mail["Content-Security-Policy"]
    assert "style-src 'unsafe-inline'" in mail["Content-Security-Policy"]
    assert "allow-scripts" not in mail["Content-Security-Policy"]
    assert "sandbox allow-popups allow-popups-to-escape" in mail["Content-Security-Policy"]
    assert "script" not in mail["Content-Security-Policy"]
    assert mail["X-Frame-Options"] == "SAMEORIGIN"


@pytest.mark.parametrize("who", ["neighbour", "lead", "administrator"])
@pytest.mark.parametrize("page", ["", "mail/"])
def test_nobody_opens_the_report_of_another(sign_in, planned, who, page):
    answer = sign_in(who).get(f"/reports/{planned['staff'].pk}/{page}")

    assert answer.status_code == 404


def test_a_report_whose_text_was_emptied_says_so(sign_in, planned):
    Message.objects.update(text="", html="")

    answer = sign_in("staff").get(f"/reports/{planned['staff'].pk}/")

    assert "no longer kept" in answer.text


def test_the_preview_shows_the_next_report_and_stores_nothing(sign_in, telling, cast):
    telling.tasks = [SURVEY]
    client = sign_in("staff")

    page = client.get("/reports/preview/")
    mail = client.get("/reports/preview/mail/")

    assert f"1 thing for you: {SURVEY.title}" in page.text
    assert SURVEY.title in mail.text
    assert not Delivery.objects.exists()
    assert not Message.objects.exists()


def test_a_lead_previews_the_kinds_that_others_get(sign_in, telling, cast):
    client = sign_in("lead")

    assert "There are no readiness figures yet." in client.get("/reports/preview/mail/").text
    staff = client.get("/reports/preview/mail/?kind=staff")
    assert "because you have an account" in staff.text
    assert client.get("/reports/preview/?kind=executive").status_code == 404


def test_staff_preview_no_other_kind(sign_in, telling):
    client = sign_in("staff")

    assert "Lead report" not in client.get("/reports/preview/").text
    assert client.get("/reports/preview/?kind=lead").status_code == 404
    assert client.get("/reports/preview/mail/?kind=nonsense").status_code == 404


def test_a_report_that_was_not_sent_because_a_role_ended_is_not_read_here_either(
    sign_in, planned, cast, telling, monday
):
    client, delivery = sign_in("lead"), planned["lead"]
    cast.lead.role_assignments.all().delete()
    drain()

    assert client.get(f"/reports/{delivery.pk}/").status_code == 404
    assert client.get(f"/reports/{delivery.pk}/mail/").status_code == 404
    assert f"/reports/{delivery.pk}/" not in client.get("/reports/").text


def test_what_is_due_first_stands_first_in_the_report(sign_in, telling):
    now = timezone.now()
    late = Task("survey", "Late since Friday", "/s/", "Start", due=now - timedelta(days=3))
    soon = Task("survey", "Soon", "/s/", "Start", due=now + timedelta(days=4))
    telling.tasks = [Task("results", "What was found", "/r/", "Read it"), soon, late]

    mail = sign_in("staff").get("/reports/preview/mail/").text

    places = [mail.rindex(title) for title in ("Late since Friday", "Soon", "What was found")]
    assert places == sorted(places)
