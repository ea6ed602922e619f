"""The demo agency's initiatives over two years: what is told of them holds, and shows every case."""

from datetime import timedelta
from itertools import pairwise

import pytest
from django.utils import timezone

from buyin.demo.city import PLANS, UNITS
from buyin.demo.life import fill
from buyin.demo.lives import AGREEMENTS, GOALS, LIVES
from buyin.features import DemoAgency
from buyin.initiatives.models import (
    DataAgreement,
    Initiative,
    Milestone,
    SharedGoal,
    Stage,
    StageChange,
    Update,
)
from buyin.initiatives.queries.gates import BY_CODE, demanded
from tests.factories.accounts import DepartmentFactory
from tests.factories.initiatives import InitiativeFactory

CODES = {unit.code for unit in UNITS}


@pytest.fixture
def agency(cast):
    return DemoAgency(
        now=timezone.now(),
        seed=1,
        lead=cast.lead,
        staff=cast.staff,
        initiatives=[InitiativeFactory(name=plan.name, stage=plan.stage) for plan in PLANS],
        departments={code: DepartmentFactory(code=f"demo-{code}", name=code) for code in CODES},
        moods={},
        rates={},
    )


@pytest.fixture
def filled(agency):
    fill(agency)
    return agency


# What is written down in the lists


def test_each_initiative_of_the_city_has_a_life():
    assert len(LIVES) == len(PLANS)


@pytest.mark.parametrize(("plan", "life"), list(zip(PLANS, LIVES, strict=True)), ids=lambda one: "")
def test_a_life_ends_in_the_stage_of_today_and_its_days_follow_each_other(plan, life):
    days = [days for days, *_rest in life.stages]
    stages = [stage for _days, stage, *_rest in life.stages]

    assert stages[-1] == plan.stage
    assert days == sorted(days, reverse=True)
    assert all(before != after for before, after in pairwise(stages))


@pytest.mark.parametrize("life", LIVES, ids=lambda one: "")
def test_a_step_back_or_with_something_missing_says_why(life):
    before = None
    for _days, stage, note, unmet in life.stages:
        goes_back = before and Stage(stage).position < Stage(before).position
        assert note or not (unmet or goes_back)
        if before:
            assert {*unmet} <= {gate.code for gate in demanded(before, stage)}
        assert {*unmet} <= BY_CODE.keys()
        before = stage


@pytest.mark.parametrize("life", LIVES, ids=lambda one: "")
def test_what_is_reached_was_reached_in_the_past(life):
    for title, planned, moved, how_far in life.milestones:
        assert how_far != "done" or planned + moved < 0, title


@pytest.mark.parametrize("life", LIVES, ids=lambda one: "")
def test_updates_are_told_in_order_and_none_is_older_than_the_initiative(life):
    days = [days for days, *_rest in life.updates]

    assert days == sorted(days, reverse=True)
    assert days[0] <= life.stages[0][0]


def test_goals_and_agreements_are_of_departments_that_the_city_has():
    for position, codes, *_rest in GOALS:
        assert {*codes} <= CODES
        assert 0 <= position < len(PLANS)
    for position, giver, taker, *_rest in AGREEMENTS:
        assert {giver, taker} <= CODES
        assert 0 <= position < len(PLANS)


# What stands in the database


def test_every_row_holds_what_the_forms_demand(filled):
    for model in (StageChange, Milestone, Update, SharedGoal, DataAgreement):
        assert model.objects.exists()
        for row in model.objects.all():
            row.full_clean()
    for goal in SharedGoal.objects.all():
        assert goal.departments.count() >= 2


def test_each_history_leads_from_one_stage_to_the_next(filled):
    for initiative in Initiative.objects.all():
        changes = list(initiative.stage_changes.order_by("day", "pk"))
        befores = ["", *(one.to_stage for one in changes[:-1])]
        assert [one.from_stage for one in changes] == befores
        assert changes[-1].to_stage == initiative.stage


def test_it_goes_back_two_years_and_nothing_that_happened_is_still_to_come(filled):
    today, now = timezone.localdate(filled.now), filled.now

    first = StageChange.objects.order_by("day").values_list("day", flat=True)[0]
    assert today - first > timedelta(days=700)
    assert not StageChange.objects.filter(day__gt=today).exists()
    assert not Milestone.objects.filter(done_on__gt=today).exists()
    assert not Update.objects.filter(made_at__gt=now).exists()
    assert not DataAgreement.objects.filter(signed_on__gt=today).exists()


def test_each_case_of_a_milestone_is_there(filled):
    rows = list(Milestone.objects.all())

    assert any(one.is_overdue for one in rows)
    assert any(one.is_moved and one.done_on for one in rows)
    assert any(one.is_open and not one.is_overdue for one in rows)
    assert any(one.steps for one in rows)
    assert any(one.percent for one in rows)


def test_an_agreement_waits_to_be_looked_at_and_one_to_be_signed(filled):
    assert {one.state for one in DataAgreement.objects.all()} == {"asked", "signed"}
    assert any(one.waits_for_review for one in DataAgreement.objects.all())
    ending = DataAgreement.objects.ending(timezone.localdate() + timedelta(days=30))
    assert ending.exists()
    assert not any(one.has_run_out for one in DataAgreement.objects.all())


def test_the_weekly_report_has_news_of_this_week(filled):
    week = filled.now - timedelta(days=7)

    assert Update.objects.filter(made_at__gt=week).count() >= 2


def test_it_is_written_in_few_queries(agency, django_assert_max_num_queries):
    with django_assert_max_num_queries(30):
        fill(agency)


def test_a_life_too_many_is_noticed(agency):
    agency.initiatives.pop()

    with pytest.raises(ValueError, match="zip"):
        fill(agency)
