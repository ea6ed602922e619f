"""The log of engagements for programs: the same as on the pages, for the same people, noted once."""

from datetime import date
from typing import Any
from uuid import uuid4

import pytest

from buyin.stakeholders.actions import Point, note_engagement
from buyin.stakeholders.models import DiscussionPoint, Engagement, PlannedActivity
from tests.factories.initiatives import InitiativeFactory
from tests.factories.plan import in_days
from tests.factories.stakeholders import StakeholderFactory

API = "/api/v1/"
LOG = f"{API}engagements/"
JSON = "application/json"


@pytest.fixture
def union(cast):
    return StakeholderFactory(name="Union of clerks", department=cast.roads)


@pytest.fixture
def ours(cast):
    return InitiativeFactory(name="Pothole finder", departments=[cast.roads])


@pytest.fixture
def call(cast, union, ours):
    return noted(cast.coordinator, union, initiative=ours, points=[Point("Send the plan")])


def noted(by, *who, points=(), **said):
    usual: dict[str, Any] = {
        "kind": "call",
        "day": date(2026, 9, 30),
        "summary": "They want a trial first.",
    }
    return note_engagement(actor=by, participants=who, points=points, **(usual | said))


def body(*who, **changed):
    return {
        "form": str(uuid4()), "kind": "workshop", "day": "2026-10-01", "summary": "All went well.",
        "participants": [one.pk for one in who],
    } | changed  # fmt: skip


def post(client, sent, address=LOG):
    return client.post(address, sent, JSON)


# Reading


def test_programs_read_an_engagement_as_the_log_has_it(sign_in, cast, call, union, ours):
    lead = sign_in("lead")
    (row,) = lead.get(LOG).json()["results"]

    point = call.points.get()
    assert row == lead.get(f"{LOG}{call.pk}/").json() == {
        "id": call.pk, "kind": "call", "day": "2026-09-30", "initiative": ours.pk,
        "participants": [union.pk], "summary": "They want a trial first.", "sentiment": None,
        "is_confidential": False, "follow_ups": [], "entered_by": "Coordinator Persona",
        "entered_at": row["entered_at"],
        "points": [{
            "id": point.pk, "engagement": call.pk, "text": "Send the plan", "owner": None,
            "due_on": None, "done_on": None, "is_late": False,
        }],
    }  # fmt: skip


@pytest.mark.parametrize(
    ("who", "count"), [("coordinator", 1), ("executive", 1), ("staff", 0), ("neighbour", 0)]
)
def test_programs_read_what_their_person_may_read(sign_in, call, who, count):
    assert sign_in(who).get(LOG).json()["count"] == count
    assert sign_in(who).get(f"{LOG}{call.pk}/").status_code == (200 if count else 404)


@pytest.mark.parametrize(("who", "count"), [("lead", 1), ("coordinator", 0), ("executive", 0)])
def test_what_is_confidential_is_not_for_everybody(sign_in, cast, union, who, count):
    noted(cast.lead, union, is_confidential=True)

    assert sign_in(who).get(LOG).json()["count"] == count


@pytest.mark.parametrize(
    ("asked", "found"),
    [("kind=call", 1), ("kind=mail", 0), ("search=TRIAL", 1), ("search=clerks", 1),
     ("search=tea", 0), ("search=", 1), ("initiative=100000", 0), ("stakeholder=100000", 0)],
)  # fmt: skip
def test_the_log_is_cut(sign_in, call, asked, found):
    assert sign_in("lead").get(f"{LOG}?{asked}").json()["count"] == found


def test_the_log_of_one_stakeholder_comes_the_newest_first(sign_in, cast, call, union):
    newer = noted(cast.lead, union, day=date(2026, 10, 9))
    noted(cast.lead, StakeholderFactory())

    found = sign_in("lead").get(f"{LOG}?stakeholder={union.pk}").json()["results"]

    assert [one["id"] for one in found] == [newer.pk, call.pk]


@pytest.mark.parametrize(
    "asked",
    ["kind=x", "initiative=x", "stakeholder=x", "stakeholder=", "search=%E2%80%AE", "owner=1",
     f"search={'x' * 101}"],
)  # fmt: skip
def test_a_filter_that_cannot_be_read_is_refused_by_its_name(sign_in, asked):
    answer = sign_in("lead").get(f"{LOG}?{asked}")

    assert (answer.status_code, list(answer.json())) == (400, [asked.partition("=")[0]])


@pytest.mark.parametrize("count", [1, 3])
def test_the_log_needs_as_many_queries_for_many_as_for_one(
    sign_in, cast, union, django_assert_num_queries, count
):
    for _ in range(count):
        noted(cast.lead, union, points=[Point("Ask", cast.staff)], follow_up_on=in_days(3))
    lead = sign_in("lead")

    with django_assert_num_queries(6):
        lead.get(LOG)


# Noting


