"""What is planned next with somebody, as lists say it of many at once: read by whom, and which comes first."""

import pytest

from buyin.stakeholders.queries.plans import next_planned, show_planned
from tests.factories.initiatives import InitiativeFactory
from tests.factories.plan import make_activity
from tests.factories.stakeholders import InterestFactory, StakeholderFactory


@pytest.fixture
def union(cast):
    return StakeholderFactory(name="Union of clerks", department=cast.roads)


@pytest.mark.parametrize("who", ["lead", "coordinator"])
def test_it_is_the_first_that_is_due_and_of_one_day_the_older(cast, union, who):
    make_activity(union, owner=cast.staff, due=1, state="done")
    make_activity(union, owner=cast.staff, due=40)
    first = make_activity(union, owner=cast.staff, due=3)
    make_activity(union, owner=cast.staff, due=3)
    other = StakeholderFactory(department=cast.roads)
    make_activity(other, owner=cast.staff, due=2)

    assert next_planned(getattr(cast, who), [union.pk]) == {union.pk: first}


def test_it_is_told_to_those_only_who_may_read_it(cast, union):
    far = InitiativeFactory(departments=[cast.clinic])
    made = make_activity(union, owner=cast.neighbour, initiative=far)

    assert next_planned(cast.lead, [union.pk]) == {union.pk: made}
    assert next_planned(cast.executive, [union.pk]) == {union.pk: made}
    assert next_planned(cast.neighbour, [union.pk]) == {union.pk: made}
    assert next_planned(cast.coordinator, [union.pk]) == {}


def test_at_a_gap_stands_what_is_planned_about_that_gap(cast, union):
    ours, theirs = (InitiativeFactory(departments=[cast.roads]) for _ in range(2))
    gap, other_gap, there = (
        InterestFactory(stakeholder=one, initiative=initiative, current=current, desired=3)
        for one, initiative, current in (
            (union, ours, 1),
            (union, theirs, 1),
            (StakeholderFactory(department=cast.roads), ours, 3),
        )
    )
    make_activity(union, owner=cast.staff, due=1)
    planned = make_activity(union, there.stakeholder, owner=cast.staff, due=9, initiative=ours)

    show_planned(cast.lead, [gap, other_gap, there])

    assert [one.planned for one in (gap, other_gap, there)] == [planned, None, None]


def test_where_there_is_no_gap_nothing_is_asked(cast, union, django_assert_num_queries):
    there = InterestFactory(stakeholder=union, current=3, desired=3)

    with django_assert_num_queries(0):
        show_planned(cast.lead, [there])
