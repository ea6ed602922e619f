"""What the demo agency's stakeholders were asked for, and when people met."""

from datetime import timedelta

import pytest
from django.utils import timezone

from buyin.accounts.models import User
from buyin.demo import dealings
from buyin.demo.city import DOMAIN
from buyin.features import DemoAgency
from buyin.stakeholders.models import Cadence, Commitment, DiscussionPoint, Engagement
from buyin.stakeholders.queries.commitments import asked_of, coverage_of, promised_by
from buyin.stakeholders.queries.overdue import overdue
from tests.factories.initiatives import InitiativeFactory
from tests.factories.stakeholders import InterestFactory, StakeholderFactory


@pytest.fixture
def agency(cast):
    """An agency with one initiative and six people who hold a budget."""
    User.objects.filter(pk=cast.executive.pk).update(email=f"executive@{DOMAIN}")
    ours = InitiativeFactory(name="Pothole finder", departments=[cast.roads])
    for _ in range(6):
        giver = StakeholderFactory(category="budget-holder", department=cast.roads)
        InterestFactory(stakeholder=giver, initiative=ours)
    made = DemoAgency(
        now=timezone.now(), seed=7, lead=cast.lead, staff=cast.staff, initiatives=[ours],
        departments=cast.departments, moods={}, rates={},
    )  # fmt: skip
    dealings.fill(made)
    return made


def test_the_executive_of_the_tour_finds_a_decision_and_a_promise(cast, agency):
    executive = User.objects.get(pk=cast.executive.pk)

    assert [one.title for one in asked_of(executive)] == ["Money for the second year"]
    assert [one.title for one in promised_by(executive)] == ["A word to all heads of departments"]


def test_every_amount_is_what_its_newest_entry_says(agency):
    for one in Commitment.objects.prefetch_related("entries"):
        newest = {entry.step: entry.amount for entry in reversed(one.entries.all())}
        steps = ("requested", "pledged", "committed", "received")
        assert [getattr(one, step) for step in steps] == [newest.get(step, 0) for step in steps]


def test_something_is_late_something_is_there_and_something_is_not_promised(agency):
    stages = {str(one.stage) for one in Commitment.objects.all()}
    late = Commitment.objects.late(timezone.localdate())

    assert {"open", "partly", "received", "pledged"} <= stages
    assert [one.kind for one in late] == ["personnel"]
    shown = {one.kind.value for one in coverage_of(agency.initiatives[0])}
    assert shown == {"funding", "infrastructure", "personnel", "data", "sponsorship"}


def test_people_have_met_for_two_years_and_something_came_up_lately(cast, agency):
    days = sorted(Engagement.objects.values_list("day", flat=True))

    assert days[-1] - days[0] > timedelta(days=700)
    assert all(one.participants.count() >= 1 for one in Engagement.objects.all())
    points = DiscussionPoint.objects.to_do()
    assert {point.owner for point in points} == {cast.lead}
    assert not any(point.is_late for point in points)


def test_most_of_those_who_are_to_be_spoken_with_were_spoken_with_in_time(cast, agency):
    many = [StakeholderFactory(cadence=Cadence.MONTHLY, department=cast.roads) for _n in range(60)]
    refuses = StakeholderFactory(cadence=Cadence.WEEKLY)
    refuses.person.contact_permitted = False
    refuses.person.save()

    dealings._stay_in_touch(agency, agency.now.date())

    found = {one.pk for one in overdue(cast.lead, agency.now.date())}
    late = found & {one.pk for one in many}
    assert 1 <= len(late) <= 24
    assert not refuses.engagements.exists()


def test_nobody_is_met_where_nobody_is_on_the_list(cast):
    User.objects.filter(pk=cast.executive.pk).update(email=f"executive@{DOMAIN}")
    empty = InitiativeFactory(name="Empty")
    other = InitiativeFactory(name="Main")
    dealings.fill(
        DemoAgency(
            now=timezone.now(),
            seed=7,
            lead=cast.lead,
            staff=cast.staff,
            initiatives=[other, empty],
            departments=cast.departments,
            moods={},
            rates={},
        )
    )

    assert not Engagement.objects.filter(initiative=empty).exists()
    assert not Commitment.objects.filter(initiative=empty).exists()
