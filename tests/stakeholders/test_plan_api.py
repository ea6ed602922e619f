"""The engagement plan for programs: the same as on the pages, for the same people, by the same rules."""

from uuid import uuid4

import pytest

from buyin.stakeholders.models import Assessment, Engagement, PlannedActivity
from tests.factories.initiatives import InitiativeFactory
from tests.factories.plan import in_days, make_activity, make_gap
from tests.factories.stakeholders import StakeholderFactory

API = "/api/v1/planned-activities/"
JSON = "application/json"


@pytest.fixture
def ours(cast):
    return InitiativeFactory(name="Pothole finder", departments=[cast.roads])


@pytest.fixture
def gap(cast, ours):
    return make_gap(ours, cast.roads, name="Bo Budget", power=5, interest=5)


@pytest.fixture
def planned(cast, gap):
    return make_activity(gap.stakeholder, owner=cast.staff, initiative=gap.initiative)


def body(gap, **changed):
    return {
        "form": str(uuid4()), "stakeholders": [gap.stakeholder_id], "kind": "meeting",
        "initiative": gap.initiative_id, "purpose": "Hear them out", "cadence": None,
        "owner": "staff@fairhaven.example", "due_on": str(in_days(4)),
    } | changed  # fmt: skip


def closing(**changed):
    return {"form": str(uuid4()), "summary": "They want a trial first."} | changed


def post(client, path, sent):
    return client.post(f"{API}{path}", sent, JSON)


# Reading


def test_programs_read_an_activity_as_the_list_has_it(sign_in, cast, planned, gap):
    lead = sign_in("lead")
    (row,) = lead.get(API).json()["results"]

    assert row == lead.get(f"{API}{planned.pk}/").json() == {
        "id": planned.pk, "stakeholders": [gap.stakeholder_id], "initiative": gap.initiative_id,
        "kind": "meeting", "purpose": planned.purpose, "owner": "Staff Persona",
        "owner_email": "staff@fairhaven.example",
        "due_on": str(planned.due_on), "cadence": None, "state": "planned", "is_overdue": False,
        "closed_on": None, "dropped_why": "", "engagement": None, "springs_from": None,
        "follows": None, "seen": row["seen"],
    }  # fmt: skip


@pytest.mark.parametrize(
    ("who", "count"), [("executive", 1), ("coordinator", 1), ("staff", 1), ("neighbour", 0)]
)
def test_programs_read_what_their_person_may_read(sign_in, planned, who, count):
    assert sign_in(who).get(API).json()["count"] == count
    assert sign_in(who).get(f"{API}{planned.pk}/").status_code == (200 if count else 404)


@pytest.mark.parametrize(
    ("asked", "found"),
    [("stands=open", 1), ("stands=done", 0), ("kind=meeting", 1), ("kind=call", 0), ("", 1),
     ("initiative=100000", 0), ("owner=me", 0)],
)  # fmt: skip
def test_the_list_is_cut(sign_in, planned, asked, found):
    assert sign_in("lead").get(f"{API}?{asked}").json()["count"] == found


@pytest.mark.parametrize("asked", ["stands=never", "kind=x", "initiative=x", "owner=1"])
def test_a_filter_that_cannot_be_read_is_refused_by_its_name(sign_in, asked):
    answer = sign_in("lead").get(f"{API}?{asked}")

    assert (answer.status_code, list(answer.json())) == (400, [asked.partition("=")[0]])


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_needs_as_many_queries_for_many_as_for_one(
    sign_in, cast, ours, django_assert_num_queries, count
):
    for _ in range(count):
        make_activity(StakeholderFactory(), owner=cast.staff, initiative=ours)
    lead = sign_in("lead")

    with django_assert_num_queries(4):
        lead.get(API)


# Planning


