"""What waits for people from the ground of the portal: in which order, for whom, in how many queries."""

from datetime import timedelta

import pytest
from django.utils import timezone

from buyin.accounts.models import User
from buyin.features import all_features
from buyin.initiatives.models import SystemRecord
from buyin.own import Initiatives, Stakeholders
from buyin.stakeholders.actions import Point, note_engagement
from tests.factories.accounts import PersonFactory
from tests.factories.commitments import make_commitment, make_giver
from tests.factories.initiatives import InitiativeFactory, make_agreement, make_milestone
from tests.factories.records import make_record
from tests.factories.stakeholders import StakeholderFactory

pytestmark = pytest.mark.django_db

PARTS = (Stakeholders(), Initiatives())


def in_days(days):
    return timezone.localdate() + timedelta(days=days)


def record_due(lead, days, name):
    record = make_record(InitiativeFactory(name=name, stage="pilot", lead=lead))
    SystemRecord.objects.filter(pk=record.pk).update(review_due=in_days(days))


def taken_on(actor, owner, *points):
    """Note that people met, and what this person took on: texts with days from today."""
    return note_engagement(
        actor=actor,
        participants=[StakeholderFactory()],
        kind="call",
        summary="-",
        day=timezone.localdate(),
        points=[
            Point(text, owner, None if days is None else in_days(days)) for text, days in points
        ],
    )


def asked_of(person, title, **said):
    ours = InitiativeFactory(name="Pothole finder")
    return make_commitment(
        initiative=ours, stakeholder=make_giver(person, ours), title=title, **said
    )


def titles(person):
    return [task.title for part in PARTS for task in part.tasks_for(person)]


def test_both_parts_of_the_ground_are_asked_like_features():
    named = [feature.name for feature in all_features()]

    assert {"stakeholders", "initiatives"} <= {*named}
    assert len(named) == len({*named})


def test_what_is_asked_comes_first_then_what_was_taken_on_then_records(cast):
    record_due(cast.executive, 1, "Form triage")
    taken_on(cast.lead, cast.executive, ("Send the plan", 1))
    asked_of(cast.executive, "Money")

    assert titles(cast.executive) == [
        "“Pothole finder” asks you for: Money",
        "Send the plan",
        "Look through the record of “Form triage”",
    ]


def test_of_one_kind_the_first_due_comes_first_and_what_has_no_day_last(cast):
    taken_on(cast.lead, cast.staff, ("Some day", None), ("Later", 9), ("Late", -2), ("Soon", 3))

    assert titles(cast.staff) == ["Late", "Soon", "Later", "Some day"]


def test_records_stand_in_the_order_of_their_days(cast):
    for days, name in ((9, "Third"), (-3, "First"), (2, "Second")):
        record_due(cast.staff, days, name)

    found = [title.partition("“")[2].rstrip("”") for title in titles(cast.staff)]

    assert found == ["First", "Second", "Third"]


def test_each_task_says_what_to_do_where_and_until_when(cast):
    record_due(cast.executive, 1, "Form triage")
    taken_on(cast.lead, cast.executive, ("Send the plan", None))
    made = asked_of(cast.executive, "Money", needed_by=in_days(5))

    asked, point, record = [task for part in PARTS for task in part.tasks_for(cast.executive)]

    assert (asked.action, asked.url) == ("Answer", f"/commitments/{made.pk}/entry/")
    assert (point.action, point.due) == ("Say that it is done", None)
    assert record.action == "Look through it"
    days = [timezone.localtime(task.due) for task in (asked, record)]
    assert [(day.date(), day.hour, day.minute) for day in days] == [
        (in_days(5), 23, 59), (in_days(1), 23, 59),
    ]  # fmt: skip


def test_what_is_asked_of_somebody_without_an_account_waits_for_nobody(cast):
    make_commitment(initiative=InitiativeFactory(), stakeholder=StakeholderFactory(), title="Money")

    for person in (cast.executive, cast.lead, cast.administrator):
        assert titles(person) == []


def test_what_another_person_took_on_is_not_mine(cast):
    taken_on(cast.lead, cast.staff, ("Send the plan", 1))

    assert titles(cast.staff) == ["Send the plan"]
    assert titles(cast.lead) == titles(cast.coordinator) == []


