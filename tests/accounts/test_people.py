"""People's pages: who may look whom up, and what administrators can do."""

import re

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from buyin.accounts.models import EventKind, Role, SecurityEvent, User
from buyin.outbox.models import Message
from tests.factories.accounts import PASSWORD, PersonFactory, RoleFactory

PEOPLE = "/people/"


def at(person, what=""):
    return f"/people/{person.pk}/{what}"


def test_an_administrator_finds_people_by_words_department_role_and_state(sign_in, cast):
    client = sign_in("administrator")

    def found(**search):
        return {p.name.split()[0] for p in client.get(PEOPLE, search).context["page"]}

    assert found(q="staff pers") == {"Staff"}
    assert found(q="NEIGHBOUR@") == {"Neighbour"}
    assert found(department="works") == {"Staff", "Coordinator", "Trainer"}
    assert found(role="lead") == {"Lead"}
    assert found(state="closed") == set()
    assert "Nobody fits" in client.get(PEOPLE, {"q": "zzz"}).text


def test_a_coordinator_sees_the_people_of_the_department_and_under_it_only(sign_in, cast):
    answer = sign_in("coordinator").get(PEOPLE)

    assert {p.name.split()[0] for p in answer.context["page"]} == {
        "Staff",
        "Coordinator",
        "Trainer",
    }
    assert cast.neighbour.email not in answer.text


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_needs_as_many_queries_for_many_people_as_for_one(
    sign_in, django_assert_num_queries, count
):
    client = sign_in("administrator")
    for _ in range(count):
        RoleFactory(role=Role.TRAINER, person=PersonFactory(name="Zed"))

    with django_assert_num_queries(5):
        assert len(client.get(PEOPLE, {"q": "zed"}).context["page"]) == count


def test_strange_search_words_change_nothing(sign_in):
    answer = sign_in("administrator").get(
        PEOPLE, {"q": "%' OR 1=1 --", "department": "../x", "role": "is_superuser", "page": "x"}
    )

    assert answer.status_code == 200


def test_an_administrator_adds_a_person_who_sets_the_password_alone(sign_in, cast):
    answer = sign_in("administrator").post(
        "/people/add/",
        {"name": "Ada Lin", "email": "Ada@Fairhaven.example", "department": cast.roads.pk},
        follow=True,
    )

    assert "Saved." in answer.text
    ada = User.objects.get(email="ada@fairhaven.example")
    assert (ada.name, ada.department, ada.has_usable_password()) == ("Ada Lin", cast.roads, False)


@pytest.mark.parametrize(("has_password", "mails"), [(False, 2), (True, 1)])
def test_who_was_never_here_gets_a_new_link_when_the_address_is_put_right(
    sign_in, has_password, mails
):
    administrator = sign_in("administrator")
    administrator.post("/people/add/", {"name": "Nora", "email": "nroa@fairhaven.example"})
    nora = User.objects.get(email="nroa@fairhaven.example")
    if has_password:
        nora.set_password(PASSWORD)
        nora.save()

    change = {"name": "Nora", "email": "nora@fairhaven.example"}
    for _ in range(2):  # the second time there is nothing new
        administrator.post(f"/people/{nora.pk}/edit/", change)

    assert Message.objects.filter(person=nora).count() == mails


def test_a_new_person_gets_a_link_by_mail_with_which_they_set_their_password(sign_in, client):
    sign_in("administrator").post("/people/add/", {"name": "Ada", "email": "ada@fairhaven.example"})

    mail = Message.objects.get()
    ada = User.objects.get(email="ada@fairhaven.example")
    assert mail.person == ada
    assert mail.subject == "Your account at City of Fairhaven"
    (link,) = re.findall(r"http://testserver(/\S+/key/\S+)", mail.text)
    form = client.get(link, follow=True)
    client.post(form.redirect_chain[-1][0], {"password1": PASSWORD, "password2": PASSWORD})
    ada.refresh_from_db()
    assert ada.check_password(PASSWORD)


@pytest.mark.parametrize("email", ["staff@fairhaven.example", "no address"])
def test_nothing_is_sent_when_the_person_is_not_added(sign_in, cast, email):
    assert cast.staff.email == "staff@fairhaven.example"
    sign_in("administrator").post("/people/add/", {"name": "Ada", "email": email})

    assert not Message.objects.exists()


