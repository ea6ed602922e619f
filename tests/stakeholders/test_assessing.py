"""Assessments are added, and an interest follows the newest day."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from buyin.stakeholders.actions import assess, take_up
from buyin.stakeholders.models import Assessment, Interest
from tests.factories.initiatives import InitiativeFactory
from tests.factories.stakeholders import InterestFactory, StakeholderFactory
from tests.races import ON_POSTGRESQL, at_once


def days_ago(number):
    return timezone.localdate() - timedelta(days=number)


@pytest.fixture
def interest(cast):
    return InterestFactory(
        stakeholder=StakeholderFactory(department=cast.roads),
        initiative=InitiativeFactory(departments=[cast.roads]),
    )


def test_an_assessment_moves_the_interest(cast, interest):
    made = assess(actor=cast.coordinator, about=interest, power=5, current=1, interest=2)

    assert (interest.power, interest.current, interest.interest) == (5, 1, 2)
    assert interest.assessed_on == made.assessed_on == timezone.localdate()
    assert made.assessed_by == cast.coordinator


def test_the_newest_day_is_shown_whenever_it_was_noted(cast, interest):
    assess(actor=cast.lead, about=interest, on=days_ago(3), current=3)
    assess(actor=cast.lead, about=interest, on=days_ago(9), current=1, power=5)

    assert (interest.current, interest.power, interest.assessed_on) == (3, None, days_ago(3))
    assert interest.assessments.count() == 2


def test_of_one_day_the_last_note_counts(cast, interest):
    for level in (1, 2, 3):
        assess(actor=cast.lead, about=interest, current=level)

    assert interest.current == 3


def test_what_is_not_said_is_not_assessed_any_more(cast, interest):
    assess(actor=cast.lead, about=interest, on=days_ago(3), power=5)
    assess(actor=cast.lead, about=interest, urgency=2)

    assert (interest.power, interest.urgency) == (None, 2)


@pytest.mark.parametrize("wrong", [{"power": 6}, {"desired": 0}, {"current": 9}])
def test_a_score_that_there_is_not_changes_nothing(cast, interest, wrong):
    with pytest.raises(ValidationError):
        assess(actor=cast.lead, about=interest, **wrong)

    assert not Assessment.objects.exists()


def test_no_day_to_come_is_assessed(cast, interest):
    with pytest.raises(ValidationError, match="still to come"):
        assess(actor=cast.lead, about=interest, on=days_ago(-1), current=1)


def test_an_unknown_word_is_a_slip(cast, interest):
    with pytest.raises(TypeError, match="stakeholder"):
        assess(actor=cast.lead, about=interest, stakeholder=None)


@pytest.mark.parametrize("persona", ["executive", "neighbour", "staff", "trainer"])
def test_who_may_not_change_it_assesses_nothing(cast, interest, persona):
    with pytest.raises(PermissionDenied):
        assess(actor=cast.people[persona], about=interest, current=1)
    with pytest.raises(PermissionDenied):
        take_up(
            actor=cast.people[persona],
            stakeholder=interest.stakeholder,
            initiative=InitiativeFactory(departments=[cast.city]),
        )


def test_a_stakeholder_is_taken_up_once(cast, interest):
    again = take_up(
        actor=cast.coordinator, stakeholder=interest.stakeholder, initiative=interest.initiative
    )

    assert again == interest
    assert Interest.objects.count() == 1


def test_nobody_is_taken_up_in_an_initiative_that_one_may_not_open(cast, interest):
    elsewhere = InitiativeFactory(departments=[cast.clinic])

    with pytest.raises(PermissionDenied):
        take_up(actor=cast.coordinator, stakeholder=interest.stakeholder, initiative=elsewhere)


class TestAtTheSameMoment:
    """Several people assess at once; all is kept, and what is shown is what was noted last."""

    pytestmark = ON_POSTGRESQL

    def test_the_interest_shows_the_last_of_them(self, cast, interest):
        at_once(lambda n: assess(actor=cast.lead, about=Interest.objects.get(), power=n % 5 + 1))

        newest = Assessment.objects.values_list("power", flat=True).first()
        assert Assessment.objects.count() == 8
        assert Interest.objects.get().power == newest
