"""What is planned, changed by programs: all of it, by who may, and the second of two is told."""

from uuid import uuid4

import pytest

from buyin.stakeholders.models import Engagement, PlannedActivity
from tests.factories.initiatives import InitiativeFactory
from tests.factories.plan import in_days, make_activity
from tests.factories.stakeholders import StakeholderFactory

API = "/api/v1/planned-activities/"
JSON = "application/json"


@pytest.fixture
def planned(cast):
    ours = InitiativeFactory(name="Pothole finder", departments=[cast.roads])
    union = StakeholderFactory(name="Union of clerks", department=cast.roads)
    return make_activity(union, owner=cast.staff, initiative=ours)


def seen_by(client, planned):
    return client.get(f"{API}{planned.pk}/").json()["seen"]


def change(client, planned, **changed):
    usual = {
        "seen": seen_by(client, planned), "kind": "call", "purpose": "Ask what they need",
        "owner": "staff@fairhaven.example", "due_on": str(in_days(20)), "cadence": 30,
    }  # fmt: skip
    return client.put(f"{API}{planned.pk}/", usual | changed, JSON)


def close(client, planned, **said):
    sent = {"form": str(uuid4()), "summary": "They want a trial first."} | said
    return client.post(f"{API}{planned.pk}/close/", sent, JSON)


def test_a_program_changes_what_is_planned_and_reads_it_back(sign_in, cast, planned):
    staff = sign_in("staff")
    before = staff.get(f"{API}{planned.pk}/").json()

    answer = change(staff, planned, owner="coordinator@fairhaven.example")

    found = PlannedActivity.objects.get()
    assert (found.kind, found.purpose, found.due_on, found.cadence, found.owner) == (
        "call", "Ask what they need", in_days(20), 30, cast.coordinator,
    )  # fmt: skip
    assert answer.json() == sign_in("lead").get(f"{API}{planned.pk}/").json()
    same = {"id", "stakeholders", "initiative", "state", "engagement", "springs_from", "follows"}
    assert {one: before[one] for one in same} == {one: answer.json()[one] for one in same}
    assert before["seen"] != answer.json()["seen"]


def test_what_is_left_out_is_empty_afterwards(sign_in, planned):
    lead = sign_in("lead")
    change(lead, planned, cadence=30)
    sent = {
        "seen": seen_by(lead, planned), "kind": "call", "purpose": "Once", "due_on": str(in_days(3)),
        "owner": "staff@fairhaven.example",
    }  # fmt: skip

    assert lead.put(f"{API}{planned.pk}/", sent, JSON).json()["cadence"] is None


def test_the_second_of_two_is_told_and_what_the_first_wrote_stays(sign_in, planned):
    lead, staff = sign_in("lead"), sign_in("staff")
    old = seen_by(staff, planned)
    change(lead, planned, purpose="From the lead")

    answer = change(staff, planned, seen=old, purpose="From staff")

    assert answer.status_code == 409
    assert answer.json()["detail"].startswith("This has been changed since you read it.")
    assert PlannedActivity.objects.get().purpose == "From the lead"
    assert change(staff, planned, purpose="From staff").status_code == 200


def test_the_same_sent_twice_changes_it_once_and_is_no_conflict(sign_in, planned):
    staff = sign_in("staff")
    old = seen_by(staff, planned)

    answers = [change(staff, planned, seen=old) for _sent in range(2)]

    assert [one.status_code for one in answers] == [200, 200]
    assert answers[0].json() == answers[1].json()


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"kind": "séance"}, "kind"), ({"purpose": ""}, "purpose"), ({"cadence": 3}, "cadence"),
        ({"purpose": "x" * 301}, "purpose"), ({"owner": "nobody@elsewhere.example"}, "owner"),
        ({"due_on": "2020-01-01"}, "due_on"), ({"due_on": "soon"}, "due_on"),
        ({"seen": None}, "seen"), ({"stakeholders": [1]}, "stakeholders"),
    ],
)  # fmt: skip
def test_what_does_not_hold_is_refused_by_its_name(sign_in, planned, changed, field):
    answer = change(sign_in("lead"), planned, **changed)

    assert (answer.status_code, list(answer.json())) == (400, [field])
    assert PlannedActivity.objects.get().purpose == planned.purpose


@pytest.mark.parametrize("who", ["neighbour", "executive", "trainer"])
def test_who_may_not_change_it_is_told_of_nothing(sign_in, planned, who):
    sent = {"seen": "x", "kind": "call", "purpose": "Mine", "due_on": str(in_days(3)),
            "owner": "lead@fairhaven.example"}  # fmt: skip

    answer = sign_in(who).put(f"{API}{planned.pk}/", sent, JSON)

    assert answer.status_code == 404
    assert PlannedActivity.objects.get().purpose == planned.purpose


def test_what_is_closed_is_not_changed_any_more(sign_in, planned):
    lead = sign_in("lead")
    close(sign_in("staff"), planned)

    answer = change(lead, planned, seen="of long ago")

    assert answer.status_code == 409
    assert "Staff Persona has closed this already" in answer.json()["detail"]


def test_a_program_lists_what_waits_for_its_person(sign_in, cast, planned):
    make_activity(owner=cast.lead)

    found = sign_in("staff").get(f"{API}?owner=me").json()["results"]

    assert [one["id"] for one in found] == [planned.pk]


# What follows


def test_to_speak_again_is_planned_with_what_happened(sign_in, cast, planned):
    answer = close(sign_in("staff"), planned, follow_up_on=str(in_days(14)))

    follow_up = PlannedActivity.objects.open().get()
    assert answer.status_code == 200
    assert (follow_up.due_on, follow_up.owner) == (in_days(14), cast.staff)
    read = sign_in("lead").get(f"{API}{follow_up.pk}/").json()
    assert read["springs_from"] == Engagement.objects.get().pk == answer.json()["engagement"]


@pytest.mark.parametrize("day", ["2020-01-01", "soon"])
def test_nobody_speaks_again_on_a_day_that_is_over(sign_in, planned, day):
    answer = close(sign_in("staff"), planned, follow_up_on=day)

    assert (answer.status_code, list(answer.json())) == (400, ["follow_up_on"])
    assert PlannedActivity.objects.get().is_open


def test_a_series_has_no_follow_up_beside_its_next_one(sign_in, cast):
    series = make_activity(owner=cast.staff, cadence=30)

    answer = close(sign_in("staff"), series, follow_up_on=str(in_days(14)))

    assert answer.json() == {"follow_up_on": ["A series goes on by itself. Send `goes_on`."]}
    assert PlannedActivity.objects.get().is_open
