"""The list of people: what is found, for whom, on how many pages and with how many questions."""

import pytest

from buyin.accounts.models import Role, User
from tests.factories.accounts import DepartmentFactory, PersonFactory, RoleFactory

PEOPLE = "/people/"


def names(client, **search):
    return [person.name for person in client.get(PEOPLE, search).context["page"]]


@pytest.fixture
def admin(sign_in):
    return sign_in("administrator")


@pytest.mark.parametrize("persona", ["staff", "neighbour", "trainer", "moderator", "executive"])
def test_who_looks_after_nobody_has_no_list(sign_in, persona):
    assert sign_in(persona).get(PEOPLE).status_code == 404


@pytest.mark.parametrize("persona", ["lead", "administrator"])
def test_who_answers_for_the_agency_sees_everybody(sign_in, cast, persona):
    assert len(names(sign_in(persona))) == User.objects.count()


def test_the_names_come_in_the_order_of_the_alphabet(admin):
    PersonFactory(name="Aaron")
    PersonFactory(name="Zoe")

    found = names(admin)

    assert found == sorted(found)
    assert (found[0], found[-1]) == ("Aaron", "Zoe")


def test_fifty_stand_on_a_page_and_the_rest_on_the_next(admin):
    for number in range(53):
        PersonFactory(name=f"Page {number:02}")

    first, second = names(admin, q="page"), names(admin, q="page", page=2)

    assert (len(first), len(second)) == (50, 3)
    assert first + second == [f"Page {number:02}" for number in range(53)]


def test_the_link_to_the_next_page_keeps_what_was_asked(admin):
    for number in range(51):
        PersonFactory(name=f"Page {number:02}")

    page = admin.get(PEOPLE, {"q": "page", "state": "all"}).text

    assert "51 people fit." in " ".join(page.split())
    assert "q=page&amp;state=all&amp;page=2" in page


@pytest.mark.parametrize("number", ["0", "-1", "999", "x"])
def test_a_page_that_does_not_exist_shows_one_that_does(admin, number):
    answer = admin.get(PEOPLE, {"page": number})

    assert answer.status_code == 200
    assert answer.context["page"].number == 1


def test_a_closed_account_is_found_among_the_closed_and_among_all_only(admin):
    PersonFactory(name="Gone Home", is_active=False)

    assert names(admin, q="gone") == []
    assert names(admin, q="gone", state="closed") == ["Gone Home"]
    assert names(admin, q="gone", state="all") == ["Gone Home"]


def test_all_words_have_to_fit_in_any_order(admin):
    PersonFactory(name="Ada Lin", email="ada@fairhaven.example")
    PersonFactory(name="Ada Moor", email="moor@fairhaven.example")

    assert names(admin, q="lin ADA") == ["Ada Lin"]
    assert names(admin, q="ada moor@") == ["Ada Moor"]
    assert names(admin, q="ada nobody") == []


@pytest.mark.parametrize("sign", ["%", "_", "\\", "'"])
def test_signs_of_the_database_are_plain_letters_in_a_search(admin, sign):
    PersonFactory(name="Without")
    PersonFactory(name=f"With {sign} sign")

    assert names(admin, q=sign) == [f"With {sign} sign"]


def test_conditions_add_up(admin, cast):
    RoleFactory(person=cast.staff, role=Role.TRAINER, department=cast.roads)

    assert names(admin, role="trainer") == ["Staff Persona", "Trainer Persona"]
    assert names(admin, role="trainer", department="roads") == ["Staff Persona"]
    assert names(admin, role="trainer", department="roads", q="trainer@") == []


def test_a_person_with_one_role_in_two_places_is_listed_once(admin, cast):
    for department in (cast.roads, cast.parks):
        RoleFactory(person=cast.staff, role=Role.COORDINATOR, department=department)

    assert names(admin, role="coordinator", q="staff@") == ["Staff Persona"]


def test_a_filter_opens_no_other_department(sign_in, cast):
    client = sign_in("coordinator")

    assert names(client, department="health") == []
    assert names(client, q="neighbour", state="all") == []
    assert names(client, role="executive") == []
    assert "Clinic" not in client.get(PEOPLE).text


def test_an_unknown_department_finds_nobody(admin):
    assert names(admin, department="no-such-place") == []


def test_an_unknown_role_is_named_beside_its_field(admin):
    answer = admin.get(PEOPLE, {"role": "emperor", "q": "kept words"})

    assert "emperor" in answer.text
    assert "role" in answer.context["form"].errors
    assert "kept words" in answer.text


def test_markup_in_a_name_is_shown_as_text(admin):
    PersonFactory(name="<img src=x onerror=alert(1)>")

    page = admin.get(PEOPLE).text

    assert "<img src=x" not in page
    assert "&lt;img src=x" in page


@pytest.mark.parametrize("count", [1, 3])
def test_roles_and_departments_of_many_people_cost_no_further_questions(
    admin, django_assert_num_queries, count
):
    for _ in range(count):
        person = PersonFactory(name="Zed", department=DepartmentFactory())
        for department in (DepartmentFactory(), DepartmentFactory()):
            RoleFactory(person=person, role=Role.COORDINATOR, department=department)

    with django_assert_num_queries(6):
        assert len(names(admin, q="zed")) == count


@pytest.mark.parametrize("address", ["/people/", "/people/departments/"])
def test_what_an_administrator_can_add_stands_above_the_list(sign_in, address):
    page = sign_in("administrator").get(address).text

    assert page.index("Add a person") < page.index("<table")
