"""For programs: who is missing, the evidence beside levels, and who had much contact."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.factories.initiatives import InitiativeFactory
from tests.factories.people_on_board import make_met, make_on_board
from tests.factories.stakeholders import StakeholderFactory, make_assessed

API = "/api/v1/"


def ago(days):
    return timezone.localdate() - timedelta(days=days)


@pytest.fixture
def ours(cast):
    return make_on_board(cast.roads, without=["union", "representative"], name="Pothole finder")


@pytest.fixture
def rob(cast):
    """A stakeholder of Roads who leads and of whom nobody has heard for long."""
    who = StakeholderFactory(name="Rob Roads", department=cast.roads)
    make_assessed(
        stakeholder=who, initiative=InitiativeFactory(departments=[cast.roads]), on=ago(300),
        current=4,
    )  # fmt: skip
    return who


def test_programs_read_who_is_missing(sign_in, ours):
    (row,) = sign_in("lead").get(f"{API}representation/").json()["results"]

    assert row == {
        "initiative": ours.pk,
        "name": "Pothole finder",
        "stage": "pilot",
        "has_accountable": True,
        "has_champion": True,
        "sponsors": 2,
        "missing": [
            {"code": "union", "text": "A union", "department": None},
            {
                "code": "representative",
                "text": "A representative of Roads",
                "department": "roads",
            },
        ],
    }


@pytest.mark.parametrize(
    ("asked", "count"), [("stage=pilot", 1), ("stage=idea", 0), ("initiative=100000", 0)]
)
def test_who_is_missing_is_cut(sign_in, ours, asked, count):
    assert sign_in("lead").get(f"{API}representation/?{asked}").json()["count"] == count


def test_one_initiative_is_asked_for_by_its_number(sign_in, ours):
    make_on_board(*ours.departments.all())
    found = sign_in("lead").get(f"{API}representation/?initiative={ours.pk}").json()

    assert [one["initiative"] for one in found["results"]] == [ours.pk]


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("representation/?stage=luck", "stage"), ("representation/?initiative=x", "initiative"),
        ("representation/?luck=1", "luck"), ("disagreements/?initiative=x", "initiative"),
        ("disagreements/?luck=1", "luck"), ("contact/?luck=1", "luck"),
    ],
)  # fmt: skip
def test_a_filter_that_cannot_be_read_is_refused_by_its_name(sign_in, address, name):
    answer = sign_in("lead").get(f"{API}{address}")

    assert (answer.status_code, list(answer.json())) == (400, [name])


@pytest.mark.parametrize("day", ["yesterday", "2026-13-01", ""])
def test_a_day_that_is_none_is_refused(sign_in, rob, day):
    answer = sign_in("lead").get(f"{API}stakeholders/{rob.pk}/evidence/?day={day}")

    assert (answer.status_code, list(answer.json())) == (400, ["day"])


def test_programs_read_the_evidence_beside_each_level(sign_in, rob):
    initiative = rob.interests.get().initiative
    make_met(rob, initiative=initiative, day=ago(213), sentiment=1)
    lead = sign_in("lead")

    (row,) = lead.get(f"{API}stakeholders/{rob.pk}/evidence/").json()["results"]
    (then,) = lead.get(f"{API}stakeholders/{rob.pk}/evidence/?day={ago(250)}").json()["results"]
    (ahead,) = lead.get(f"{API}stakeholders/{rob.pk}/evidence/?day={ago(-9)}").json()["results"]

    assert row == ahead == {
        "initiative": initiative.pk, "level": "leading", "assessed_on": str(ago(300)),
        "engagements": 1, "last_engagement": str(ago(213)), "confidential": 0, "trend": 0,
        "points_open": 0, "points_done": 0, "promised": 0, "kept": 0, "late": 0, "parts": [],
        "told": [], "against": [{"clash": "quiet", "number": 7}],
    }  # fmt: skip
    assert (then["engagements"], then["last_engagement"], then["against"]) == (0, None, [])


def test_programs_read_where_level_and_evidence_disagree(sign_in, rob):
    (row,) = sign_in("lead").get(f"{API}disagreements/").json()["results"]

    assert row == {
        "stakeholder": rob.pk,
        "name": "Rob Roads",
        "initiative": rob.interests.get().initiative_id,
        "level": "leading",
        "assessed_on": str(ago(300)),
        "suggestion": "Assessed as “Leading”, but since then: no contact for 10 months",
        "against": [{"clash": "quiet", "number": 10}],
    }
    cut = sign_in("lead").get(f"{API}disagreements/?initiative=100000").json()
    assert cut["count"] == 0


def test_programs_read_who_had_much_contact(sign_in, rob):
    for days in range(4):
        make_met(rob, day=ago(days))

    assert sign_in("lead").get(f"{API}contact/").json()["results"] == [
        {"stakeholder": rob.pk, "name": "Rob Roads", "surveys": 0, "mails": 0, "meetings": 4}
    ]


@pytest.mark.parametrize(
    ("who", "counts"),
    [("executive", (2, 1, 1)), ("coordinator", (2, 1, 1)), ("staff", (0, 0, 0)),
     ("neighbour", (0, 0, 0))],
)  # fmt: skip
def test_programs_read_what_their_person_may_read(sign_in, ours, rob, who, counts):
    for days in range(4):
        make_met(rob, day=ago(200 + days))
        make_met(rob, day=ago(days), initiative=ours)
    client = sign_in(who)
    lists = ("representation", "disagreements", "contact")

    found = tuple(client.get(f"{API}{name}/").json()["count"] for name in lists)
    assert found == counts
    status = 200 if counts[0] else 404
    assert client.get(f"{API}stakeholders/{rob.pk}/evidence/").status_code == status


def test_programs_of_who_leads_an_initiative_read_of_that_one_who_is_missing(sign_in, cast, ours):
    led = make_on_board(cast.parks, name="Sign finder", lead=cast.staff)

    found = sign_in("staff").get(f"{API}representation/").json()
    assert [one["initiative"] for one in found["results"]] == [led.pk]


def test_nobody_reads_what_is_noted_beside_their_own_level(sign_in, cast, rob):
    rob.person.user = cast.neighbour
    rob.person.save()

    found = sign_in("neighbour").get(f"{API}stakeholders/{rob.pk}/evidence/").json()
    assert found["results"] == []


@pytest.mark.parametrize("count", [1, 3])
def test_lists_need_as_many_queries_for_many_as_for_one(
    sign_in, cast, django_assert_num_queries, count
):
    for _ in range(count):
        make_on_board(cast.roads, without=["union"])
    lead = sign_in("lead")

    with django_assert_num_queries(9):
        lead.get(f"{API}representation/")
