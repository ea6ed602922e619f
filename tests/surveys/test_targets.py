"""A wave's target: chosen in its plan, and what is said where a department is under it."""

import datetime as dt

import pytest
from django.utils import timezone

from surveys.models import Wave
from surveys.queries.field import field_of, overall_rates
from tests.factories.accounts import PersonFactory
from tests.factories.surveys import make_participation, make_planned, make_wave
from tests.surveys.test_audience import plan, publish

pytestmark = pytest.mark.django_db


@pytest.fixture
def survey(cast):
    return make_planned(cast.roads)


def answered(wave, department, number, of):
    people = [PersonFactory(department=department) for _ in range(number)]
    for person in people:
        make_participation(wave, person)
    wave.groups.filter(department=department).update(asked=of)


@pytest.fixture
def wave(cast):
    """Sixty percent of Roads and Parks' thirty have answered, and thirty of Clinic's."""
    wave = make_wave(cast.roads, cast.parks, cast.clinic, target=50)
    answered(wave, cast.roads, 24, of=40)
    answered(wave, cast.parks, 18, of=30)
    answered(wave, cast.clinic, 15, of=50)
    return wave


def test_the_target_is_chosen_in_the_plan_and_goes_on_to_the_wave_and_the_next(lead, survey):
    wave = publish(lead, survey, asks="everybody", target="65")
    assert wave.target == 65

    lead.post(f"/surveys/author/{survey.pk}/waves/{wave.number}/close/")
    lead.post(f"/surveys/author/{survey.pk}/again/")

    assert survey.plan.target == 65


@pytest.mark.parametrize("typed", ["4", "96", "half"])
def test_a_target_that_could_never_be_shown_to_be_met_is_refused_with_what_was_typed(
    lead, survey, typed
):
    answer = plan(lead, survey, asks="everybody", target=typed)

    assert "target" in answer.context["form"].errors
    assert f'value="{typed}"' in answer.text


def test_without_one_it_is_half(lead, survey):
    assert publish(lead, survey, asks="everybody", target="").target == 50


@pytest.mark.parametrize(
    ("target", "low"), [(20, []), (50, ["clinic"]), (70, ["clinic", "works", "parks", "roads"])]
)
def test_departments_under_the_target_need_a_nudge(wave, target, low):
    wave.target = target
    wave.save()

    found = field_of(wave)

    assert {row.department.code for row in found.low} == set(low)
    assert [row.department.code for row in found.low][:1] == low[:1]
    assert overall_rates([wave])[wave.pk].is_low is (target == 70)


def test_the_page_names_the_target_and_groups_and_nobody(lead, wave, cast):
    page = " ".join(lead.get(f"/surveys/author/{wave.survey_id}/waves/1/").text.split())

    assert "The target is 50 %." in page
    assert "Who needs a nudge" in page
    assert "Ask the head of Clinic to remind everybody" in page
    for person in wave.participations.values_list("person__name", "person__email"):
        assert not any(said in page for said in person)


def test_a_department_that_is_not_shown_is_not_named_as_under_the_target(wave, cast):
    wave.groups.filter(department=cast.clinic).update(asked=8)

    assert "clinic" not in [row.department.code for row in field_of(wave).low]


def test_programs_read_the_target_and_who_needs_a_nudge(lead, wave):
    place = f"/api/v1/surveys/{wave.survey_id}/waves/1/"

    told = lead.get(f"{place}response-rate/").json()

    assert (told["target"], told["needs_nudge"]) == (50, ["clinic"])
    assert lead.get(place).json()["target"] == 50


def test_programs_read_of_no_nudge_on_the_day_a_wave_opens_as_the_page_shows_none(lead, wave):
    Wave.objects.filter(pk=wave.pk).update(opens_at=timezone.now())

    told = lead.get(f"/api/v1/surveys/{wave.survey_id}/waves/1/response-rate/").json()

    assert told["needs_nudge"] == []
    assert "Who needs a nudge" not in lead.get(f"/surveys/author/{wave.survey_id}/waves/1/").text


def test_the_author_is_reminded_of_a_wave_that_is_under_its_own_target(lead, wave):
    wave.closes_at = timezone.now() + dt.timedelta(days=3)
    wave.target = 20
    wave.save()
    assert "Only" not in lead.get("/").text

    wave.target = 90
    wave.save()
    assert "have answered “Permit assistant”" in lead.get("/").text
