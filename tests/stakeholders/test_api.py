"""Stakeholders for programs: what the pages say, to whom the pages say it."""

import pytest

from tests.factories.initiatives import InitiativeFactory
from tests.factories.stakeholders import (
    OrganisationFactory,
    PostFactory,
    StakeholderFactory,
    make_assessed,
)

API = "/api/v1/stakeholders/"


@pytest.fixture
def ruth(cast):
    return StakeholderFactory(name="Ruth Roads", department=cast.roads, owner=cast.lead)


@pytest.fixture
def interest(cast, ruth):
    initiative = InitiativeFactory(departments=[cast.roads])
    return make_assessed(
        stakeholder=ruth,
        initiative=initiative,
        power=5,
        interest=4,
        current=1,
        desired=3,
        why="Fears for the crew",
        by=cast.coordinator,
    )


def test_a_stakeholder_says_who_it_is_and_how_they_stand(sign_in, cast, ruth, interest):
    PostFactory(person=ruth.person, department=cast.roads, title="Head")

    found = sign_in("coordinator").get(f"{API}{ruth.pk}/").json()

    assert (found["kind"], found["department"], found["posts"], found["owner"]) == (
        "person",
        "roads",
        ["Head, Roads"],
        "Lead Persona",
    )
    (stands,) = found["interests"]
    assert (stands["current"], stands["desired"], stands["gap"]) == ("resistant", "supportive", 2)
    assert (stands["quadrant"], stands["salience"]) == ("manage-closely", None)


def test_an_organisation_has_neither_posts_nor_consent(sign_in, cast):
    vendor = StakeholderFactory(person=None, organisation=OrganisationFactory())

    found = sign_in("lead").get(f"{API}{vendor.pk}/").json()

    assert (found["kind"], found["posts"], found["contact_permitted"]) == ("organisation", [], None)


@pytest.mark.parametrize(
    ("persona", "names"),
    [
        ("staff", []),
        ("trainer", []),
        ("coordinator", ["Ruth Roads"]),
        ("executive", ["Carl Clinic", "Ruth Roads"]),
        ("lead", ["Carl Clinic", "Ruth Roads"]),
    ],
)
def test_the_list_holds_whom_somebody_works_with(sign_in, cast, ruth, persona, names):
    StakeholderFactory(name="Carl Clinic", department=cast.clinic)

    found = sign_in(persona).get(API).json()["results"]

    assert [one["name"] for one in found] == names


def test_assessments_come_with_their_reasons(sign_in, ruth, interest):
    (found,) = sign_in("lead").get(f"{API}{ruth.pk}/assessments/").json()["results"]

    assert (found["initiative"], found["current"], found["rationale"], found["assessed_by"]) == (
        interest.initiative_id,
        "resistant",
        "Fears for the crew",
        "Coordinator Persona",
    )


def test_staff_read_no_assessment_of_themselves(sign_in, cast, ruth, interest):
    ruth.person.user = cast.staff
    ruth.person.save()

    answer = sign_in("staff").get(f"{API}{ruth.pk}/assessments/")

    assert (answer.status_code, answer.json()["results"]) == (200, [])


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_needs_as_many_queries_for_many_as_for_one(
    sign_in, cast, django_assert_num_queries, count
):
    for _one in range(count):
        made = make_assessed(stakeholder=StakeholderFactory(department=cast.roads), power=1)
        PostFactory(person=made.stakeholder.person, department=cast.roads)
    client = sign_in("lead")

    with django_assert_num_queries(6):
        client.get(API)


def test_a_filter_that_there_is_not_is_refused(sign_in):
    assert sign_in("lead").get(API, {"person__email": "a"}).status_code == 400
