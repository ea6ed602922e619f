"""The life of an initiative for programs: the same rights and rules as on the pages."""

import json
from uuid import uuid4

import pytest

from buyin.initiatives.models import DataAgreement, Milestone, SharedGoal, StageChange, Update
from tests.factories.initiatives import (
    InitiativeFactory,
    make_agreement,
    make_change,
    make_goal,
    make_milestone,
    make_update,
)

PARTS = ("stages", "milestones", "updates", "goals", "agreements")


@pytest.fixture(autouse=True)
def _today(time_machine):
    time_machine.move_to("2026-11-20 10:00Z", tick=False)


@pytest.fixture
def ours(cast):
    return InitiativeFactory(
        name="Pothole finder", summary="Finds.", lead=cast.lead, departments=[cast.roads]
    )


def at(initiative, part):
    return f"/api/v1/initiatives/{initiative.pk}/{part}/"


def send(client, address, body, method="POST"):
    return client.generic(method, address, json.dumps(body), content_type="application/json")


@pytest.fixture
def full(ours, cast):
    make_change(ours, "", "idea", day="2026-01-05", by=cast.lead, unmet=["lead"])
    make_milestone(ours, due="2026-12-01", steps=4, steps_done=1)
    make_update(ours, by=cast.lead)
    make_goal(ours, cast.roads, cast.clinic)
    make_agreement(ours, cast.roads, cast.clinic)
    return ours


def test_whoever_may_open_the_initiative_reads_its_life(sign_in, full):
    client = sign_in("staff")

    rows = {part: client.get(at(full, part)).json()["results"][0] for part in PARTS}

    assert (rows["stages"]["to_stage"], rows["stages"]["unmet"]) == ("idea", ["lead"])
    assert (rows["milestones"]["progress"], rows["milestones"]["due"]) == (25, "2026-12-01")
    assert (rows["updates"]["title"], rows["updates"]["by"]) == ("It began", "Lead Persona")
    assert set(rows["goals"]["departments"]) == {"roads", "clinic"}
    assert (rows["agreements"]["giver"], rows["agreements"]["taker"]) == ("roads", "clinic")


@pytest.mark.parametrize("part", PARTS)
def test_to_everybody_else_it_is_not_there(sign_in, full, part):
    assert sign_in("neighbour").get(at(full, part)).status_code == 404
    assert send(sign_in("staff"), at(full, part), {}).status_code == 404


def test_a_step_is_made_as_on_the_page(sign_in, ours):
    body = {"start": "idea", "to": "pre-deployment", "day": "2026-11-20"}

    answer = send(sign_in("lead"), at(ours, "stages"), body)

    assert answer.status_code == 201
    assert answer.json()["by"] == "Lead Persona"
    ours.refresh_from_db()
    assert ours.stage == "pre-deployment"


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"to": "pilot"}, "note"),
        ({"to": "idea"}, "detail"),
        ({"start": "pilot"}, "detail"),
        ({"day": "2026-11-21"}, "day"),
        ({"to": "launched"}, "to"),
        ({"why": "x"}, "why"),
    ],
)
def test_a_step_that_does_not_hold_is_refused_by_field(sign_in, ours, changed, field):
    body = {"start": "idea", "to": "pre-deployment", "day": "2026-11-20"} | changed

    answer = send(sign_in("lead"), at(ours, "stages"), body)

    assert answer.status_code == 400
    assert field in answer.json()
    assert not StageChange.objects.exists()


def test_what_a_program_answers_for_counts_only_where_the_portal_cannot(sign_in, ours):
    body = {
        "start": "idea",
        "to": "pilot",
        "day": "2026-11-20",
        "note": "Spring.",
        "confirmed": ["record", "people-asked"],
    }

    answer = send(sign_in("lead"), at(ours, "stages"), body)

    assert set(answer.json()["unmet"]) == {"people-asked", "milestones", "record"}


def test_milestones_are_added_and_brought_forward(sign_in, ours):
    client = sign_in("lead")
    made = send(client, at(ours, "milestones"), {"title": "Two desks", "due": "2026-12-01"})
    assert made.status_code == 201
    address = f"{at(ours, 'milestones')}{made.json()['id']}/"

    body = {"title": "Two desks", "due": "2026-12-09", "steps": 2, "steps_done": 1}
    changed = send(client, address, body, "PUT")

    assert changed.json()["progress"] == 50
    assert changed.json()["planned"] == "2026-12-01"
    assert send(sign_in("staff"), address, body, "PUT").status_code == 404
    refused = send(client, address, body | {"steps_done": 3}, "PUT")
    assert refused.status_code == 400
    assert Milestone.objects.get().steps_done == 1


def test_an_update_is_told_once(sign_in, ours):
    body = {"form": str(uuid4()), "title": "News", "text": "Reasons are shown."}

    answers = [send(sign_in("lead"), at(ours, "updates"), body) for _ in range(2)]

    assert [one.status_code for one in answers] == [201, 201]
    assert answers[0].json() == answers[1].json()
    assert Update.objects.count() == 1


def test_goals_and_agreements_name_departments_by_code(sign_in, ours):
    client = sign_in("lead")
    goal = {
        "goal": "Two weeks",
        "departments": ["roads", "clinic"],
        "measure": "Days",
        "target": "14",
        "due": "2026-12-18",
        "state": "agreed",
    }
    terms = {"giver": "roads", "taker": "clinic", "shared": "A", "purpose": "B", "state": "asked"}

    assert send(client, at(ours, "goals"), goal).json()["departments"] == ["clinic", "roads"]
    assert send(client, at(ours, "agreements"), terms).json()["giver"] == "roads"

    for part, body, field in (
        ("goals", goal | {"departments": ["roads", "moon"]}, "departments"),
        ("goals", goal | {"departments": ["roads"]}, "departments"),
        ("agreements", terms | {"giver": "moon"}, "giver"),
        ("agreements", terms | {"taker": "roads"}, "detail"),
    ):
        answer = send(client, at(ours, part), body)
        assert (answer.status_code, list(answer.json())) == (400, [field])
    assert (SharedGoal.objects.count(), DataAgreement.objects.count()) == (1, 1)


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("count", [1, 3])
def test_lists_need_as_many_queries_for_many_as_for_one(
    sign_in, ours, cast, django_assert_max_num_queries, part, count
):
    client = sign_in("lead")
    for _ in range(count):
        make_change(ours, "", "idea", day="2026-01-05", by=cast.lead)
        make_milestone(ours, due="2026-12-01")
        make_update(ours, by=cast.lead)
        make_goal(ours, cast.roads, cast.clinic)
        make_agreement(ours, cast.roads, cast.clinic)

    with django_assert_max_num_queries(6):
        client.get(at(ours, part))