def test_a_program_plans_once_for_each_form(sign_in, cast, gap):
    coordinator, sent = sign_in("coordinator"), body(gap, cadence=30)

    first, again = (post(coordinator, "", sent) for _ in range(2))

    made = PlannedActivity.objects.get()
    assert (first.status_code, first.json()) == (again.status_code, again.json())
    assert first.status_code == 201
    assert (made.owner, made.cadence, made.initiative, list(made.stakeholders.all())) == (
        cast.staff, 30, gap.initiative, [gap.stakeholder],
    )  # fmt: skip


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"stakeholders": []}, "stakeholders"), ({"stakeholders": [999_999]}, "stakeholders"),
        ({"stakeholders": "x"}, "stakeholders"), ({"initiative": 999_999}, "initiative"),
        ({"owner": "nobody@elsewhere.example"}, "owner"), ({"due_on": "2020-01-01"}, "due_on"),
        ({"purpose": ""}, "purpose"), ({"kind": "séance"}, "kind"), ({"cadence": 3}, "cadence"),
        ({"form": "x"}, "form"), ({"state": "done"}, "state"),
    ],
)  # fmt: skip
def test_what_does_not_hold_is_refused_by_its_name(sign_in, gap, changed, field):
    answer = post(sign_in("lead"), "", body(gap, **changed))

    assert (answer.status_code, list(answer.json())) == (400, [field])
    assert not PlannedActivity.objects.exists()


def test_nobody_plans_with_stakeholders_of_others(sign_in, cast, ours, gap):
    theirs = make_gap(ours, cast.clinic)

    for who, sent in (
        ("coordinator", body(theirs)),
        ("staff", body(gap)),
        ("executive", body(gap)),
    ):
        assert list(post(sign_in(who), "", sent).json()) == ["stakeholders"]
    assert not PlannedActivity.objects.exists()


# Closing and dropping


def test_a_program_says_what_happened_and_how_they_stand_now(sign_in, cast, planned, gap):
    levels = [{"stakeholder": gap.stakeholder_id, "level": "supportive"}]
    coordinator, sent = sign_in("coordinator"), closing(levels=levels, why="Offered two people")

    first, again = (post(coordinator, f"{planned.pk}/close/", sent) for _ in range(2))

    noted = Engagement.objects.get()
    assert first.status_code == again.status_code == 200
    assert first.json() == again.json()
    assert (first.json()["state"], first.json()["engagement"]) == ("done", noted.pk)
    assert (noted.kind, noted.day, list(noted.participants.all())) == (
        "meeting", in_days(0), [gap.stakeholder],
    )  # fmt: skip
    assert (Assessment.objects.get().current, Assessment.objects.get().desired) == (3, 3)


@pytest.mark.parametrize(("goes_on", "count"), [({}, 2), ({"goes_on": False}, 1)])
def test_a_series_goes_on_unless_the_program_says_otherwise(sign_in, cast, goes_on, count):
    made = make_activity(owner=cast.staff, cadence=30)

    assert post(sign_in("staff"), f"{made.pk}/close/", closing(**goes_on)).status_code == 200

    assert PlannedActivity.objects.count() == count


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"summary": ""}, "summary"), ({"participants": []}, "participants"),
        ({"day": "2099-01-01"}, "day"), ({"engagement": 999_999}, "engagement"),
        ({"levels": [{"stakeholder": 999_999, "level": "neutral"}]}, "levels"),
        ({"sentiment": 5}, "sentiment"), ({"tea": 1}, "tea"),
    ],
)  # fmt: skip
def test_what_does_not_hold_closes_nothing(sign_in, planned, sent, field):
    answer = post(sign_in("lead"), f"{planned.pk}/close/", closing(**sent))

    assert (answer.status_code, list(answer.json())) == (400, [field])
    assert PlannedActivity.objects.get().is_open


def test_a_program_drops_with_a_reason_and_what_is_closed_answers_409(sign_in, planned):
    staff = sign_in("staff")

    assert list(post(staff, f"{planned.pk}/drop/", {}).json()) == ["why"]
    assert post(staff, f"{planned.pk}/drop/", {"why": "They left"}).json()["state"] == "dropped"
    assert post(staff, f"{planned.pk}/drop/", {"why": "They left"}).status_code == 200
    for path, sent in (("drop/", {"why": "No time"}), ("close/", closing())):
        answer = post(sign_in("lead"), f"{planned.pk}/{path}", sent)
        assert answer.status_code == 409
        assert "Staff Persona has closed this already" in answer.json()["detail"]


@pytest.mark.parametrize("who", ["neighbour", "executive"])
def test_nobody_else_closes_or_drops(sign_in, planned, who):
    client = sign_in(who)

    assert post(client, f"{planned.pk}/close/", closing()).status_code == 404
    assert post(client, f"{planned.pk}/drop/", {"why": "-"}).status_code == 404
    assert PlannedActivity.objects.get().is_open
