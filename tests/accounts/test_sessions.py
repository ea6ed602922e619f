"""Whose a session is, and what ends it."""

from datetime import timedelta

import pytest
from django.contrib.auth import SESSION_KEY
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.utils import timezone

from buyin.accounts.identity import PersonMiddleware, SessionStore, person_of
from buyin.accounts.models import Role, RoleAssignment, Session, User
from buyin.initiatives.models import Initiative
from buyin.stakeholders.models import Interest
from tests.factories.accounts import PASSWORD, PersonFactory
from tests.factories.initiatives import InitiativeFactory

ME = "/people/me/"
SIGN_IN = "/accounts/login/"
pytestmark = pytest.mark.django_db


def signed_in(person):
    person.set_password(PASSWORD)
    person.save()
    client = Client()
    client.post(SIGN_IN, {"login": person.email, "password": PASSWORD})
    return client


def test_who_signs_in_owns_the_session_and_who_signs_out_has_none():
    person = PersonFactory()
    client = signed_in(person)

    assert [session.person for session in Session.objects.all()] == [person]

    client.post("/accounts/logout/")

    assert not Session.objects.filter(person=person).exists()


def test_a_session_its_person_and_their_roles_come_by_one_query(
    sign_in, cast, django_assert_num_queries
):
    request = RequestFactory().get("/")
    request.session = SessionStore(sign_in("lead").cookies["session"].value)

    with django_assert_num_queries(1):
        person = person_of(request)
        assert isinstance(person, User)
        assert person == cast.lead
        assert person.held_roles == [("lead", None)]


def test_somebody_with_many_roles_is_found_with_all_of_them():
    person = PersonFactory()
    for role in (Role.LEAD, Role.TRAINER):
        RoleAssignment.objects.create(person=person, role=role)
    client = signed_in(person)
    store = SessionStore(client.cookies["session"].value)

    assert store[SESSION_KEY] == str(person.pk)
    assert store.person is not None
    assert sorted(store.person.held_roles) == [("lead", None), ("trainer", None)]


@pytest.mark.parametrize("leads", [False, True])
def test_who_leads_an_initiative_is_known_with_the_session(django_assert_num_queries, leads):
    person = PersonFactory()
    for role in (Role.COORDINATOR, Role.TRAINER):
        RoleAssignment.objects.create(person=person, role=role)
    for _ in range(2):
        InitiativeFactory(lead=person if leads else None)
    store = SessionStore(signed_in(person).cookies["session"].value)

    with django_assert_num_queries(1):
        assert store[SESSION_KEY] == str(person.pk)
        assert store.person is not None
        assert store.person.leads_initiatives is leads
        assert len(store.person.held_roles) == 2


def test_who_leads_nothing_is_not_looked_for_while_a_page_is_read(django_assert_num_queries):
    request = RequestFactory().get("/")
    request.session = SessionStore(signed_in(PersonFactory()).cookies["session"].value)
    PersonMiddleware(lambda _request: HttpResponse()).process_request(request)
    person = request.user
    assert isinstance(person, User)

    with django_assert_num_queries(0):
        assert not Initiative.objects.filter(person.leading()).exists()
        assert not Interest.objects.filter(person.leading("initiative__lead")).exists()


def test_who_becomes_the_lead_while_something_is_written_is_looked_for():
    person = PersonFactory()
    assert not person.leads_initiatives
    ours = InitiativeFactory(lead=person)

    assert list(Initiative.objects.filter(person.leading())) == [ours]
    assert list(Initiative.objects.exclude(person.leading())) == []


def test_an_account_that_was_closed_meanwhile_is_let_in_nowhere():
    person = PersonFactory()
    client = signed_in(person)
    type(person).objects.filter(pk=person.pk).update(is_active=False)

    assert client.get(ME).status_code == 302


def test_a_new_password_ends_the_other_sessions_of_its_person():
    person = PersonFactory()
    client = signed_in(person)
    person.set_password("another-" + PASSWORD)
    person.save()

    assert client.get(ME).status_code == 302
    assert not Session.objects.filter(person=person).exists()


def test_a_session_whose_time_is_over_is_nobodys():
    client = signed_in(PersonFactory())
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))

    assert client.get(ME).status_code == 302


def test_a_session_goes_with_the_account_of_its_person():
    person = PersonFactory()
    client = signed_in(person)
    person.delete()

    assert not Session.objects.exists()
    assert client.get(ME).status_code == 302


def test_a_row_that_names_another_person_than_its_content_does_lets_only_the_latter_in():
    person, other = PersonFactory(name="Who signed in"), PersonFactory(name="Somebody else")
    client = signed_in(person)
    Session.objects.update(person=other)
    # Even where the mark of the password is the same, which is another guard.
    User.objects.filter(pk=other.pk).update(password=User.objects.get(pk=person.pk).password)

    page = client.get(ME).content.decode()

    assert "Who signed in" in page
    assert "Somebody else" not in page


def test_a_session_from_before_a_change_of_the_secret_key_goes_on(settings):
    old = settings.SECRET_KEY
    client = signed_in(PersonFactory())
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "new" * 20, [old]

    assert client.get(ME).status_code == 200

    settings.SECRET_KEY_FALLBACKS = []

    assert client.get(ME).status_code == 200


def test_a_session_whose_seal_was_broken_is_nobodys_also_after_it_was_read():
    client = signed_in(PersonFactory())
    assert client.get(ME).status_code == 200
    row = Session.objects.get()
    Session.objects.update(session_data=row.session_data[:-1] + "~")

    assert client.get(ME).status_code == 302


def test_a_session_sealed_with_a_key_that_is_given_up_holds_nothing_also_after_it_was_read(
    settings,
):
    key = signed_in(PersonFactory()).cookies["session"].value
    assert SESSION_KEY in SessionStore(key)
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "new" * 20, []

    assert SESSION_KEY not in SessionStore(key)


def test_what_one_request_writes_into_its_session_is_not_in_that_of_another():
    client = signed_in(PersonFactory())
    key = client.cookies["session"].value
    first, second = SessionStore(key), SessionStore(key)
    first["kept"] = ["mine"]

    assert "kept" not in second


def test_a_session_without_the_mark_of_the_password_is_nobodys():
    client = signed_in(PersonFactory())
    session = client.session
    session.pop("_auth_user_hash")
    session.save()

    assert client.get(ME).status_code == 302


def test_a_key_that_nobody_was_given_is_nobodys():
    client = Client()
    client.cookies["session"] = "0" * 32

    assert client.get(ME).status_code == 302
