"""How long a session lives, and the second factor that a role can demand."""

import re

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    TOTP,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.db import connection
from django.test.utils import CaptureQueriesContext

from buyin.accounts.models import Role, Session, User
from tests.factories.accounts import PASSWORD, PersonFactory, RoleFactory
from tests.factories.factors import make_app

ME = "/people/me/"
pytestmark = pytest.mark.django_db


def code_for(secret):
    return f"{hotp_value(secret, next(yield_hotp_counters_from_time())):06}"


@pytest.fixture
def demanded(settings):
    settings.SECOND_FACTOR_ROLES = ["administrator"]


@pytest.mark.parametrize(("minutes", "status"), [(34, 200), (36, 302)])
def test_an_idle_session_ends(sign_in, minutes, status):
    with time_machine.travel("2026-11-02 09:00Z", tick=False) as clock:
        client = sign_in("staff")
        clock.shift(minutes * 60)

        assert client.get(ME).status_code == status


@pytest.mark.parametrize(("hours", "status"), [(11.9, 200), (12.1, 302)])
def test_a_busy_session_ends_after_a_day_of_work(sign_in, hours, status):
    with time_machine.travel("2026-11-02 09:00Z", tick=False) as clock:
        client = sign_in("staff")
        for _ in range(int(hours * 60 // 20)):
            clock.shift(20 * 60)
            client.get(ME)
        clock.shift(hours * 3600 % 1200)

        assert client.get(ME).status_code == status


def test_an_ended_session_cannot_be_used_again(sign_in):
    with time_machine.travel("2026-11-02 09:00Z", tick=False) as clock:
        client = sign_in("staff")
        cookie = client.cookies["session"].value
        clock.shift(3600)
        client.get(ME)
        client.cookies["session"] = cookie

        assert client.get(ME).status_code == 302
        assert not Session.objects.filter(session_key=cookie).exists()


def test_a_busy_minute_writes_nothing(sign_in, monkeypatch):
    # Each statement is sent as it reads, instead of under the name of a planned one.
    monkeypatch.setitem(connection.settings_dict, "DISABLE_SERVER_SIDE_CURSORS", True)
    client = sign_in("staff")
    client.get(ME)

    with CaptureQueriesContext(connection) as queries:
        client.get(ME)

    assert {query["sql"].split()[0] for query in queries} == {"SELECT"}


@pytest.mark.parametrize("address", ["/", ME, "/admin/"])
def test_a_demanded_second_factor_comes_before_everything(sign_in, demanded, address):
    answer = sign_in("administrator").get(address)

    assert (answer.status_code, answer.url) == (302, "/accounts/2fa/")


def test_posting_is_stopped_as_well(sign_in, demanded):
    answer = sign_in("administrator").post(ME, {"name": "x"})

    assert answer.url == "/accounts/2fa/"


def test_the_demand_holds_for_its_roles_only_and_from_the_moment_they_are_granted(
    sign_in, demanded, cast
):
    client = sign_in("staff")
    assert client.get(ME).status_code == 200

    RoleFactory(person=cast.staff, role=Role.ADMINISTRATOR)

    assert client.get(ME).status_code == 302


def test_setting_up_a_second_factor_opens_the_portal_and_taking_it_away_closes_it(client, demanded):
    person = PersonFactory(password=True)
    RoleFactory(person=person, role=Role.ADMINISTRATOR)
    client.post("/accounts/login/", {"login": person.email, "password": PASSWORD})

    door = client.get("/accounts/2fa/totp/activate/").url
    wrong = client.post(door, {"password": "not the password"})
    page = client.post(door, {"password": PASSWORD}, follow=True)
    secret = page.context["form"].secret
    client.post("/accounts/2fa/totp/activate/", {"code": code_for(secret)})
    assert wrong.status_code == 200
    assert client.get(ME).status_code == 200

    Authenticator.objects.all().delete()
    assert client.get(ME).status_code == 302


def test_who_needs_a_second_factor_reads_why_and_comes_to_the_page_they_wanted(
    sign_in, demanded, cast
):
    client = sign_in("administrator")
    assert "Your role needs a second factor." not in client.get("/accounts/2fa/").text

    client.get("/people/?q=sam&page=1")
    client.get("/surveys/")
    told = client.get("/accounts/2fa/").text
    make_app(cast.administrator)
    codes = client.get("/accounts/2fa/recovery-codes/").text
    client.get(ME)

    assert "Your role needs a second factor." in told
    assert 'href="/people/?q=sam&amp;page=1"' in codes
    assert "go on to the portal" not in client.get("/accounts/2fa/recovery-codes/").text
    assert "Your role needs" not in client.get("/accounts/2fa/").text


def test_what_was_posted_before_the_second_factor_leads_to_the_start_page(sign_in, demanded, cast):
    client = sign_in("administrator")
    client.post("/people/add/", {"name": "x"})
    make_app(cast.administrator)

    codes = client.get("/accounts/2fa/recovery-codes/").text

    assert re.search(r'href="/">\s+I have kept them', codes)


def test_a_person_with_a_second_factor_signs_in_with_it_and_not_without(client):
    person, secret = PersonFactory(password=True), generate_totp_secret()
    TOTP.activate(person, secret)

    client.post("/accounts/login/", {"login": person.email, "password": PASSWORD})
    assert client.get(ME).status_code == 302

    wrong = client.post("/accounts/2fa/authenticate/", {"code": "000000"})
    assert wrong.status_code == 200
    client.post("/accounts/2fa/authenticate/", {"code": code_for(secret)})
    assert client.get(ME).status_code == 200


def test_the_secret_of_a_second_factor_is_not_readable_in_the_database(cast):
    secret = generate_totp_secret()

    TOTP.activate(cast.staff, secret)

    assert secret not in str(Authenticator.objects.get().data)


def test_the_agencys_own_sign_in_can_count_as_second_factor(sign_in, demanded, settings):
    client = sign_in("administrator")
    session = client.session
    session["account_authentication_methods"] = [{"method": "socialaccount"}]
    session.save()
    assert client.get(ME).status_code == 302

    settings.OIDC_IS_SECOND_FACTOR = True

    assert client.get(ME).status_code == 200


def test_taking_a_role_away_counts_at_once(sign_in, cast):
    client = sign_in("administrator")
    assert client.get("/admin/").status_code == 200

    cast.administrator.role_assignments.all().delete()

    assert client.get("/admin/").status_code == 302
    assert User.objects.filter(pk=cast.administrator.pk).exists()
