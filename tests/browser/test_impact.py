"""An impact assessment as a lead fills it in, on a desk with the keyboard and on a phone."""

import re

import pytest
from playwright.sync_api import expect

from buyin.initiatives.models import ImpactAssessment
from tests.browser.conftest import scrolls_sideways
from tests.browser.keyboard import press, tab_to, write
from tests.factories.impact import make_impact
from tests.factories.initiatives import InitiativeFactory
from tests.factories.records import make_record

pytestmark = pytest.mark.e2e
LEVEL = re.compile("level I of IV, little to no impact")


@pytest.fixture
def at(cast):
    initiative = InitiativeFactory(name="Permit assistant", departments=[cast.roads])
    return f"/initiatives/{initiative.pk}/"


def test_an_assessment_from_the_first_page_to_the_result_with_the_keyboard(
    at, open_page, axe, shot
):
    page = open_page("lead", at)
    tab_to(page, "More")
    page.keyboard.press("Enter")
    press(page, "Impact assessment")
    axe(page)
    press(page, "Begin")
    expect(page.get_by_text("0 of 1 choices made").first).to_be_visible()
    shot(page, "impact-begun-1280")
    axe(page)

    press(page, "Begin: Project Details")
    axe(page)
    write(page, "Project Title", "Permits in a day")
    tab_to(page, "Design")
    page.keyboard.press("ArrowDown")
    shot(page, "impact-page-1280")
    press(page, "Save and go on")
    expect(page.get_by_role("heading", name="Reasons for Automation")).to_be_visible()
    tab_to(page, "Français")
    page.keyboard.press("Enter")  # saves, and leads to the same address
    expect(page.get_by_role("heading", name="Raisons de l'automatisation")).to_be_visible()
    axe(page)
    press(page, "Save and stop here")
    expect(page.get_by_text("1 of 1 choices made").first).to_be_visible()
    tab_to(page, "Finish and keep the result")
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", name="Impact level I: little to no impact")).to_be_visible()
    page.get_by_text("Détails du projet").click()
    expect(page.get_by_text("Permits in a day")).to_be_visible()
    shot(page, "impact-result-1280")
    axe(page)
    assert ImpactAssessment.objects.get().finished_at is not None


def test_on_a_phone_without_scripts_answers_open_more_questions(at, cast, open_page, axe, shot):
    initiative = InitiativeFactory(name="Plain letters", departments=[cast.roads])
    make_impact(initiative)
    make_impact(initiative, is_finished=False)
    here = f"/initiatives/{initiative.pk}/assessment/"
    phone = open_page("lead", f"{here}2/riskProfile/", width=390, java_script_enabled=False)

    expect(phone.get_by_role("textbox")).to_have_count(0)
    phone.get_by_text("barriers were identified, and measures are in place").click()
    phone.get_by_role("button", name="Save and go on").click()
    expect(phone.get_by_text("Your answers open 1 more question on this page.")).to_be_visible()
    expect(phone.get_by_role("textbox")).to_have_count(1)

    phone = open_page("lead", f"{here}2/riskProfile/", width=390)
    shot(phone, "impact-page-390")
    assert not scrolls_sideways(phone)
    axe(phone)
    for path, name in ((here, "impact-390"), (f"{here}1/", "impact-result-390")):
        phone = open_page("staff", path, width=390)
        shot(phone, name)
        assert not scrolls_sideways(phone)
        axe(phone)


def test_a_result_is_taken_over_into_the_record_and_read_by_everybody(cast, open_page):
    initiative = InitiativeFactory(name="Plain letters", stage="pilot", departments=[cast.roads])
    record = make_record(initiative, by=cast.lead)
    make_impact(initiative)
    page = open_page("lead", f"/initiatives/{initiative.pk}/assessment/1/")

    page.get_by_role("link", name="To the AI system record").click()
    page.get_by_role("button", name=re.compile("Take over.*Impact")).click()
    expect(page.get_by_label("Which assessments were made?")).to_have_value(LEVEL)
    page.get_by_role("link", name="Record", exact=True).first.click()
    page.get_by_role("link", name="Publish it").click()
    page.get_by_role("button", name="Publish").click()
    page.get_by_role("link", name="Read it as everybody does").click()

    expect(page).to_have_url(re.compile(f"/ai/{record.pk}/$"))
    expect(page.get_by_text("level I of IV, little to no impact")).to_be_visible()
