"""Whose surveys they are: a right of the role, not of the person who made them."""

import pytest

from buyin.accounts.actions import revoke_role
from buyin.accounts.models import Role
from surveys.models import Survey, Wave
from tests.factories.accounts import RoleFactory
from tests.factories.surveys import make_wave

PAGES = ["", "texts/", "preview/1/", "waves/1/", "waves/1/rates.csv", "waves/1/close/"]


@pytest.fixture
def survey(cast):
    """A survey that the lead made, which is in the field and has no answers yet."""
    wave = make_wave(cast.roads)
    wave.groups.update(asked=40)
    made = wave.survey
    Survey.objects.filter(pk=made.pk).update(owner=cast.lead)
    return made


@pytest.fixture
def former_lead(cast, survey, sign_in):
    """The browser of the person who made it and whose role has ended since."""
    browser = sign_in("lead")
    assert f"/surveys/author/{survey.pk}/" in browser.get("/").text
    assert browser.get(f"/surveys/author/{survey.pk}/").status_code == 200
    revoke_role(actor=cast.administrator, assignment=cast.lead.role_assignments.get())
    return browser


@pytest.mark.parametrize("page", PAGES)
def test_who_made_a_survey_reads_nothing_of_it_once_the_role_has_ended(former_lead, survey, page):
    assert former_lead.get(f"/surveys/author/{survey.pk}/{page}").status_code == 404


def test_who_made_a_survey_changes_nothing_in_it_once_the_role_has_ended(former_lead, survey):
    answer = former_lead.post(f"/surveys/author/{survey.pk}/waves/1/close/")

    assert answer.status_code == 404
    assert Wave.objects.get(survey=survey).closed_at is None


def test_a_former_lead_has_no_list_of_surveys_and_is_asked_to_look_after_none(former_lead, survey):
    assert former_lead.get("/surveys/author/").status_code == 404
    assert f"/surveys/author/{survey.pk}/" not in former_lead.get("/").text


def test_a_role_that_allows_it_still_keeps_the_survey_open(former_lead, survey, cast):
    RoleFactory(person=cast.lead, role=Role.ADMINISTRATOR)

    assert former_lead.get(f"/surveys/author/{survey.pk}/").status_code == 200


def test_who_leads_the_initiative_follows_its_surveys_without_a_role(former_lead, survey, cast):
    survey.initiative.lead = cast.lead
    survey.initiative.save()

    assert former_lead.get(f"/surveys/author/{survey.pk}/texts/").status_code == 200


def test_a_role_in_one_department_opens_no_survey(former_lead, survey, cast):
    RoleFactory(person=cast.lead, role=Role.LEAD, department=cast.roads)

    assert former_lead.get(f"/surveys/author/{survey.pk}/").status_code == 404
