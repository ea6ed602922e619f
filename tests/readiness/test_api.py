"""Readiness for programs: the same figures as on the pages, for the same people."""

import pytest

from tests.factories.initiatives import InitiativeFactory
from tests.factories.readiness import make_snapshot

ADDRESS = "/api/v1/readiness/"
PEOPLE = {
    "city": (20, (62, 58, 50, 52, 57)),
    "roads": (30, (58, 47, 31, 44, 52)),
    "parks": (24, (70, 66, 60, 64, 68)),
    "clinic": (4, (13, 13, 13, 13, 13)),
}
ASKED = {"city": 20, "roads": 40, "parks": 30, "clinic": 50}


@pytest.fixture
def measured(cast):
    return make_snapshot(InitiativeFactory(name="Permit triage"), PEOPLE, asked=ASKED)


def figures(answer):
    return answer.json()["results"]


def test_a_lead_reads_every_released_figure(sign_in, measured):
    found = figures(sign_in("lead").get(ADDRESS))

    assert {row["department"] for row in found} == {"city", "works", "roads", "parks"}
    assert {row["dimension"] for row in found} >= {"overall", "skills"}
    assert len(found) == measured.cells.filter(is_released=True).count()


def test_staff_read_their_department_and_the_agency(sign_in, measured):
    found = figures(sign_in("staff").get(ADDRESS))

    assert {row["department"] for row in found} == {"city", "roads"}


def test_a_hidden_department_is_not_there_even_for_its_own_people(sign_in, measured):
    found = figures(sign_in("neighbour").get(ADDRESS))

    assert {row["department"] for row in found} == {"city"}


def test_a_figure_says_how_sure_it_is(sign_in, measured):
    (row,) = figures(sign_in("lead").get(ADDRESS, {"department": "roads", "dimension": "skills"}))

    assert row["low"] < row["value"] < row["high"]
    assert (row["period"], row["asked"], row["answered"]) == ("2026-W47", 40, 30)
    assert (row["band"], row["is_barrier"], row["formula"]) == ("not-ready", True, 1)


@pytest.mark.parametrize(
    ("asked", "kept"),
    [
        ({"period": "2026-W47", "dimension": "overall"}, 4),
        ({"period": "2026-W46"}, 0),
        ({"initiative": "999999"}, 0),
        ({"department": "clinic"}, 0),
    ],
)
def test_filters_keep_what_was_asked_for(sign_in, measured, asked, kept):
    assert sign_in("lead").get(ADDRESS, asked).json()["count"] == kept


@pytest.mark.parametrize(
    ("asked", "named"),
    [
        ({"period": "last week"}, "period"),
        ({"initiative": "permits"}, "initiative"),
        ({"initiative": "9" * 30}, "initiative"),
        ({"snapshot__cells__value__gt": "1"}, "snapshot__cells__value__gt"),
    ],
)
def test_a_filter_that_cannot_be_read_is_named(sign_in, measured, asked, named):
    answer = sign_in("lead").get(ADDRESS, asked)

    assert answer.status_code == 400
    assert named in answer.json()


def test_nobody_reads_without_signing_in(sign_in, measured):
    assert sign_in("anonymous").get(ADDRESS).status_code == 403
