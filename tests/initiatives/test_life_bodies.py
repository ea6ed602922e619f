"""What programs may send of the life of an initiative: refusals by field, and what stays as it was."""

import json
from typing import Any
from uuid import uuid4

import pytest

from buyin.initiatives.models import (
    DataAgreement,
    Initiative,
    Milestone,
    SharedGoal,
    StageChange,
    Update,
)
from tests.factories.initiatives import (
    InitiativeFactory,
    make_change,
    make_goal,
    make_milestone,
    make_update,
)

STEP = {"start": "idea", "to": "pre-deployment", "day": "2026-11-20"}
MILESTONE = {"title": "Two desks", "due": "2026-12-01"}
NEWS = {"title": "News", "text": "Reasons are shown."}
GOAL = {
    "goal": "Two weeks",
    "departments": ["roads", "clinic"],
    "measure": "Days",
    "target": "14",
    "due": "2026-12-18",
    "state": "agreed",
}
TERMS = {"giver": "roads", "taker": "clinic", "shared": "A", "purpose": "B", "state": "asked"}
BODIES: dict[str, dict[str, Any]] = {
    "stages": STEP,
    "milestones": MILESTONE,
    "updates": {"form": "0d3c7a52-3f0f-4c1e-8a0e-9a2f5f6b7c11", **NEWS},
    "goals": GOAL,
    "agreements": TERMS,
}
MODELS = (StageChange, Milestone, Update, SharedGoal, DataAgreement)


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


def rows():
    return sum(model.objects.count() for model in MODELS)


# Whoever may not, and what is no body


@pytest.mark.parametrize("part", BODIES)
@pytest.mark.parametrize("persona", ["staff", "coordinator", "executive", "neighbour"])
def test_a_whole_body_of_somebody_who_may_not_write_is_not_there(sign_in, ours, part, persona):
    answer = send(sign_in(persona), at(ours, part), BODIES[part])

    assert (answer.status_code, rows()) == (404, 0)


@pytest.mark.parametrize("part", BODIES)
def test_without_an_account_nothing_is_read_or_written(sign_in, ours, part):
    client = sign_in("anonymous")

    for answer in (client.get(at(ours, part)), send(client, at(ours, part), BODIES[part])):
        assert answer.status_code in {401, 403}
    assert rows() == 0


@pytest.mark.parametrize("part", BODIES)
def test_the_own_lead_writes_each_part(sign_in, ours, cast, part):
    Initiative.objects.update(lead=cast.staff)

    answer = send(sign_in("staff"), at(ours, part), BODIES[part])

    assert (answer.status_code, rows()) == (201, 1)
    [read] = sign_in("coordinator").get(at(ours, part)).json()["results"]
    assert answer.json() == read


@pytest.mark.parametrize("part", BODIES)
@pytest.mark.parametrize("body", [[], "text", None, {}, {"unknown": 1}])
def test_what_is_no_body_is_refused(sign_in, ours, part, body):
    answer = send(sign_in("lead"), at(ours, part), body)

    assert (answer.status_code, rows()) == (400, 0)


@pytest.mark.parametrize("part", BODIES)
def test_a_field_that_is_not_known_is_named(sign_in, ours, part):
    answer = send(sign_in("lead"), at(ours, part), {**BODIES[part], "planned": "2026-01-01"})

    assert (answer.status_code, list(answer.json()), rows()) == (400, ["planned"], 0)


@pytest.mark.parametrize("part", BODIES)
@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE"])
def test_whole_lists_are_neither_replaced_nor_deleted(sign_in, ours, part, method):
    answer = send(sign_in("lead"), at(ours, part), BODIES[part], method)

    assert answer.status_code == 405


# Field by field


@pytest.mark.parametrize(
    ("part", "changed", "field"),
    [
        ("stages", {"day": "2026-02-30"}, "day"),
        ("stages", {"note": "x" * 1001}, "note"),
        ("stages", {"confirmed": ["moon"]}, "confirmed"),
        ("milestones", {"title": " "}, "title"),
        ("milestones", {"title": "x" * 201}, "title"),
        ("milestones", {"percent": 101}, "percent"),
        ("milestones", {"percent": -1}, "percent"),
        ("milestones", {"steps": 0}, "steps"),
        ("milestones", {"steps_done": 2}, "detail"),
        ("milestones", {"done_on": "2026-11-21"}, "done_on"),
        ("milestones", {"done_on": "2026-11-20", "is_given_up": True}, "detail"),
        ("updates", {"form": "1"}, "form"),
        ("updates", {"title": "x" * 151}, "title"),
        ("updates", {"text": "x" * 4001}, "text"),
        ("updates", {"text": " "}, "text"),
        ("goals", {"state": "won"}, "state"),
        ("goals", {"departments": []}, "departments"),
        ("goals", {"departments": ["roads", "roads"]}, "departments"),
        ("goals", {"due": ""}, "due"),
        ("agreements", {"state": "signed"}, "detail"),
        ("agreements", {"signed_on": "2026-11-21"}, "signed_on"),
        ("agreements", {"signed_on": "2026-11-02", "expires_on": "2026-11-01"}, "detail"),
        ("agreements", {"taker": "moon"}, "taker"),
        ("agreements", {"shared": "x" * 301}, "shared"),
    ],
)
def test_what_does_not_hold_is_refused_at_its_field(sign_in, ours, part, changed, field):
    answer = send(sign_in("lead"), at(ours, part), BODIES[part] | changed)

    assert (answer.status_code, list(answer.json()), rows()) == (400, [field], 0)


