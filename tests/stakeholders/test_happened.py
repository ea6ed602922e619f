"""What happened with stakeholders up to a day: of a few by their ids and of many by a subquery the same."""

from datetime import date, timedelta

import pytest

from buyin.stakeholders.models import CommitmentEntry, Stakeholder
from buyin.stakeholders.queries.happened import meetings, promises
from tests.factories.commitments import DAY as PROMISED
from tests.factories.commitments import make_commitment
from tests.factories.initiatives import InitiativeFactory
from tests.factories.people_on_board import make_met
from tests.factories.stakeholders import StakeholderFactory

DAY = date(2026, 9, 30)


@pytest.fixture
def ruth(cast):
    return StakeholderFactory(name="Ruth", department=cast.roads)


@pytest.fixture(params=["by their ids", "by a subquery"])
def asked(request):
    """How stakeholders are asked for."""
    if request.param == "by their ids":
        return lambda *some: [one.pk for one in some]
    return lambda *some: Stakeholder.objects.filter(pk__in=[one.pk for one in some]).values("pk")


def test_meetings_of_those_who_are_asked_for_are_told_by_the_day_the_earliest_first(
    cast, ruth, asked
):
    ours = InitiativeFactory()
    for days, sentiment in ((0, 2), (9, -1), (4, None), (-1, 1)):
        make_met(ruth, initiative=ours, day=DAY - timedelta(days), sentiment=sentiment)
    make_met(StakeholderFactory(), initiative=ours, day=DAY)

    found = meetings(cast.lead, asked(ruth), DAY)

    assert found.keys() == {(ruth.pk, ours.pk)}
    there = found[ruth.pk, ours.pk]
    assert there.days == [DAY - timedelta(days) for days in (9, 4, 0)]
    assert there.moods == [(DAY - timedelta(9), -1), (DAY, 2)]


def test_how_a_confidential_meeting_went_is_for_those_who_may_read_it(cast, ruth, asked):
    make_met(ruth, day=DAY, sentiment=2, is_confidential=True, by=cast.coordinator)

    told = [
        meetings(who, asked(ruth), DAY)[ruth.pk, None]
        for who in (cast.lead, cast.coordinator, cast.executive)
    ]

    assert [one.moods for one in told] == [[(DAY, 2)], [(DAY, 2)], []]
    assert [one.hidden for one in told] == [0, 0, 1]


def test_promises_are_told_to_those_only_who_may_read_them(cast, ruth, asked):
    ours, theirs = InitiativeFactory(lead=cast.neighbour), InitiativeFactory()
    for initiative in (ours, theirs):
        make_commitment(initiative=initiative, stakeholder=ruth, entries=[("pledged", 1)])
    make_commitment(initiative=ours, entries=[("pledged", 1)])
    every = {(ruth.pk, ours.pk), (ruth.pk, theirs.pk)}

    told = [
        promises(who, asked(ruth), DAY).keys()
        for who in (cast.lead, cast.executive, cast.coordinator, cast.neighbour, cast.staff)
    ]

    assert told == [every, every, every, {(ruth.pk, ours.pk)}, set()]


def test_a_promise_stands_as_it_stood_on_the_day(cast, ruth, asked):
    made = make_commitment(stakeholder=ruth, requested=5, needed_by=PROMISED)
    later = PROMISED + timedelta(10)
    CommitmentEntry.objects.create(commitment=made, step="pledged", amount=5, day=later)
    place = (ruth.pk, made.initiative_id)

    (before,) = promises(cast.lead, asked(ruth), later - timedelta(1))[place]
    (after,) = promises(cast.lead, asked(ruth), later)[place]

    assert (before.is_made, before.late_since) == (False, None)
    assert (after.is_made, after.late_since) == (True, PROMISED + timedelta(1))
