"""What the ground of the portal reminds people of: records, decisions, what they took on."""

from datetime import timedelta

import pytest
from django.utils import timezone

from buyin.initiatives.models import SystemRecord
from buyin.own import Initiatives, Stakeholders
from buyin.stakeholders.actions import Point, note_engagement
from tests.factories.accounts import PersonFactory
from tests.factories.commitments import make_commitment, make_giver
from tests.factories.initiatives import InitiativeFactory
from tests.factories.records import make_record
from tests.factories.stakeholders import StakeholderFactory

pytestmark = pytest.mark.django_db


def due_in(days, *, name="Form triage", lead=None, stage="pilot"):
    """Write a record that has to be looked through in so many days."""
    who = lead or PersonFactory()
    record = make_record(InitiativeFactory(name=name, stage=stage, lead=who))
    due = timezone.localdate() + timedelta(days=days)
    SystemRecord.objects.filter(pk=record.pk).update(review_due=due)
    return record


@pytest.mark.parametrize(("days", "told"), [(-3, 1), (0, 1), (14, 1), (15, 0)])
def test_who_leads_it_is_reminded_from_two_weeks_before(days, told):
    record = due_in(days)

    assert len(list(Initiatives().tasks_for(record.initiative.lead))) == told


def test_a_reminder_leads_to_the_record():
    record = due_in(2)

    (task,) = Initiatives().tasks_for(record.initiative.lead)

    assert task.url == f"/initiatives/{record.initiative_id}/record/"
    assert "Form triage" in task.title
    assert timezone.localdate(task.due) == timezone.localdate() + timedelta(days=2)


def test_others_and_retired_records_are_left_in_peace():
    retired = due_in(1, stage="retired")

    assert not list(Initiatives().tasks_for(retired.initiative.lead))
    assert not list(Initiatives().tasks_for(PersonFactory()))


def test_many_people_are_asked_for_at_once(django_assert_num_queries):
    first, second = due_in(1), due_in(2, name="Letters")
    people = [first.initiative.lead, second.initiative.lead, PersonFactory()]

    with django_assert_num_queries(3):
        found = Initiatives().tasks_for_all(people)

    assert [len(found[person.pk]) for person in people] == [1, 1, 0]


def test_of_stakeholders_it_says_nothing_else(cast):
    now = timezone.now()

    assert not list(Stakeholders().scores(until=now))
    assert not list(Stakeholders().digest_items(cast.staff, since=now, until=now))


def test_the_home_page_names_it(cast, sign_in):
    due_in(1, lead=cast.lead)

    assert "Look through the record of “Form triage”" in sign_in("lead").get("/").text


def test_an_executive_is_told_what_is_asked_of_them_until_they_answer(cast, sign_in):
    ours = InitiativeFactory(name="Pothole finder")
    made = make_commitment(
        initiative=ours, stakeholder=make_giver(cast.executive, ours), title="Money"
    )

    (task,) = Stakeholders().tasks_for(cast.executive)
    assert (task.title, task.url) == (
        "“Pothole finder” asks you for: Money", f"/commitments/{made.pk}/entry/",
    )  # fmt: skip
    assert task.title in sign_in("executive").get("/").text.replace("\n", " ")
    assert not list(Stakeholders().tasks_for(cast.lead))

    pledge = {"step": "pledged", "amount": made.requested, "day": "2026-06-01"}
    sign_in("executive").post(task.url, pledge)
    assert not list(Stakeholders().tasks_for(cast.executive))


@pytest.mark.parametrize(
    ("days", "is_done", "told"),
    [(None, False, 1), (3, False, 1), (-3, False, 1), (15, False, 0), (3, True, 0)],
)
def test_who_took_something_on_is_told_when_its_day_is_near(cast, days, is_done, told):
    today = timezone.localdate()
    due = None if days is None else today + timedelta(days=days)
    made = note_engagement(
        actor=cast.lead, participants=[StakeholderFactory()], kind="call", summary="-", day=today,
        points=[Point("Send the plan", cast.staff, due)],
    )  # fmt: skip
    if is_done:
        made.points.update(done_on=today)

    found = list(Stakeholders().tasks_for(cast.staff))

    assert [one.title for one in found] == ["Send the plan"] * told