@pytest.mark.parametrize("part", BODIES)
def test_each_field_that_is_demanded_is_named_when_it_is_missing(sign_in, ours, part):
    for name in BODIES[part]:
        body = {key: value for key, value in BODIES[part].items() if key != name}
        answer = send(sign_in("lead"), at(ours, part), body)
        assert (answer.status_code, list(answer.json())) == (400, [name])
    assert rows() == 0


# Stages


def test_a_step_back_needs_a_note_and_keeps_it(sign_in, ours):
    Initiative.objects.update(stage="pilot")
    client, body = sign_in("lead"), STEP | {"start": "pilot", "to": "idea"}

    refused = send(client, at(ours, "stages"), body)
    made = send(client, at(ours, "stages"), body | {"note": "No money."})

    assert refused.json() == {"note": ["Say why it goes back."]}
    assert (made.json()["from_stage"], made.json()["note"]) == ("pilot", "No money.")
    assert made.json()["unmet"] == []


def test_two_programs_that_saw_the_same_stage_move_it_once(sign_in, ours):
    client = sign_in("lead")

    answers = [send(client, at(ours, "stages"), STEP) for _ in range(2)]

    assert [one.status_code for one in answers] == [201, 400]
    assert "Somebody else has moved it meanwhile." in answers[1].json()["detail"][0]
    assert StageChange.objects.count() == 1


# Milestones


def test_what_a_program_leaves_out_is_nothing_done(sign_in, ours):
    made = send(sign_in("lead"), at(ours, "milestones"), MILESTONE | {"steps": None}).json()

    assert (made["percent"], made["steps"], made["steps_done"]) == (0, None, 0)
    assert (made["done_on"], made["is_given_up"], made["note"]) == (None, False, "")
    assert made["planned"] == made["due"]


def test_a_milestone_is_reached_and_opened_again(sign_in, ours):
    row = make_milestone(ours, due="2026-12-01")
    client, address = sign_in("lead"), f"{at(ours, 'milestones')}{row.pk}/"

    reached = send(client, address, MILESTONE | {"done_on": "2026-11-20"}, "PUT")
    opened = send(client, address, MILESTONE | {"done_on": None}, "PUT")

    assert (reached.json()["progress"], reached.json()["done_on"]) == (100, "2026-11-20")
    assert (opened.json()["progress"], opened.json()["done_on"]) == (0, None)


def test_a_milestone_of_another_initiative_is_not_there(sign_in, ours):
    other = make_milestone(InitiativeFactory(), due="2026-12-01")
    address = f"{at(ours, 'milestones')}{other.pk}/"

    assert send(sign_in("lead"), address, MILESTONE, "PUT").status_code == 404
    assert send(sign_in("lead"), address, MILESTONE, "PATCH").status_code == 405
    other.refresh_from_db()
    assert other.title == "All desks work with it"


# Updates


def test_a_form_of_another_initiative_tells_nothing_here(sign_in, ours):
    told = make_update(InitiativeFactory())

    answer = send(sign_in("lead"), at(ours, "updates"), {"form": str(told.made_by_form), **NEWS})

    assert answer.status_code == 400
    assert list(Update.objects.all()) == [told]


def test_the_second_time_answers_with_what_was_told_first(sign_in, ours):
    client, form = sign_in("lead"), str(uuid4())

    send(client, at(ours, "updates"), {"form": form, **NEWS})
    again = send(client, at(ours, "updates"), {"form": form, "title": "Other", "text": "Other."})

    assert again.json()["title"] == "News"
    assert Update.objects.get().text == "Reasons are shown."


# Lists


@pytest.mark.parametrize(
    ("part", "name", "found"),
    [
        ("stages", "day", ["2026-03-01", "2026-02-01", "2026-01-01"]),
        ("milestones", "due", ["2026-01-01", "2026-02-01", "2026-03-01"]),
        ("updates", "title", ["Month 3", "Month 2", "Month 1"]),
        ("goals", "due", ["2026-01-01", "2026-02-01", "2026-03-01"]),
    ],
)
def test_each_list_has_its_order(sign_in, ours, cast, part, name, found):
    for month in (2, 3, 1):
        day = f"2026-0{month}-01"
        make_change(ours, "", "idea", day=day)
        make_milestone(ours, due=day)
        make_update(ours, f"Month {month}", made_at=f"{day}T10:00Z")
        make_goal(ours, cast.roads, cast.parks, due=day)
    make_milestone(InitiativeFactory(), due="2026-01-01")

    results = sign_in("staff").get(at(ours, part)).json()["results"]

    assert [one[name] for one in results] == found


def test_a_change_by_somebody_who_left_names_nobody(sign_in, ours, cast):
    make_change(ours, "", "idea", day="2026-01-01", by=cast.trainer)
    make_update(ours, by=cast.trainer)
    cast.trainer.delete()

    for part in ("stages", "updates"):
        [row] = sign_in("staff").get(at(ours, part)).json()["results"]
        assert row["by"] is None
