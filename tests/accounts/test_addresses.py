"""Naming somebody by mail address: who is offered, to whom, and that anybody else can be typed."""

import pytest
from django.core.exceptions import ValidationError

from buyin.accounts.forms import AddressField
from buyin.accounts.models import Role, RoleAssignment
from buyin.accounts.queries.people import likely_people
from buyin.initiatives.models import Initiative
from tests.factories.accounts import DepartmentFactory, PersonFactory

ADD = "/initiatives/add/"


def offered(page: str) -> str:
    """Return the offered addresses of a page, nothing where it offers none."""
    return page.partition("<datalist")[2].partition("</datalist>")[0]


def test_who_holds_a_role_is_offered_by_name_where_a_lead_is_named(sign_in, cast):
    bare = PersonFactory(name="No role at all")

    page = sign_in("lead").get(ADD).text

    assert 'list="id_lead_offered"' in page
    assert f'<option value="{cast.coordinator.email}">{cast.coordinator.name}</option>' in page
    assert bare.email not in offered(page)


def test_whoever_is_not_offered_can_be_named_all_the_same(sign_in, cast):
    other = PersonFactory()

    sign_in("lead").post(ADD, {"name": "Letters", "stage": "idea", "lead": other.email})

    assert Initiative.objects.get(name="Letters").lead == other


def test_a_name_with_marks_stays_text(sign_in, cast):
    person = PersonFactory(name="</datalist><b>Eve")
    RoleAssignment.objects.create(person=person, role=Role.LEAD)

    assert "&lt;/datalist&gt;&lt;b&gt;Eve" in offered(sign_in("lead").get(ADD).text)


@pytest.mark.django_db
def test_an_address_becomes_the_person_however_it_is_typed():
    person = PersonFactory(email="ada@fairhaven.example")

    assert AddressField().clean("  Ada@Fairhaven.Example ") == person


@pytest.mark.django_db
def test_an_address_that_may_be_left_empty_names_nobody():
    assert AddressField(required=False).clean("") is None
    with pytest.raises(ValidationError, match="required"):
        AddressField().clean("")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("gone@fairhaven.example", "Nobody with an open account has this mail address."),
        ("nobody@fairhaven.example", "Nobody with an open account has this mail address."),
        ("not an address", "Enter a valid email address."),
        ("ada\x00@fairhaven.example", "Null characters are not allowed."),
    ],
)
def test_who_has_no_open_account_cannot_be_named(typed, said):
    PersonFactory(email="gone@fairhaven.example", is_active=False)

    with pytest.raises(ValidationError) as refused:
        AddressField().clean(typed)

    assert said in refused.value.messages


@pytest.mark.parametrize("typed", ["nobody@fairhaven.example", "not an address"])
def test_what_was_typed_stays_where_nobody_has_that_address(sign_in, cast, typed):
    answer = sign_in("lead").post(ADD, {"name": "Letters", "stage": "idea", "lead": typed})

    assert f'value="{typed}"' in answer.text
    assert list(answer.context["form"].errors) == ["lead"]
    assert not Initiative.objects.filter(name="Letters").exists()


@pytest.mark.django_db
def test_nobody_is_offered_whom_one_may_not_look_up_or_whose_account_is_closed():
    permits, roads = DepartmentFactory(), DepartmentFactory()
    viewer = PersonFactory(department=permits)
    here, there = PersonFactory(department=permits), PersonFactory(department=roads)
    closed = PersonFactory(department=permits, is_active=False)
    RoleAssignment.objects.create(person=viewer, role=Role.LEAD, department=permits)
    for person in (here, here, there, closed):
        RoleAssignment.objects.get_or_create(
            person=person, role=Role.COORDINATOR, department=person.department
        )
        RoleAssignment.objects.get_or_create(
            person=person, role=Role.TRAINER, department=person.department
        )

    assert set(likely_people(viewer)) == {viewer, here}
    assert list(likely_people(there)) == [there]


def test_a_large_agency_offers_a_hundred(sign_in, cast):
    people = [PersonFactory() for _number in range(101)]
    RoleAssignment.objects.bulk_create(
        RoleAssignment(person=person, role=Role.TRAINER) for person in people
    )

    page = sign_in("lead").get(ADD).text

    assert offered(page).count("<option") == 100
