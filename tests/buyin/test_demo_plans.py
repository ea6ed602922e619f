"""The demo agency's engagement plan: two years of it, something overdue, and gaps left to plan for."""

from datetime import timedelta

import pytest
from django.utils import timezone

from buyin.demo import dealings, plans
from buyin.demo.city import DOMAIN
from buyin.features import DemoAgency
from buyin.stakeholders.models import Interest, PlannedActivity
from buyin.stakeholders.queries.plans import gaps_without_plan
from tests.factories.accounts import PersonFactory
from tests.factories.initiatives import InitiativeFactory
from tests.factories.plan import make_gap


@pytest.fixture
def agency(cast):
    """An agency with one initiative, twelve gaps, and the meetings of two years."""
    PersonFactory(email=f"executive@{DOMAIN}", name="Evan Clarke")
    ours = InitiativeFactory(name="Pothole finder", lead=cast.lead, departments=[cast.roads])
    for number in range(12):
        make_gap(ours, cast.roads, power=number % 5 + 1, interest=4, current=number % 3)
    made = DemoAgency(
        now=timezone.now(), seed=7, lead=cast.lead, staff=cast.staff, initiatives=[ours],
        departments=cast.departments, moods={}, rates={},
    )  # fmt: skip
    dealings.fill(made)
    plans.fill(made)
    return made


def states():
    return set(PlannedActivity.objects.values_list("state", flat=True))


def test_there_is_something_of_every_kind_over_two_years(agency):
    today = timezone.localdate()
    days = PlannedActivity.objects.order_by("due_on").values_list("due_on", flat=True)

    assert states() == {"planned", "done", "dropped"}
    assert PlannedActivity.objects.overdue(today).exists()
    assert PlannedActivity.objects.open().filter(due_on__gte=today).exists()
    assert days[0] < today - timedelta(days=600)


def test_what_was_done_has_its_engagement_and_most_meetings_were_planned(agency):
    done = PlannedActivity.objects.filter(state="done", engagement__isnull=False)

    assert done.count() == dealings.MEETINGS * 3 // 4
    for one in done.select_related("engagement").prefetch_related("stakeholders"):
        assert one.engagement is not None
        assert one.closed_on == one.engagement.day
        assert set(one.stakeholders.all()) == set(one.engagement.participants.all())


def test_some_gaps_are_planned_for_and_some_are_left(cast, agency):
    (ours,) = agency.initiatives
    left = gaps_without_plan(viewer=cast.lead, initiative=ours)

    assert 0 < left.count() < Interest.objects.behind().filter(initiative=ours).count()


def test_one_series_goes_on(agency):
    (last,) = PlannedActivity.objects.open().filter(cadence=30, follows__isnull=False)

    assert last.follows is not None
    assert last.follows.state == "done"
    assert last.follows.due_on == last.due_on - timedelta(days=30)


def test_everything_that_is_open_waits_for_somebody_who_may_close_it(agency):
    for one in PlannedActivity.objects.open().select_related("owner"):
        assert one.owner is not None
        assert one.may_be_changed_by(one.owner)
