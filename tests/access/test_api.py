"""The portal for programs: what is in it for whom, and nothing more."""

import pytest
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.test import force_authenticate
from rest_framework.views import APIView

from buyin.paging import Pages
from tests.factories.initiatives import InitiativeFactory
from tests.factories.surveys import make_wave

API = "/api/v1/"


def test_programs_read_departments_with_their_parents_by_code(sign_in):
    answer = sign_in("coordinator").get(f"{API}departments/")

    assert answer.json()["results"] == [
        {"code": "parks", "name": "Parks", "parent": "works", "headcount": 30},
        {"code": "works", "name": "Public works", "parent": "city", "headcount": 15},
        {"code": "roads", "name": "Roads", "parent": "works", "headcount": 40},
    ]


def test_a_person_has_these_fields_and_no_others(sign_in, cast):
    answer = sign_in("administrator").get(f"{API}people/{cast.coordinator.pk}/")

    assert answer.json() == {
        "id": cast.coordinator.pk,
        "name": "Coordinator Persona",
        "email": "coordinator@fairhaven.example",
        "department": "works",
        "is_active": True,
        "roles": [{"role": "coordinator", "department": "works"}],
    }


def test_staff_read_the_initiatives_of_their_department_only(sign_in, cast):
    InitiativeFactory(name="Pothole finder", lead=cast.lead, departments=[cast.roads])
    InitiativeFactory(name="Letter reader", departments=[cast.clinic])

    found = sign_in("staff").get(f"{API}initiatives/").json()["results"]

    assert [(i["name"], i["lead"], i["departments"]) for i in found] == [
        ("Pothole finder", "Lead Persona", ["roads"])
    ]


@pytest.mark.parametrize("count", [1, 3])
def test_lists_need_as_many_queries_for_many_as_for_one(
    sign_in, cast, django_assert_num_queries, count
):
    client = sign_in("lead")
    for _ in range(count):
        InitiativeFactory(lead=cast.staff, departments=[cast.roads])

    with django_assert_num_queries(4):
        client.get(f"{API}initiatives/")


def test_a_view_that_says_nothing_is_closed(rf, cast):
    class Forgotten(APIView):
        def get(self, request):
            return Response("all of it")

    asked = rf.get("/")
    force_authenticate(asked, cast.administrator)

    assert Forgotten.as_view()(asked).status_code == 403


def test_the_schema_names_every_address(sign_in):
    schema = sign_in("staff").get("/api/schema/").text

    for part in ("departments", "people", "initiatives"):
        assert f"/api/v1/{part}/:" in schema


def test_a_program_gets_a_thousand_rows_at_most(rf):
    request = Request(rf.get("/api/v1/people/", {"limit": "100000"}))

    assert Pages().get_limit(request) == 1000


@pytest.mark.parametrize(
    "address",
    ["initiatives/99/", "surveys/99/", "surveys/99/plan/", "results/99/", "departments/none/",
     "my/waves/99/", "my/results/99/", "needs/99/", "public/results/none/", "nothing/",
     "impact-assessments/99/"],
)  # fmt: skip
def test_what_is_not_there_is_told_in_the_same_words_and_without_a_table(sign_in, address):
    answer = sign_in("lead").get(f"{API}{address}")

    assert answer.status_code == 404
    assert answer.json() == {"detail": "There is no such address, or none for this account."}


@pytest.mark.parametrize(
    "address",
    ["departments/", "initiatives/", "surveys/", "results/", "my/waves/", "my/results/", "needs/",
     "public/results/", "readiness/", "impact-assessments/"],
)  # fmt: skip
def test_a_filter_that_there_is_not_is_refused_by_its_name(sign_in, address):
    client, asked = sign_in("lead"), {"kind__in": "x", "limit": 1, "initative": 3}

    answer = client.get(f"{API}{address}", asked)

    assert answer.status_code == 400
    unknown = ["There is no such filter."]
    assert answer.json() == {"initative": unknown, "kind__in": unknown}
    assert client.get(f"{API}{address}", {"limit": 1, "offset": 1}).status_code == 200


def test_a_slip_in_the_name_of_the_language_is_refused(sign_in, cast):
    wave = make_wave(cast.roads)

    answer = sign_in("staff").get(f"{API}my/waves/{wave.pk}/", {"lang": "es"})

    assert answer.json() == {"lang": ["There is no such filter."]}