def test_changing_a_person_sends_nothing(sign_in, cast):
    fields = {"name": "Other", "email": cast.staff.email, "department": cast.staff.department_id}
    sign_in("administrator").post(at(cast.staff, "edit/"), fields)

    cast.staff.refresh_from_db()
    assert (cast.staff.name, Message.objects.count()) == ("Other", 0)


def test_an_address_that_is_taken_is_refused_and_nothing_typed_is_lost(sign_in, cast):
    answer = sign_in("administrator").post(
        "/people/add/", {"name": "Second Staff", "email": cast.staff.email.upper()}
    )

    assert answer.status_code == 200
    assert "Second Staff" in answer.text
    assert "Mail address:" in answer.text
    assert "There is already a person with this address." in answer.text
    assert User.objects.filter(name="Second Staff").count() == 0


def test_fields_that_the_form_does_not_show_cannot_be_written(sign_in, cast):
    sign_in("administrator").post(
        at(cast.staff, "edit/"),
        {
            "name": "New Name",
            "email": cast.staff.email,
            "department": cast.roads.pk,
            "is_active": "",
            "is_superuser": "on",
            "password": "x",
            "role": "administrator",
        },
    )

    staff = User.objects.get(pk=cast.staff.pk)
    assert (staff.name, staff.is_active, staff.is_superuser) == ("New Name", True, False)
    assert not staff.role_assignments.exists()


def test_a_new_address_shuts_the_door_of_the_old_one(client, sign_in, cast):
    person = PersonFactory(email="old@fairhaven.example", password=True)
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)

    sign_in("administrator").post(
        at(person, "edit/"), {"name": person.name, "email": "new@fairhaven.example"}
    )
    client.post("/accounts/login/", {"login": "old@fairhaven.example", "password": PASSWORD})

    assert "_auth_user_id" not in client.session


def test_granting_and_taking_away_a_role_is_written_down(sign_in, cast):
    client = sign_in("administrator")

    client.post(
        at(cast.staff, "roles/"), {"role-role": "coordinator", "role-department": cast.roads.pk}
    )
    held = cast.staff.role_assignments.get()
    client.post(at(cast.staff, f"roles/{held.pk}/revoke/"))

    noted = SecurityEvent.objects.filter(kind__startswith="role").order_by("id")
    assert [(e.kind, e.person, e.actor, e.detail) for e in noted] == [
        (EventKind.ROLE_GRANTED, cast.staff, cast.administrator, "Coordinator: Roads"),
        (EventKind.ROLE_REVOKED, cast.staff, cast.administrator, "Coordinator: Roads"),
    ]


def test_a_role_that_is_held_already_is_refused_in_words(sign_in, cast):
    answer = sign_in("administrator").post(
        at(cast.lead, "roles/"), {"role-role": "lead", "role-department": "agency"}
    )

    assert "already holds this role" in answer.text


def test_the_last_administrator_cannot_be_removed_or_closed(sign_in, cast):
    User.objects.filter(pk=cast.deactivated.pk).update(is_active=False)
    client = sign_in("administrator")
    held = cast.administrator.role_assignments.get()

    refused = client.post(at(cast.administrator, f"roles/{held.pk}/revoke/"), follow=True)
    client.post(at(cast.administrator, "close/"))

    assert "last administrator" in refused.text
    assert cast.administrator.role_assignments.exists()
    assert User.objects.get(pk=cast.administrator.pk).is_active


def test_closing_an_account_ends_its_sessions_for_good(sign_in, cast):
    client, admin = sign_in("staff"), sign_in("administrator")

    admin.post(at(cast.staff, "close/"))
    assert client.get("/people/me/").status_code == 302

    admin.post(at(cast.staff, "reopen/"))
    assert client.get("/people/me/").status_code == 302
    assert User.objects.get(pk=cast.staff.pk).is_active


def test_an_administrator_helps_somebody_who_lost_the_second_factor(sign_in, cast):
    TOTP.activate(cast.staff, generate_totp_secret())

    sign_in("administrator").post(at(cast.staff, "second-factor/"))

    assert not cast.staff.authenticator_set.exists()


