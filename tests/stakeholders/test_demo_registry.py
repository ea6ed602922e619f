"""The demo agency's registry holds together, and every look at it has something to show."""

from typing import Any

import pytest
from django.db.models import F
from django.utils import timezone

from buyin.demo import stakeholders
from buyin.features import DemoAgency
from buyin.stakeholders.models import (
    Assessment,
    Category,
    Interest,
    Level,
    Person,
    Raci,
    Relationship,
    Stakeholder,
    StakeholderTag,
)
from buyin.stakeholders.queries import Search, deliverables, find, network_of
from buyin.stakeholders.queries.finding import GAPS, QUADRANTS
from tests.cast import make_cast
from tests.factories.initiatives import InitiativeFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def cast(written_once):
    return make_cast()


@pytest.fixture(scope="module")
def agency(cast):
    """Return the agency, its registry filled."""
    made: Any = DemoAgency(
        now=timezone.now(),
        seed=11,
        lead=cast.lead,
        staff=cast.staff,
        initiatives=[InitiativeFactory(lead=cast.lead) for _one in range(3)],
        departments=cast.departments,
        moods={},
        rates={},
    )
    stakeholders.fill(made)
    return made


def test_nothing_in_the_demo_is_what_a_form_would_refuse(agency):
    for model in (Stakeholder, Interest, Assessment, Relationship, Raci, Person):
        for row in model.objects.order_by("pk")[::60]:
            row.full_clean()


def test_every_filter_of_the_list_finds_somebody(agency, cast):
    asked: list[dict[str, str]] = [
        *({"quadrant": str(quadrant)} for quadrant in QUADRANTS),
        *({"gap": gap} for gap in GAPS),
        *({"level": str(int(level))} for level in Level),
        *({"tag": str(tag.pk)} for tag in StakeholderTag.objects.all()),
        *({"category": str(category)} for category in Category),
        *({"department": code} for code in agency.departments),
        *({"initiative": str(one.pk)} for one in agency.initiatives),
        {"owner": "nobody"},
    ]

    assert [words for words in asked if not find(viewer=cast.lead, search=Search(**words))] == []


def test_nobody_was_assessed_in_days_to_come_or_supports_without_having_moved(agency):
    today = timezone.localdate(agency.now)

    assert not Assessment.objects.filter(assessed_on__gt=today).exists()
    assert Interest.objects.filter(current__lt=F("desired")).exists()
    assert Interest.objects.filter(assessed_on=None, current=None).exists()


def test_what_consent_says_is_what_the_person_says(agency):
    for person in Person.objects.order_by("pk")[::20]:
        newest = person.consent_events.first()
        assert person.contact_permitted == (newest and newest.kind == "given")


def test_the_network_and_the_parts_of_each_initiative_have_something_to_show(agency, cast):
    for initiative in agency.initiatives:
        assert network_of(viewer=cast.lead, initiative=initiative)
        parts = deliverables(viewer=cast.lead, initiative=initiative)
        assert [one.name for one in parts if not one.has_accountable] == ["Rules for appeals"]
