"""A lead makes a survey, looks at it and publishes it: with the keyboard alone, and without scripts."""

import datetime as dt

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from surveys.models import Wave, WavePlan
from tests.browser.keyboard import press, tab_to
from tests.factories.initiatives import InitiativeFactory
from tests.factories.surveys import make_wave

pytestmark = pytest.mark.e2e
LAST_DAY = timezone.localdate() + dt.timedelta(days=14)


def test_a_survey_is_made_and_published_with_the_keyboard_alone(cast, open_page, axe):
    InitiativeFactory(name="Permit assistant")
    page = open_page("lead", "/surveys/author/")

    press(page, "New survey")
    press(page, "Use this template")
    tab_to(page, "Title")
    page.keyboard.press("Control+a")
    page.keyboard.type("How ready are we?")
    tab_to(page, "Why you ask")
    page.keyboard.type("To plan training.")
    tab_to(page, "Initiative")
    page.keyboard.type("Permit")
    press(page, "Make the draft")
    expect(page.locator("h1")).to_have_text("How ready are we?")

    press(page, "Preview")
    expect(page.get_by_text("nothing is stored or sent")).to_be_visible()
    axe(page)
    press(page, "Back to the survey")

    press(page, "Set audience, dates and anonymity")
    tab_to(page, "Last day")
    page.keyboard.type(LAST_DAY.strftime("%m%d%Y"))
    axe(page)
    press(page, "Save")

    press(page, "Check and publish")
    expect(page.locator("h1")).to_have_text("Publish to 180 people?")
    axe(page)
    press(page, "Publish")

    expect(page.locator("h1")).to_have_text("It opened today. Rates say little before tomorrow")
    axe(page)
    assert Wave.objects.get().survey.title == "How ready are we?"


def test_a_survey_is_made_and_published_without_scripts_on_a_phone(cast, open_page):
    InitiativeFactory(name="Permit assistant")
    page = open_page("lead", "/surveys/author/", width=390, java_script_enabled=False)

    page.get_by_role("link", name="New survey").click()
    page.get_by_role("link", name="Use this template").first.click()
    page.get_by_role("button", name="Make the draft").click()
    expect(page.get_by_role("heading", name="There is a problem")).to_be_visible()
    page.get_by_label("Why you ask").fill("To plan training.")
    page.get_by_label("Initiative").select_option("Permit assistant")
    page.get_by_role("button", name="Make the draft").click()

    page.get_by_role("link", name="Set audience, dates and anonymity").click()
    page.get_by_text("Only some departments").click()
    page.get_by_text("Public works (85 people)").click()
    page.get_by_label("Last day").fill(LAST_DAY.isoformat())
    page.get_by_role("button", name="Save").click()
    page.get_by_role("link", name="Check and publish").click()
    page.get_by_role("button", name="Publish").click()

    expect(page.get_by_text("Published. It is on the page of everybody")).to_be_visible()
    groups = Wave.objects.get().groups.values_list("department__code", flat=True)
    assert set(groups) == {"works", "roads", "parks"}


@pytest.mark.parametrize("width", [1280, 390])
def test_departments_are_offered_where_only_some_are_asked(cast, open_page, axe, width):
    wave = make_wave(cast.roads)
    WavePlan.objects.create(survey=wave.survey, asks_everybody=True)
    page = open_page("lead", f"/surveys/author/{wave.survey_id}/plan/", width=width)
    box = page.get_by_text("Public works (85 people)")
    expect(box).to_be_hidden()

    page.get_by_text("Only some departments").click()

    expect(box).to_be_visible()
    axe(page)
