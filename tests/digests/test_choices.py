"""Choosing how often, and unsubscribing from the mail."""

import pytest
from django.core import signing
from django.test import Client

from buyin.accounts.models import User
from buyin.digests.mail import SALT, token_for
from buyin.digests.models import DigestPreference

pytestmark = pytest.mark.django_db


def frequency_of(person):
    preference = DigestPreference.objects.filter(person=person).first()
    return preference.frequency if preference else None


@pytest.fixture
def link(cast):
    return f"/reports/unsubscribe/{token_for(cast.staff.pk)}/"


def test_people_choose_how_often_the_report_comes(sign_in, cast):
    answer = sign_in("staff").post("/reports/preferences/", {"frequency": "monthly"}, follow=True)

    assert frequency_of(cast.staff) == "monthly"
    assert "Saved." in answer.text
    assert frequency_of(cast.lead) is None


def test_a_choice_that_does_not_exist_is_named_and_nothing_changes(sign_in, cast):
    answer = sign_in("staff").post("/reports/preferences/", {"frequency": "hourly"})

    assert "hourly is not one of the available choices" in answer.text
    assert frequency_of(cast.staff) is None


def test_the_present_choice_is_ticked(sign_in, cast):
    client = sign_in("staff")
    client.post("/reports/preferences/", {"frequency": "off"})

    page = client.get("/reports/preferences/").text

    ticked = [line for line in page.split("<input") if "checked" in line]
    assert len(ticked) == 1
    assert 'value="off"' in ticked[0]


@pytest.mark.parametrize("method", ["get", "head", "options"])
def test_opening_the_link_changes_nothing(client, cast, link, method):
    getattr(client, method)(link)

    assert not DigestPreference.objects.exists()


def test_opening_the_link_shows_one_button(client, link):
    answer = client.get(link)

    assert "Nothing has changed yet." in answer.text
    assert "Stop the weekly report" in answer.text


def test_the_mail_program_unsubscribes_with_one_post_and_without_a_token_of_the_form(cast, link):
    client = Client(enforce_csrf_checks=True)

    first = client.post(link, {"List-Unsubscribe": "One-Click"})
    second = client.post(link, {"List-Unsubscribe": "One-Click"})

    assert (first.status_code, second.status_code) == (200, 200)
    assert frequency_of(cast.staff) == "off"
    assert DigestPreference.objects.count() == 1


def test_the_link_that_unsubscribes_is_told_to_no_other_page_and_kept_by_none(client, link):
    for answer in (client.get(link), client.post(link), client.get(link[:-3] + "/")):
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert "no-store" in answer.headers["Cache-Control"]


def test_unsubscribing_can_be_taken_back(client, cast, link):
    page = client.post(link)
    assert "Undo" in page.text

    again = client.post(link, {"undo": "1"})

    assert frequency_of(cast.staff) == "weekly"
    assert '<a class="usa-button" href="/">Open the portal</a>' in again.text


def test_taking_back_leaves_another_choice_alone(client, cast, link):
    DigestPreference.objects.create(person=cast.staff, frequency="monthly")

    client.post(link, {"undo": "1"})

    assert frequency_of(cast.staff) == "monthly"


def test_the_link_works_for_an_account_that_is_gone(client, cast, link):
    User.objects.filter(pk=cast.staff.pk).delete()

    answer = client.post(link)

    assert answer.status_code == 200
    assert not DigestPreference.objects.exists()


def tokens(person_id):
    good = token_for(person_id)
    other = signing.Signer(salt="another use").sign_object({"person": person_id, "kind": "digest"})
    kind = signing.Signer(salt=SALT).sign_object({"person": person_id, "kind": "course"})
    return [good[:-1], f"A{good}", "x", other, kind, good.split(":")[0]]


@pytest.mark.parametrize("number", range(6))
def test_a_token_that_is_not_ours_changes_nothing_and_says_what_to_do(client, cast, number):
    link = f"/reports/unsubscribe/{tokens(cast.staff.pk)[number]}/"

    shown, posted = client.get(link), client.post(link)

    assert (shown.status_code, posted.status_code) == (404, 404)
    assert "This link does not work" in posted.text
    assert not DigestPreference.objects.exists()


def test_a_link_still_works_after_the_secret_key_was_changed(client, cast, link, settings):
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "a-new-key-that-is-long-enough-for-the-check"

    client.post(link)

    assert frequency_of(cast.staff) == "off"