def test_a_program_notes_once_what_was_said_and_what_comes_of_it(sign_in, cast, union, ours):
    points = [
        {"text": "Send the plan", "owner": cast.staff.email, "due_on": str(in_days(3))},
        {"text": "They like the map"},
    ]
    sent = body(union, initiative=ours.pk, sentiment=-1, points=points, is_confidential=True,
                follow_up_on=str(in_days(14)))  # fmt: skip
    coordinator = sign_in("coordinator")

    first, again = (post(coordinator, sent) for _sent in range(2))

    made, follow_up = Engagement.objects.get(), PlannedActivity.objects.get()
    assert (first.status_code, first.json()) == (again.status_code, again.json())
    assert first.json() == coordinator.get(f"{LOG}{made.pk}/").json()
    assert (made.kind, made.initiative, made.sentiment, made.entered_by, made.is_confidential) == (
        "workshop", ours, -1, cast.coordinator, True,
    )  # fmt: skip
    assert list(made.participants.all()) == [union]
    assert [(one.text, one.owner, one.due_on) for one in made.points.all()] == [
        ("Send the plan", cast.staff, in_days(3)), ("They like the map", None, None),
    ]  # fmt: skip
    assert first.json()["follow_ups"] == [follow_up.pk]
    assert (follow_up.owner, follow_up.due_on, follow_up.springs_from) == (
        cast.coordinator, in_days(14), made,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"participants": []}, "participants"), ({"participants": [10**9]}, "participants"),
        ({"participants": "x"}, "participants"), ({"kind": "séance"}, "kind"),
        ({"day": "2099-01-01"}, "day"), ({"day": "today"}, "day"), ({"summary": ""}, "summary"),
        ({"summary": "x" * 4001}, "summary"), ({"initiative": 10**9}, "initiative"),
        ({"sentiment": 3}, "sentiment"), ({"follow_up_on": "2020-01-01"}, "follow_up_on"),
        ({"form": "x"}, "form"), ({"tea": 1}, "tea"), ({"points": [{"text": ""}]}, "points"),
        ({"points": [{"text": "a", "by": "b"}]}, "points"),
        ({"points": [{"text": "a"}] * 31}, "points"),
    ],
)  # fmt: skip
def test_what_does_not_hold_is_refused_by_its_name(sign_in, union, changed, field):
    answer = post(sign_in("coordinator"), body(union, **changed))

    assert (answer.status_code, list(answer.json())) == (400, [field])
    assert not Engagement.objects.exists()


def test_what_is_wrong_with_a_point_is_told_with_its_number(sign_in, union):
    points = [
        {"text": "Fine"},
        {"text": "Plan", "due_on": "2026-12-01"},
        {"text": "Ask", "owner": "nobody@elsewhere.example"},
    ]

    answer = post(sign_in("coordinator"), body(union, points=points))

    assert answer.json() == {
        "points": [
            "2: Say who takes care of it until that day.",
            "3: Nobody with an open account has this mail address.",
        ]
    }


def test_a_stakeholder_of_others_cannot_have_taken_part(sign_in, cast, union):
    stranger = StakeholderFactory(department=cast.clinic)

    answer = post(sign_in("coordinator"), body(union, stranger))

    assert list(answer.json()) == ["participants"]
    assert not Engagement.objects.exists()


@pytest.mark.parametrize("who", ["staff", "trainer", "neighbour"])
def test_who_works_with_no_stakeholders_notes_nothing(sign_in, union, who):
    assert post(sign_in(who), body(union)).status_code == 403
    assert not Engagement.objects.exists()


# What came up


def test_more_came_up_than_was_noted(sign_in, cast, call):
    address = f"{LOG}{call.pk}/points/"
    sent = {"points": [{"text": f"Point {n}", "owner": cast.staff.email} for n in range(5)]}

    answer = post(sign_in("coordinator"), sent, address)

    assert answer.status_code == 201
    assert [one["text"] for one in answer.json()["points"]] == [
        "Send the plan", *(f"Point {n}" for n in range(5)),
    ]  # fmt: skip
    assert answer.json() == sign_in("lead").get(f"{LOG}{call.pk}/").json()


@pytest.mark.parametrize("points", [[], [{"owner": "a@example.org"}], "x", None])
def test_points_that_do_not_hold_are_refused(sign_in, call, points):
    answer = post(sign_in("lead"), {"points": points}, f"{LOG}{call.pk}/points/")

    assert (answer.status_code, list(answer.json())) == (400, ["points"])
    assert DiscussionPoint.objects.count() == 1


@pytest.mark.parametrize("who", ["executive", "staff", "neighbour"])
def test_who_only_reads_adds_no_points(sign_in, call, who):
    sent = {"points": [{"text": "Mine"}]}

    assert post(sign_in(who), sent, f"{LOG}{call.pk}/points/").status_code == 404
    assert DiscussionPoint.objects.count() == 1


def test_a_point_is_done_once_and_not_done_after_all(sign_in, cast, union):
    call = noted(cast.lead, union, points=[Point("Send the plan", cast.people["neighbour"])])
    point, owner = call.points.get(), sign_in("neighbour")

    done = [post(owner, None, f"{API}points/{point.pk}/done/").json() for _sent in range(2)]
    undone = post(sign_in("lead"), None, f"{API}points/{point.pk}/undone/").json()

    assert done[0] == done[1] == undone | {"done_on": str(in_days(0))}
    assert (undone["done_on"], undone["owner"]) == (None, "Neighbour Persona")
    assert DiscussionPoint.objects.get().done_on is None


@pytest.mark.parametrize("who", ["executive", "staff", "neighbour"])
def test_nobody_else_finishes_a_point(sign_in, call, who):
    point = call.points.get()

    for word in ("done", "undone"):
        assert post(sign_in(who), None, f"{API}points/{point.pk}/{word}/").status_code == 404
    assert DiscussionPoint.objects.get().done_on is None
