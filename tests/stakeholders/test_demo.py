"""The demo agency's stakeholders: as many as were promised, with a past that holds together."""

from datetime import timedelta

import pytest
from django.utils import timezone

from buyin.demo import onboard, stakeholders
from buyin.features import DemoAgency
from buyin.stakeholders.models import (
    ASSESSED,
    Assessment,
    ConsentEvent,
    Engagement,
    Interest,
    Raci,
    Relationship,
    Stakeholder,
)
from tests.factories.initiatives import InitiativeFactory


@pytest.fixture
def agency(cast):
    made = [InitiativeFactory(lead=cast.lead) for _one in range(3)]
    return DemoAgency(
        now=timezone.now(),
        seed=7,
        lead=cast.lead,
        staff=cast.staff,
        initiatives=made,
        departments=cast.departments,
        moods={},
        rates={},
    )


def test_the_demo_has_four_hundred_stakeholders_with_two_years_of_history(
    agency, django_assert_max_num_queries
):
    with django_assert_max_num_queries(60):
        stakeholders.fill(agency)

    first = Assessment.objects.order_by("assessed_on").values_list("assessed_on", flat=True)[0]
    assert Stakeholder.objects.count() == 400
    assert Assessment.objects.count() > 1000
    assert agency.now.date() - first > timedelta(days=600)
    assert ConsentEvent.objects.exists()
    assert Relationship.objects.exists()


def test_interests_say_what_their_newest_assessment_says(agency):
    stakeholders.fill(agency)

    for interest in Interest.objects.exclude(assessed_on=None).order_by("pk")[:20]:
        newest = interest.assessments.first()
        assert [getattr(interest, name) for name in ASSESSED] == [
            getattr(newest, name) for name in ASSESSED
        ]


def test_names_departments_and_parts_agree(agency):
    stakeholders.fill(agency)

    for one in Stakeholder.objects.order_by("pk")[::40]:
        assert one.name == one.party.name
        if one.person:
            assert one.department == one.person.posts.get().department
    one_each = Raci.objects.filter(part="A").values_list("initiative", "deliverable")
    assert len(set(one_each)) == len(one_each) == 2 * len(agency.initiatives)


def test_an_agency_without_much_of_a_registry_is_left_as_it_is(agency):
    onboard.fill(agency)

    assert not Interest.objects.exists()
    assert not Engagement.objects.exists()
