"""The demo agency: each warning occurs somewhere, most of it is fine, and all of it holds."""

import pytest
from django.utils import timezone

from buyin.demo import dealings, onboard, stakeholders
from buyin.demo.city import DOMAIN
from buyin.features import DemoAgency
from buyin.initiatives.models import Initiative, Stage
from buyin.stakeholders.evidence import Clash
from buyin.stakeholders.models import (
    Assessment,
    Commitment,
    CommitmentEntry,
    Engagement,
    Interest,
    Raci,
    Stakeholder,
)
from buyin.stakeholders.queries.disagreeing import disagreeing_ids
from buyin.stakeholders.queries.disagreements import disagreements
from buyin.stakeholders.queries.fatigue import tired
from buyin.stakeholders.queries.representation import represented
from tests.cast import make_cast
from tests.factories.accounts import DepartmentFactory, PersonFactory
from tests.factories.initiatives import InitiativeFactory

MAIN = 3
OTHERS = 60


pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def cast(written_once):
    return make_cast()


@pytest.fixture(scope="module")
def agency(cast):
    """Return the agency with three initiatives that were led well, and sixty of an inventory."""
    PersonFactory(email=f"executive@{DOMAIN}", name="Evan Clarke")
    permits = DepartmentFactory(code="permits", name="Permits")
    for _ in range(4):
        PersonFactory(department=permits)
    departments = {**cast.departments, "permits": permits}
    made = DemoAgency(
        now=timezone.now(),
        seed=7,
        lead=cast.lead,
        staff=cast.staff,
        initiatives=[
            InitiativeFactory(lead=cast.lead, stage="pilot", departments=[cast.roads])
            for _ in range(MAIN)
        ],
        departments=departments,
        moods={},
        rates={},
    )
    stages = [Stage.PRE_DEPLOYMENT, Stage.PILOT, Stage.DEPLOYED, Stage.PILOT]
    for number in range(OTHERS):
        InitiativeFactory(stage=stages[number % 4], departments=[cast.clinic])
    stakeholders.fill(made)
    dealings.fill(made)
    onboard.fill(made)
    return made


def test_each_warning_occurs_and_most_initiatives_have_everybody_on_board(agency, cast):
    found = represented(cast.lead, list(Initiative.objects.all()))
    codes = {one.code for row in found for one in row.warnings}

    assert {"nobody", "union", "accountable", "champion", "sponsor"} <= codes
    assert sum(bool(row.warnings) for row in found) < len(found) / 2


def test_each_disagreement_occurs_and_most_levels_agree_with_what_happened(agency, cast):
    found = disagreements(cast.lead, Interest.objects.all())
    clashes = {reason.clash for one in found for reason in one.against}

    assert clashes >= {Clash.QUIET, Clash.DECLINED, Clash.COOLED, Clash.WARMED, Clash.TOLD}
    assert 0 < len(found) < Interest.objects.count() / 20
    assert list(disagreeing_ids(cast.lead, Interest.objects.all())) == [
        one.interest for one in found
    ]


def test_two_are_met_too_often_and_hardly_anybody_else(agency, cast):
    assert 2 <= len(tired(cast.lead)) < 10


def test_some_stakeholders_have_an_account_under_the_same_name(agency):
    found = Stakeholder.objects.filter(person__user__department__code="permits")

    assert found.count() == 4
    assert [one.name for one in found] == [str(one.person.user) for one in found if one.person]


def test_nothing_of_it_is_what_a_form_would_refuse(agency):
    for model in (Interest, Assessment, Raci, Commitment, CommitmentEntry, Engagement):
        for row in model.objects.order_by("-pk")[:60:4]:
            row.full_clean()


def test_levels_are_those_of_the_newest_assessment(agency):
    for interest in Interest.objects.exclude(assessed_on=None).order_by("-pk")[::15]:
        newest = interest.assessments.values_list("current", "assessed_on").first()
        assert newest == (interest.current, interest.assessed_on)
