"""Who does not want to be contacted: marked where they are listed, and nobody is sent to them."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from buyin.stakeholders.actions import note_consent, plan_activity
from buyin.stakeholders.models import ConsentKind, PlannedActivity, Stakeholder
from buyin.stakeholders.queries.overdue import overdue
from tests.factories.initiatives import InitiativeFactory
from tests.factories.stakeholders import InterestFactory, StakeholderFactory

MARK = "does not want to be contacted"


@pytest.fixture
def ruth(cast):
    return StakeholderFactory(name="Ruth Roads", department=cast.roads, cadence=30)


def say(cast, one, kind):
    note_consent(actor=cast.lead, stakeholder=one, kind=kind, basis="By mail")
    return Stakeholder.objects.get(pk=one.pk)


@pytest.mark.parametrize("path", ["/stakeholders/", "/stakeholders/{pk}/"])
def test_they_are_marked_from_the_moment_it_is_noted_until_it_is_taken_back(
    sign_in, cast, ruth, path
):
    client, address = sign_in("coordinator"), path.format(pk=ruth.pk)
    assert MARK not in client.get(address).text

    say(cast, ruth, ConsentKind.WITHDRAWN)
    assert MARK in client.get(address).text

    say(cast, ruth, ConsentKind.GIVEN)
    assert MARK not in client.get(address).text


def test_contact_with_them_is_never_overdue(cast, ruth):
    assert [one.pk for one in overdue(cast.lead)] == [ruth.pk]

    say(cast, ruth, ConsentKind.WITHDRAWN)

    assert list(overdue(cast.lead)) == []


def test_they_are_marked_where_somebody_is_asked_for_something(sign_in, cast, ruth):
    initiative = InitiativeFactory(departments=[cast.roads])
    InterestFactory(stakeholder=ruth, initiative=initiative)
    say(cast, ruth, ConsentKind.WITHDRAWN)

    text = sign_in("lead").get(f"/initiatives/{initiative.pk}/commitments/add/").text

    assert f"Ruth Roads ({MARK})" in text


def test_nothing_is_planned_with_them(cast, ruth):
    other = StakeholderFactory(name="Percy Parks", department=cast.parks)
    said = {
        "kind": "call", "purpose": "Hear them", "owner": cast.lead,
        "due_on": timezone.localdate() + timedelta(days=7),
    }  # fmt: skip
    silent = say(cast, ruth, ConsentKind.WITHDRAWN)

    with pytest.raises(ValidationError, match="Does not want to be contacted: Ruth Roads"):
        plan_activity(actor=cast.lead, stakeholders=[silent, other], **said)

    assert not PlannedActivity.objects.exists()
    plan_activity(actor=cast.lead, stakeholders=[other], **said)
    assert PlannedActivity.objects.count() == 1


def test_organisations_and_people_who_said_nothing_may_be_contacted(cast, ruth):
    assert ruth.may_be_contacted
    assert list(Stakeholder.objects.contactable()) == [ruth]
