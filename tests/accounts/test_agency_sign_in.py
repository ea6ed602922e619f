"""The agency's own sign-in (OpenID Connect), with a small provider that runs in this process."""

from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.socialaccount.models import SocialAccount
from django.test import Client

from buyin.accounts.models import EventKind, SecurityEvent, User
from buyin.outbox.models import Message
from tests.factories.accounts import PASSWORD, PersonFactory
from tests.provider import Provider, running_provider

LOGIN = "/accounts/oidc/agency/login/"
ADA = {"sub": "1", "email": "ada@fairhaven.example", "email_verified": True}
pytestmark = pytest.mark.django_db


@pytest.fixture
def provider(settings):
    with running_provider(settings) as app:
        yield app


def come_in(client, **person):
    """Go the whole way: to the provider, and back with a code."""
    Provider.person = person
    return client.get(f"{LOGIN}callback/", {"code": "c", "state": state_of(client.post(LOGIN))})


def state_of(page):
    """Return what the page that leads to the provider wants to find again in its answer."""
    address = unescape(page.text.split("URL='")[1].split("'")[0])
    return parse_qs(urlsplit(address).query)["state"][0]


def test_the_button_is_there_only_with_its_settings(client, provider, settings):
    assert "Sign in with Fairhaven account" in client.get("/accounts/login/").text

    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": []}}

    assert "Fairhaven account" not in client.get("/accounts/login/").text
    assert client.get(LOGIN).status_code == 404


def test_a_person_on_the_roster_comes_in_with_a_checked_address(client, provider):
    ada = PersonFactory(email="ada@fairhaven.example")

    come_in(client, sub="1", email="Ada@fairhaven.example", email_verified=True)

    assert client.session["_auth_user_id"] == str(ada.pk)
    assert "code_verifier" in Provider.asked[0]
    assert User.objects.count() == 1


def test_an_address_that_the_provider_did_not_check_opens_nothing(client, provider):
    PersonFactory(email="ada@fairhaven.example")

    come_in(client, sub="1", email="ada@fairhaven.example", email_verified=False)

    assert "_auth_user_id" not in client.session
    assert User.objects.count() == 1


def test_an_agency_can_say_that_all_its_addresses_are_checked(client, provider):
    ada = PersonFactory(email="ada@fairhaven.example")
    provider["settings"]["verified_email"] = True

    come_in(client, sub="1", email="ada@fairhaven.example")

    assert client.session["_auth_user_id"] == str(ada.pk)


def test_somebody_who_is_not_on_the_roster_gets_no_account(client, provider):
    answer = come_in(client, sub="2", email="stranger@fairhaven.example", email_verified=True)

    assert "No account was found for you" in answer.text
    assert not User.objects.exists()


def test_a_closed_account_stays_closed(client, provider):
    PersonFactory(email="ada@fairhaven.example", is_active=False)

    come_in(client, sub="1", email="ada@fairhaven.example", email_verified=True)

    assert client.get("/people/me/").status_code == 302


def test_an_answer_from_another_browser_is_refused(client, provider):
    PersonFactory(email="ada@fairhaven.example")
    Provider.person = ADA
    client.post(LOGIN)
    victim = Client()

    victim.get(f"{LOGIN}callback/", {"code": "c", "state": "made-up"})

    assert "_auth_user_id" not in victim.session


def test_the_button_leads_to_a_page_that_goes_on_by_itself(client, provider):
    """No form may lead to another host by a redirect: the browser's policy would stop it there."""
    answer = client.post(LOGIN)

    assert answer.status_code == 200
    assert f"URL='{provider['settings']['server_url']}/authorize?" in answer.text
    assert "On to Fairhaven account" in answer.text


def test_only_the_button_begins_a_sign_in_and_only_for_strangers(client, provider, sign_in, cast):
    assert client.get(LOGIN).url == "/accounts/login/"
    assert sign_in("staff").post(f"{LOGIN}?process=connect").url == "/"
    assert not SocialAccount.objects.exists()


def test_the_password_stays_beside_the_agencys_sign_in_which_is_told_in_our_words(
    client, provider, django_capture_on_commit_callbacks
):
    ada = PersonFactory(email="ada@fairhaven.example")
    ada.set_password(PASSWORD)
    ada.save()

    with django_capture_on_commit_callbacks(execute=True):
        come_in(client, **ADA)
    come_in(Client(), **ADA | {"email": "other@fairhaven.example"})

    ada.refresh_from_db()
    assert ada.check_password(PASSWORD)
    [mail] = Message.objects.filter(person=ada)
    assert mail.subject == "Sign-in with Fairhaven account added"
    assert "Your account can be opened with Fairhaven account from now on." in mail.text


@pytest.mark.parametrize("where", ["/token", "/userinfo"])
def test_a_provider_that_breaks_down_opens_nothing_and_says_so(client, provider, where):
    PersonFactory(email="ada@fairhaven.example")
    Provider.fails_at = where

    answer = come_in(client, **ADA)

    assert answer.status_code == 401
    assert "sign-in could not be reached, or what it said" in answer.text
    assert "_auth_user_id" not in client.session


def test_a_provider_that_is_away_from_the_start_is_told_too(client, provider):
    Provider.fails_at = "openid-configuration"

    assert "The sign-in did not work" in client.post(LOGIN).text


def test_an_answer_without_what_names_a_person_is_no_fault_of_ours(client, provider):
    PersonFactory(email="ada@fairhaven.example")

    answer = come_in(client, email="ada@fairhaven.example", email_verified=True)

    assert (answer.status_code, "The sign-in did not work" in answer.text) == (401, True)
    assert "_auth_user_id" not in client.session


def test_who_stops_half_way_reads_how_to_go_on(client, provider):
    state = state_of(client.post(LOGIN))

    answer = client.get(
        f"{LOGIN}callback/", {"error": "access_denied", "state": state}, follow=True
    )

    assert "You did not sign in" in answer.text
    assert "Back to sign in" in answer.text


@pytest.mark.parametrize("is_closed", [True, False])
def test_who_is_vouched_for_and_not_let_in_is_noted(client, provider, is_closed):
    if is_closed:
        PersonFactory(email="ada@fairhaven.example", is_active=False)

    come_in(client, **ADA)

    assert [event.kind for event in SecurityEvent.objects.all()] == [EventKind.REFUSED]