@pytest.mark.parametrize("count", [1, 3])
def test_many_tasks_of_many_people_are_asked_for_as_often_as_one(
    cast, django_assert_num_queries, count
):
    people = [PersonFactory() for _ in range(count)]
    for person in people:
        record_due(person, 1, f"Record of {person}")
        taken_on(cast.lead, person, ("Send the plan", 1))
        asked_of(person, "Money")

    with django_assert_num_queries(7):
        parts = [part.tasks_for_all(people) for part in PARTS]

    assert [[len(found[person.pk]) for person in people] for found in parts] == [
        [2] * count, [1] * count,
    ]  # fmt: skip


def test_where_nothing_waits_one_glance_tells_so(cast, django_assert_num_queries):
    for part in PARTS:
        list(part.tasks_for(cast.staff))

        with django_assert_num_queries(1):
            assert list(part.tasks_for(cast.neighbour)) == []


def test_only_what_waits_is_asked_for(cast, django_assert_num_queries):
    taken_on(cast.lead, cast.staff, ("Send the plan", 1))
    titles(cast.staff)

    with django_assert_num_queries(2):
        assert [task.title for task in Stakeholders().tasks_for(cast.staff)] == ["Send the plan"]


def test_a_glance_of_yesterday_is_not_one_of_today(cast, time_machine):
    taken_on(cast.lead, cast.staff, ("Send the plan", 16))
    assert titles(cast.staff) == []

    time_machine.move_to(timezone.now() + timedelta(days=2))

    assert titles(cast.staff) == ["Send the plan"]


def test_whoever_has_no_account_any_more_is_asked_for_nothing(cast):
    taken_on(cast.lead, cast.staff, ("Send the plan", 1))

    assert titles(User(pk=0)) == []


def test_everybody_who_is_asked_about_gets_an_answer(cast):
    people = [cast.staff, cast.neighbour]

    for part in PARTS:
        assert part.tasks_for_all(people) == {person.pk: [] for person in people}
        assert part.tasks_for_all([]) == {}
    now = timezone.now()
    assert Initiatives().digest_items_for_all([], since=now, until=now) == {}
    assert list(Initiatives().scores(until=now)) == []


# What initiatives add


@pytest.mark.parametrize(
    ("late", "detail"),
    [
        (1, "Pothole finder"),
        (2, "Pothole finder, and 1 more is late"),
        (3, "Pothole finder, and 2 more are late"),
    ],
)
def test_how_many_more_are_late_is_said_in_words(cast, late, detail):
    ours = InitiativeFactory(name="Pothole finder", lead=cast.staff)
    for number in range(late):
        make_milestone(ours, f"Part {number}", due=in_days(number - 9))

    [task] = Initiatives().tasks_for(cast.staff)

    assert (task.title, task.detail) == ("Overdue: Part 0", detail)


@pytest.mark.parametrize(
    ("review", "end", "due"),
    [(5, 400, 5), (400, 5, 5), (-3, 20, -3), (None, 30, 30), (30, None, 30)],
)
def test_an_agreement_is_due_on_the_first_of_its_days(cast, review, end, due):
    ours = InitiativeFactory(lead=cast.staff)
    days = {"review_on": review, "expires_on": end}
    fields = {name: None if day is None else in_days(day) for name, day in days.items()}
    make_agreement(ours, cast.roads, cast.clinic, state="signed", signed_on="2020-01-01", **fields)

    [task] = Initiatives().tasks_for(cast.staff)

    assert timezone.localdate(task.due) == in_days(due)
    assert task.action == "Renew or end it"


@pytest.mark.parametrize("state", ["asked", "refused", "ended"])
def test_only_what_is_signed_has_to_be_renewed(cast, state):
    ours = InitiativeFactory(lead=cast.staff)
    make_agreement(ours, cast.roads, cast.clinic, state=state, expires_on=in_days(1))

    assert list(Initiatives().tasks_for(cast.staff)) == []


def test_what_nobody_leads_waits_for_nobody(cast):
    ours = InitiativeFactory(departments=[cast.roads])
    make_milestone(ours, due=in_days(-1))

    found = Initiatives().tasks_for_all(list(cast.people.values()))

    assert not any(found.values())
