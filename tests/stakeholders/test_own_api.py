"""What somebody has taken on, and whether they are reminded of it: their own, and nobody else's."""

from datetime import date

import pytest

from buyin.stakeholders.actions import Point, note_engagement
from buyin.stakeholders.models import ReminderStop
from tests.factories.plan import in_days
from tests.factories.stakeholders import StakeholderFactory

POINTS = "/api/v1/my/points/"
REMINDERS = "/api/v1/my/reminders/"
JSON = "application/json"


def taken_on(cast, *points):
    return note_engagement(
        actor=cast.lead,
        participants=[StakeholderFactory()],
        points=points,
        kind="call",
        day=date(2026, 9, 30),
        summary="They want a trial first.",
    )


def put(client, **said):
    return client.put(REMINDERS, said, JSON)


def test_everybody_reads_what_they_have_taken_on_the_first_due_first(sign_in, cast):
    call = taken_on(
        cast,
        Point("Later", cast.staff, in_days(9)),
        Point("Sooner", cast.staff, in_days(-1)),
        Point("Not mine", cast.lead, in_days(1)),
        Point("A note"),
    )

    found = sign_in("staff").get(POINTS).json()["results"]

    assert [(one["text"], one["is_late"], one["engagement"]) for one in found] == [
        ("Sooner", True, call.pk), ("Later", False, call.pk),
    ]  # fmt: skip


def test_what_is_done_is_not_to_do_any_more(sign_in, cast):
    point = taken_on(cast, Point("Send the plan", cast.staff)).points.get()
    staff = sign_in("staff")

    staff.post(f"/api/v1/points/{point.pk}/done/")
    assert staff.get(POINTS).json()["results"] == []
    staff.post(f"/api/v1/points/{point.pk}/undone/")
    assert [one["id"] for one in staff.get(POINTS).json()["results"]] == [point.pk]


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_needs_as_many_queries_for_many_as_for_one(
    sign_in, cast, django_assert_num_queries, count
):
    for _ in range(count):
        taken_on(cast, Point("Ask", cast.staff))
    staff = sign_in("staff")

    with django_assert_num_queries(3):
        assert staff.get(POINTS).json()["count"] == count


def test_nobody_reads_the_points_of_others(sign_in, cast):
    taken_on(cast, Point("Ask", cast.staff))

    for who in ("lead", "administrator", "neighbour"):
        assert sign_in(who).get(POINTS).json()["results"] == []
    assert sign_in("staff").get(f"{POINTS}?owner=1").json() == {
        "owner": ["There is no such filter."]
    }


def test_reminders_stop_once_and_come_again(sign_in, cast):
    staff = sign_in("staff")
    assert staff.get(REMINDERS).json() == {"reminders": True}

    answers = [put(staff, reminders=False) for _sent in range(2)]

    assert [(one.status_code, one.json()) for one in answers] == [(200, {"reminders": False})] * 2
    assert [one.person for one in ReminderStop.objects.all()] == [cast.staff]
    assert staff.get(REMINDERS).json() == {"reminders": False}
    assert sign_in("lead").get(REMINDERS).json() == {"reminders": True}
    assert put(staff, reminders=True).json() == {"reminders": True}
    assert not ReminderStop.objects.exists()


@pytest.mark.parametrize(
    ("said", "field"),
    [({}, "reminders"), ({"reminders": "often"}, "reminders"), ({"reminders": None}, "reminders"),
     ({"reminders": False, "person": 1}, "person")],
)  # fmt: skip
def test_what_cannot_be_read_stops_nothing(sign_in, cast, said, field):
    answer = put(sign_in("staff"), **said)

    assert (answer.status_code, list(answer.json())) == (400, [field])
    assert not ReminderStop.objects.exists()
