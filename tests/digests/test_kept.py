"""Mails that a trial copy could not send, and that nobody may read where people work."""

import re

import pytest
from django.test import Client

from buyin.outbox.models import Message
from buyin.outbox.sending import drain
from tests.factories.accounts import PASSWORD
from tests.factories.digests import make_kept_mail

pytestmark = pytest.mark.django_db
KEPT = "/reports/status/kept/"
NEW = "a new one that is long enough"


@pytest.fixture
def admin(sign_in):
    return sign_in("administrator")


def test_a_link_to_set_a_password_is_asked_for_read_and_used(admin, cast, settings):
    settings.MAILERS = {"default": {"BACKEND": "buyin.outbox.backends.KeepInPortal"}}
    stranger = Client()
    cast.staff.set_password(PASSWORD)
    cast.staff.save()
    answer = stranger.post("/accounts/password/reset/", {"email": cast.staff.email}, follow=True)
    assert "an administrator reads it under Reports" in answer.text
    drain()

    page = admin.get(KEPT)
    [address] = re.findall(rf'href="({KEPT}\d+/)"', page.text)
    link = re.findall(
        r'href="http://[^/]+(/accounts/password/reset/key/[^"]+)"', admin.get(address).text
    )
    form = stranger.get(link[0], follow=True).redirect_chain[-1][0]
    stranger.post(form, {"password1": NEW, "password2": NEW})

    assert cast.staff.email in page.text
    cast.staff.refresh_from_db()
    assert cast.staff.check_password(NEW)


@pytest.mark.parametrize(
    ("evaluation", "host"), [(False, ""), (False, "mail.example"), (True, "mail.example")]
)
def test_where_people_work_or_mail_goes_out_nobody_reads_a_mail(
    admin, cast, settings, evaluation, host
):
    mail = make_kept_mail(cast.staff)
    settings.EVALUATION, settings.MAIL_HOST = evaluation, host

    assert admin.get(KEPT).status_code == 404
    assert admin.get(f"{KEPT}{mail.pk}/").status_code == 404
    assert KEPT not in admin.get("/reports/status/").text


@pytest.mark.parametrize("who", ["staff", "coordinator", "lead", "executive"])
def test_only_administrators_of_the_agency_read_what_was_kept(sign_in, cast, who):
    mail = make_kept_mail(cast.staff)

    assert sign_in(who).get(KEPT).status_code == 404
    assert sign_in(who).get(f"{KEPT}{mail.pk}/").status_code == 404


@pytest.mark.parametrize(
    "fields", [{"kind": "digest"}, {"state": "sent"}, {"state": "waiting"}, {"state": "dead"}]
)
def test_reports_and_mails_that_were_not_kept_stay_with_their_readers(admin, cast, fields):
    mail = make_kept_mail(cast.staff, subject="Canary", **fields)

    assert "Canary" not in admin.get(KEPT).text
    assert admin.get(f"{KEPT}{mail.pk}/").status_code == 404


def test_a_hostile_mail_stays_text(admin, cast):
    mail = make_kept_mail(cast.staff, subject="<script>alert(1)</script>")

    assert "<script>alert(1)" not in admin.get(KEPT).text
    assert "<script>alert(1)" not in admin.get(f"{KEPT}{mail.pk}/").text


def test_a_mail_whose_text_is_forgotten_says_so(admin, cast):
    mail = make_kept_mail(cast.staff)
    Message.objects.filter(pk=mail.pk).update(text="")

    assert "has been forgotten" in admin.get(f"{KEPT}{mail.pk}/").text


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_needs_as_many_queries_for_many_mails_as_for_one(
    admin, cast, django_assert_num_queries, count
):
    for _ in range(count):
        make_kept_mail(cast.staff)

    with django_assert_num_queries(3):
        assert admin.get(KEPT).text.count("Set your password") == count


def test_a_kept_mail_shows_the_way_back_through_sending(admin, cast):
    mail = make_kept_mail(cast.staff)

    page = admin.get(f"{KEPT}{mail.pk}/").text

    crumbs = page[page.index("Breadcrumbs") : page.index("</nav>", page.index("Breadcrumbs"))]
    ways = re.findall(r'href="([^"]+)"', crumbs)
    assert ways == ["/reports/", "/reports/status/", KEPT]
