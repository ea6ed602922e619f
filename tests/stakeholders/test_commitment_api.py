"""Commitments for programs: the same as on the pages, for the same people."""

import pytest

from tests.factories.commitments import make_commitment, make_giver
from tests.factories.initiatives import InitiativeFactory

API = "/api/v1/commitments/"


@pytest.fixture
def asked(cast):
    ours = InitiativeFactory(name="Pothole finder", departments=[cast.roads])
    giver = make_giver(cast.executive, ours)
    return make_commitment(initiative=ours, stakeholder=giver, entries=[("pledged", 40_000)])


def test_programs_read_a_commitment_with_every_step(sign_in, asked):
    (row,) = sign_in("lead").get(API).json()["results"]
    found = sign_in("lead").get(f"{API}{asked.pk}/").json()

    assert row == {name: value for name, value in found.items() if name != "entries"}
    assert (row["giver"], row["stage"], row["pledged"]) == ("Executive Persona", "pledged", 40_000)
    assert [(one["step"], one["amount"]) for one in found["entries"]] == [
        ("pledged", 40_000), ("requested", 40_000),
    ]  # fmt: skip


@pytest.mark.parametrize(("who", "count"), [("executive", 1), ("staff", 0), ("coordinator", 0)])
def test_programs_read_what_their_person_may_read(sign_in, asked, who, count):
    assert sign_in(who).get(API).json()["count"] == count
    assert sign_in(who).get(f"{API}{asked.pk}/").status_code == (200 if count else 404)


@pytest.mark.parametrize(
    ("asked_for", "found"),
    [("kind=funding", 1), ("kind=data", 0), ("stands=waiting", 0), ("initiative=100000", 0)],
)
def test_lists_are_cut(sign_in, asked, asked_for, found):
    assert sign_in("lead").get(f"{API}?{asked_for}").json()["count"] == found


@pytest.mark.parametrize("asked_for", ["kind=luck", "stands=", "initiative=x", "giver=1"])
def test_a_filter_that_cannot_be_read_is_refused_by_its_name(sign_in, asked_for):
    answer = sign_in("lead").get(f"{API}?{asked_for}")

    assert (answer.status_code, list(answer.json())) == (400, [asked_for.partition("=")[0]])


@pytest.mark.parametrize("count", [1, 3])
def test_a_list_needs_as_many_queries_for_many_as_for_one(
    sign_in, asked, django_assert_num_queries, count
):
    for _ in range(count):
        make_commitment(initiative=asked.initiative)
    lead = sign_in("lead")

    with django_assert_num_queries(3):
        lead.get(API)
