"""Rights on a person's page: who may give and take what, and what an account has to be for it."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from buyin.accounts import actions
from buyin.accounts.models import Role, RoleAssignment, RosterKind, SecurityEvent, User
from buyin.outbox.models import Message
from tests.factories.accounts import PersonFactory, RoleFactory
from tests.factories.initiatives import InitiativeFactory

pytestmark = pytest.mark.django_db


def at(person, what=""):
    return f"/people/{person.pk}/{what}"


def wanted(role="trainer", where="agency"):
    return {"role-role": role, "role-department": where}


@pytest.mark.parametrize(
    ("persona", "status"),
    [
        ("staff", 200),
        ("neighbour", 404),
        ("coordinator", 200),
        ("trainer", 404),
        ("moderator", 404),
        ("lead", 200),
        ("executive", 404),
        ("administrator", 200),
    ],
)
def test_a_person_is_shown_to_themselves_and_to_those_who_look_after_them(
    sign_in, cast, persona, status
):
    assert sign_in(persona).get(at(cast.staff)).status_code == status


@pytest.mark.parametrize("persona", ["staff", "coordinator", "lead"])
def test_who_may_only_look_sees_no_button(sign_in, cast, persona):
    answer = sign_in(persona).get(at(cast.staff))

    assert answer.context["form"] is None
    assert f"{at(cast.staff)}roles/" not in answer.text
    assert f"{at(cast.staff)}close/" not in answer.text


@pytest.mark.parametrize("what", ["roles/", "close/", "reopen/", "second-factor/"])
def test_opening_the_address_of_a_button_does_nothing(sign_in, cast, what):
    assert sign_in("administrator").get(at(cast.staff, what)).status_code == 405


@pytest.mark.parametrize(
    ("form", "field"),
    [
        (wanted(role=""), "role"),
        (wanted(role="emperor"), "role"),
        (wanted(where=""), "department"),
        (wanted(where="999999"), "department"),
        ({"something": "else"}, "role"),
    ],
)
def test_a_grant_that_says_too_little_names_the_field(sign_in, cast, form, field):
    answer = sign_in("administrator").post(at(cast.staff, "roles/"), form)

    assert answer.status_code == 200
    assert field in answer.context["form"].errors
    assert not cast.staff.role_assignments.exists()


def test_a_closed_account_gets_no_role(sign_in, cast):
    person = PersonFactory(is_active=False)

    answer = sign_in("administrator").post(at(person, "roles/"), wanted())

    assert "This account is closed. Open it before you grant a role." in answer.text
    assert not person.role_assignments.exists()


def test_a_granted_role_counts_from_the_next_page_on(sign_in, cast):
    client = sign_in("staff")
    assert client.get("/people/").status_code == 404

    sign_in("administrator").post(
        at(cast.staff, "roles/"), wanted("coordinator", str(cast.roads.pk))
    )

    assert client.get("/people/").status_code == 200


def test_the_role_of_one_person_is_not_taken_away_by_the_page_of_another(sign_in, cast):
    held = cast.lead.role_assignments.get()

    answer = sign_in("administrator").post(at(cast.staff, f"roles/{held.pk}/revoke/"))

    assert answer.status_code == 404
    assert cast.lead.role_assignments.exists()


def test_a_role_is_taken_away_once(sign_in, cast):
    client, held = sign_in("administrator"), cast.lead.role_assignments.get()

    first = client.post(at(cast.lead, f"roles/{held.pk}/revoke/"))
    second = client.post(at(cast.lead, f"roles/{held.pk}/revoke/"))

    assert (first.status_code, second.status_code) == (302, 404)
    assert SecurityEvent.objects.filter(kind="role-revoked").count() == 1


def test_one_of_two_administrators_may_leave_and_the_other_then_has_to_stay(sign_in, cast):
    client = sign_in("administrator")
    other, own = cast.deactivated.role_assignments.get(), cast.administrator.role_assignments.get()

    client.post(at(cast.deactivated, f"roles/{other.pk}/revoke/"))
    client.post(at(cast.administrator, f"roles/{own.pk}/revoke/"))

    assert list(RoleAssignment.objects.filter(role=Role.ADMINISTRATOR)) == [own]


def test_the_administrator_of_a_branch_is_no_substitute_for_the_last_of_the_agency(cast):
    cast.deactivated.role_assignments.all().delete()
    RoleFactory(person=cast.staff, role=Role.ADMINISTRATOR, department=cast.city)

    with pytest.raises(ValidationError, match="last administrator"):
        actions.close_account(actor=cast.administrator, person=cast.administrator)


def test_the_administrator_of_a_branch_is_closed_while_one_of_the_agency_stays(sign_in, cast):
    RoleFactory(person=cast.staff, role=Role.ADMINISTRATOR, department=cast.roads)

    sign_in("administrator").post(at(cast.staff, "close/"))

    assert not User.objects.get(pk=cast.staff.pk).is_active


@pytest.fixture
def branch(sign_in, cast):
    person = PersonFactory(name="Branch", department=cast.works)
    RoleFactory(person=person, role=Role.ADMINISTRATOR, department=cast.works)
    return sign_in(person)


def test_the_form_of_a_branch_offers_its_own_departments_only(branch, cast):
    form = branch.get(at(cast.staff)).context["form"]

    offered = {value for value, _label in form.fields["department"].choices}
    assert offered == {"", *(str(d.pk) for d in (cast.works, cast.roads, cast.parks))}


def test_a_branch_takes_no_role_of_the_agency_away(branch, cast):
    held = RoleFactory(person=cast.staff, role=Role.LEAD)

    assert branch.post(at(cast.staff, f"roles/{held.pk}/revoke/")).status_code == 404
    assert RoleAssignment.objects.filter(pk=held.pk).exists()


def test_a_branch_moves_nobody_out_of_its_reach(branch, cast):
    fields = {"name": "Moved", "email": cast.staff.email}

    elsewhere = branch.post(at(cast.staff, "edit/"), fields | {"department": cast.clinic.pk})
    nowhere = branch.post(at(cast.staff, "edit/"), fields | {"department": ""})

    assert "department" in elsewhere.context["form"].errors
    assert "Choose a department that you administer." in nowhere.text
    assert User.objects.get(pk=cast.staff.pk).department == cast.roads


def test_a_branch_adds_people_to_itself_only(branch, cast):
    person = {"name": "New", "email": "new@fairhaven.example"}

    branch.post("/people/add/", person)
    assert not User.objects.filter(name="New").exists()

    branch.post("/people/add/", person | {"department": cast.parks.pk})
    assert User.objects.get(name="New").department == cast.parks


def test_closing_opening_and_helping_are_written_down(sign_in, cast):
    client = sign_in("administrator")

    for what in ("close/", "reopen/", "second-factor/"):
        client.post(at(cast.staff, what))

    noted = SecurityEvent.objects.filter(person=cast.staff, actor=cast.administrator)
    assert list(noted.order_by("id").values_list("kind", flat=True)) == [
        "deactivated",
        "reactivated",
        "factor-removed",
    ]


def test_an_account_that_was_opened_again_has_no_password(sign_in, cast):
    person = PersonFactory(password=True)
    client = sign_in("administrator")

    client.post(at(person, "close/"))
    client.post(at(person, "reopen/"))

    person.refresh_from_db()
    assert (person.is_active, person.has_usable_password()) == (True, False)
    assert [mail.person for mail in Message.objects.all()] == [person]


@pytest.mark.parametrize("persona", ["staff", "coordinator", "lead", "executive", "deactivated"])
def test_the_actions_refuse_whoever_comes_past_the_pages(cast, persona):
    User.objects.filter(pk=cast.deactivated.pk).update(is_active=False)
    actor, person = User.objects.get(pk=cast.people[persona].pk), cast.neighbour
    held = RoleFactory(person=person, role=Role.TRAINER)

    for refused in (
        lambda: actions.revoke_role(actor=actor, assignment=held),
        lambda: actions.grant_role(actor=actor, person=person, role=Role.LEAD),
        lambda: actions.close_account(actor=actor, person=person),
        lambda: actions.open_account(actor=actor, person=person),
        lambda: actions.forget_second_factors(actor=actor, person=person),
        lambda: actions.save_person(actor=actor, person=person, name="x", department=None),
        lambda: actions.save_department(actor=actor, department=cast.roads, name="x"),
        lambda: actions.import_roster(actor=actor, kind=RosterKind.PEOPLE, text="email,name\n"),
    ):
        with pytest.raises(PermissionDenied):
            refused()


@pytest.mark.parametrize("field", ["is_active", "password", "is_superuser", "groups"])
def test_an_action_writes_no_field_that_no_form_has(cast, field):
    with pytest.raises(TypeError, match=field):
        actions.save_person(actor=cast.administrator, person=cast.staff, **{field: "x"})


def test_a_branch_cannot_take_over_somebody_who_leads_an_initiative(branch, cast):
    InitiativeFactory(name="Street cameras", lead=cast.staff)
    fields = {"name": cast.staff.name, "email": "mine@fairhaven.example"}

    assert branch.post(at(cast.staff, "edit/"), fields).status_code == 404
    cast.staff.refresh_from_db()
    assert cast.staff.email != "mine@fairhaven.example"