@pytest.mark.parametrize("persona", ["staff", "coordinator", "lead", "executive", "moderator"])
@pytest.mark.parametrize("what", ["roles/", "close/", "second-factor/", "edit/"])
def test_nobody_else_touches_an_account(sign_in, cast, persona, what):
    form = {
        "role-role": "administrator",
        "role-department": "agency",
        "name": "x",
        "email": "x@y.example",
    }
    answer = sign_in(persona).post(at(cast.staff, what), form)

    assert answer.status_code == 404
    assert not cast.staff.role_assignments.exists()
    assert User.objects.get(pk=cast.staff.pk).name == cast.staff.name


@pytest.fixture
def branch_administrator(cast):
    person = PersonFactory(department=cast.works)
    RoleFactory(person=person, role=Role.ADMINISTRATOR, department=cast.works)
    return person


def test_who_administers_a_branch_cannot_reach_beyond_it(sign_in, cast, branch_administrator):
    client = sign_in(branch_administrator)
    RoleFactory(person=cast.staff, role=Role.LEAD)  # an agency role is out of reach
    own = branch_administrator

    agency_role = client.post(
        at(own, "roles/"), {"role-role": "administrator", "role-department": "agency"}
    )
    foreign = {"role-role": "lead", "role-department": cast.clinic.pk}
    foreign_role = client.post(at(own, "roles/"), foreign)
    takeover = client.post(at(cast.staff, "edit/"), {"name": "x", "email": "me@evil.example"})
    outside = client.post(at(cast.neighbour, "close/"))
    inside = client.post(
        at(cast.trainer, "roles/"), {"role-role": "lead", "role-department": cast.parks.pk}
    )

    assert (agency_role.status_code, foreign_role.status_code) == (200, 200)
    assert (takeover.status_code, outside.status_code) == (404, 404)
    assert inside.status_code == 302
    assert own.role_assignments.count() == 1


def test_a_coordinator_for_the_whole_agency_sees_everybody(sign_in, cast):
    cast.coordinator.role_assignments.update(department=None)
    client = sign_in("coordinator")

    assert client.get(PEOPLE).context["page"].paginator.count == User.objects.active().count()
    assert len(client.get("/people/departments/").context["tree"]) == len(cast.departments)


@settings(
    max_examples=100,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    held=st.lists(st.tuples(st.sampled_from(list(Role)), st.sampled_from(["", "works", "health"]))),
    wanted=st.sampled_from(list(Role)),
    where=st.sampled_from(["", "works", "roads", "health", "clinic", "city"]),
)
def test_nobody_grants_more_than_they_govern(cast, sign_in, held, wanted, where):
    departments = cast.departments
    actor = PersonFactory(department=departments["works"])
    target = PersonFactory(department=departments["roads"])
    for role, code in set(held):
        RoleFactory(person=actor, role=role, department=departments.get(code))
    form = {"role-role": wanted, "role-department": getattr(departments.get(where), "pk", "agency")}

    sign_in(actor).post(at(target, "roles/"), form)

    under = {"works": {"works", "roads", "parks"}, "health": {"health", "clinic"}}
    tops = {code for role, code in held if role == Role.ADMINISTRATOR}
    allowed = "" in tops or any(where in under[top] for top in tops)
    lookers = {Role.COORDINATOR, Role.LEAD, Role.ADMINISTRATOR}
    sees = any(role in lookers and code in {"", "works"} for role, code in held)
    assert target.role_assignments.exists() == (allowed and sees)


@pytest.mark.parametrize("server", ["", "mail.fairhaven.example"])
def test_who_adds_a_person_knows_whether_the_mail_can_go_out(sign_in, settings, server):
    settings.MAIL_HOST = server

    page = sign_in("administrator").get("/people/add/").text

    assert ("has no mail server" in page) is not bool(server)


def test_who_grants_a_role_reads_what_each_may_do(sign_in, cast):
    page = sign_in("administrator").get(f"/people/{cast.staff.pk}/").text

    told = page.partition("What each role may do")[2]
    for role in Role:
        assert str(role.label) in told
