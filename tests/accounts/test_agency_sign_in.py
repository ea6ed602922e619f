"""The agency's own sign-in (OpenID Connect), with a small provider that runs in this process."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from buyin.accounts.models import User
from tests.factories.accounts import PersonFactory

LOGIN = "/accounts/oidc/agency/login/"
pytestmark = pytest.mark.django_db


class Provider(BaseHTTPRequestHandler):
    """Says who it is, trades any code for a token, and tells whom the token stands for."""

    person: dict = {}
    asked: list = []

    def do_GET(self):
        base = f"http://{self.headers['Host']}"
        if self.path.endswith("openid-configuration"):
            self.say(
                {
                    "issuer": base,
                    "authorization_endpoint": f"{base}/authorize",
                    "token_endpoint": f"{base}/token",
                    "userinfo_endpoint": f"{base}/userinfo",
                    "jwks_uri": f"{base}/keys",
                    "token_endpoint_auth_methods_supported": ["client_secret_post"],
                }
            )
        else:
            self.say(self.person)

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self.asked.append(parse_qs(body))
        self.say({"access_token": "a", "token_type": "Bearer"})

    def say(self, content):
        body = json.dumps(content).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        """Keep the output of the tests clean."""


@pytest.fixture
def provider(settings):
    server = ThreadingHTTPServer(("127.0.0.1", 0), Provider)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    Provider.person, Provider.asked = {}, []
    app = {
        "provider_id": "agency",
        "name": "Fairhaven account",
        "client_id": "portal",
        "secret": "shh",
        "settings": {
            "server_url": f"http://127.0.0.1:{server.server_port}",
            "oauth_pkce_enabled": True,
            "email_authentication": True,
            "verified_email": False,
        },
    }
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [app]}}
    yield app
    server.shutdown()
    server.server_close()


def come_in(client, **person):
    """Go the whole way: to the provider, and back with a code."""
    Provider.person = person
    sent = client.post(LOGIN)
    state = parse_qs(urlsplit(sent.headers.get("Location") or sent.text.split("URL='")[1]).query)
    return client.get(f"{LOGIN}callback/", {"code": "c", "state": state["state"][0].split("&")[0]})


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

    assert "There is no account for you yet" in answer.text
    assert not User.objects.exists()


def test_a_closed_account_stays_closed(client, provider):
    PersonFactory(email="ada@fairhaven.example", is_active=False)

    come_in(client, sub="1", email="ada@fairhaven.example", email_verified=True)

    assert client.get("/people/me/").status_code == 302


def test_an_answer_from_another_browser_is_refused(client, provider):
    PersonFactory(email="ada@fairhaven.example")
    Provider.person = {"sub": "1", "email": "ada@fairhaven.example", "email_verified": True}
    client.post(LOGIN)
    victim = Client()

    victim.get(f"{LOGIN}callback/", {"code": "c", "state": "made-up"})

    assert "_auth_user_id" not in victim.session
