"""Whom of a page somebody may change and assess: asked of all of them at once, or of nobody."""

import pytest
from django.urls import reverse

from buyin.accounts.models import Role, RoleAssignment
from buyin.stakeholders.models import Stakeholder
from buyin.stakeholders.queries.opened import assessable, changeable
from tests.factories.initiatives import InitiativeFactory
from tests.factories.stakeholders import InterestFactory, StakeholderFactory


@pytest.fixture
def interests(cast):
    """Interests of somebody of Roads and of somebody of Clinic in an initiative of both."""
    ours = InitiativeFactory(departments=[cast.roads, cast.clinic])
    return [
        InterestFactory(stakeholder=StakeholderFactory(department=home), initiative=ours)
        for home in (cast.roads, cast.clinic)
    ]


@pytest.mark.parametrize(
    ("who", "number"),
    [
        ("lead", 2), ("administrator", 2), ("coordinator", 1), ("executive", 0), ("staff", 0),
    ],
)  # fmt: skip
def test_they_are_those_that_one_may_change(cast, interests, who, number):
    user = getattr(cast, who)
    mine = interests[:number]

    assert assessable(user, [one.pk for one in interests]) == {one.pk for one in mine}
    asked = [one.stakeholder_id for one in interests]
    assert changeable(user, asked) == {one.stakeholder_id for one in mine}


def test_whoever_looks_into_a_department_only_changes_nobody_there(cast, interests):
    RoleAssignment.objects.create(
        person=cast.coordinator, role=Role.EXECUTIVE, department=cast.clinic
    )
    ours, theirs = interests
    both = [ours.stakeholder_id, theirs.stakeholder_id]

    assert set(Stakeholder.objects.visible_to(cast.coordinator)) == {
        ours.stakeholder, theirs.stakeholder,
    }  # fmt: skip
    assert changeable(cast.coordinator, both) == {ours.stakeholder_id}
    assert assessable(cast.coordinator, [ours.pk, theirs.pk]) == {ours.pk}


def test_none_is_changed_but_those_of_the_page(cast, interests):
    assert assessable(cast.coordinator, []) == set()
    assert changeable(cast.lead, [interests[1].stakeholder_id]) == {interests[1].stakeholder_id}


def test_whoever_leads_an_initiative_changes_its_people(cast, interests):
    initiative = interests[0].initiative
    initiative.lead = cast.neighbour
    initiative.save()

    assert assessable(cast.neighbour, [one.pk for one in interests]) == {
        one.pk for one in interests
    }


def test_nothing_is_looked_up_for_who_changes_nobody(cast, interests, django_assert_num_queries):
    user = cast.executive
    assert not user.leads_initiatives
    assert user.held_roles

    with django_assert_num_queries(0):
        assert assessable(user, [one.pk for one in interests]) == set()


@pytest.mark.parametrize(
    ("who", "may"), [("lead", True), ("coordinator", True), ("executive", False)]
)
def test_the_plan_leads_to_planning_for_those_who_change_somebody(sign_in, interests, who, may):
    page = sign_in(who).get("/stakeholders/plan/")

    assert page.context["may_plan"] is may
    assert (f'href="{reverse("stakeholders:plan-add")}"' in page.text) is may
