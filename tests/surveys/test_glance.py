"""What the start page asks for, and what it leaves out for people who have none of it."""

import pytest

from buyin.accounts.models import Role
from surveys.feature import Surveys
from surveys.models import Need
from surveys.queries.glance import Glance, glance_at
from surveys.queries.running import lagging_for_all
from tests.factories.accounts import PersonFactory, RoleFactory
from tests.factories.initiatives import InitiativeFactory
from tests.factories.needs import make_need
from tests.factories.surveys import make_wave


@pytest.mark.parametrize("persona", ["staff", "coordinator", "trainer", "moderator", "executive"])
def test_most_people_have_neither_waves_nor_needs(cast, persona):
    make_need(InitiativeFactory())

    assert glance_at(cast.people[persona]) == Glance(waves=False, needs=False)


def test_a_lead_of_the_agency_has_both_and_one_of_a_department_has_not(cast):
    of_roads = RoleFactory(person=PersonFactory(), role=Role.LEAD, department=cast.roads).person

    assert glance_at(cast.lead) == Glance(waves=True, needs=True)
    assert glance_at(of_roads) == Glance(waves=False, needs=False)


def test_who_leads_an_initiative_follows_waves_and_is_told_of_its_needs(cast):
    initiative = InitiativeFactory(lead=cast.staff)

    assert glance_at(cast.staff) == Glance(waves=True, needs=False)

    make_need(initiative)

    assert glance_at(cast.staff) == Glance(waves=True, needs=True)
    assert glance_at(cast.neighbour) == Glance(waves=False, needs=False)


@pytest.mark.parametrize(
    ("status", "waits"), [("new", True), ("in-work", True), ("answered", False)]
)
def test_who_takes_care_of_a_need_is_told_of_it_until_it_is_answered(cast, status, waits):
    make_need(InitiativeFactory(), owner=cast.staff, status=status)

    assert glance_at(cast.staff) == Glance(waves=False, needs=waits)


def test_an_initiative_of_ones_own_leads_to_its_wave_with_few_answers(cast):
    wave = make_wave(cast.roads)
    wave.groups.update(asked=40)
    wave.survey.initiative = InitiativeFactory(lead=cast.neighbour)
    wave.survey.save()

    tasks = list(Surveys().tasks_for(cast.neighbour))

    assert [task.url for task in tasks] == [f"/surveys/author/{wave.survey_id}/waves/1/"]
    assert Surveys().tasks_for_all([cast.neighbour])[cast.neighbour.pk] == tasks


def test_a_need_of_ones_own_is_a_task(cast):
    need = make_need(InitiativeFactory(), owner=cast.staff, status=Need.Status.NEW)

    (task,) = Surveys().tasks_for(cast.staff)

    assert task.url == f"/surveys/needs/{need.pk}/#done"


@pytest.mark.parametrize("persona", ["staff", "trainer", "lead", "executive"])
def test_whoever_is_no_coordinator_costs_no_query(cast, persona, django_assert_num_queries):
    make_wave(cast.roads)
    person = cast.people[persona]
    assert person.held_roles is not None

    with django_assert_num_queries(0):
        assert lagging_for_all([person]) == {}
