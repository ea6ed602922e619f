"""An initiative in a real browser: written down, planned on a phone, and moved on with its reason."""

import re

import pytest
from playwright.sync_api import expect

from buyin.initiatives.models import Initiative
from tests.browser.conftest import scrolls_sideways
from tests.browser.keyboard import tab_to, write
from tests.factories.initiatives import InitiativeFactory
from tests.factories.records import make_record

pytestmark = pytest.mark.e2e
INSIDE = """cells => cells.every(cell => cell.getBoundingClientRect().right
    <= cell.closest('.card').getBoundingClientRect().right)"""


@pytest.fixture
def ours(cast):
    """An idea of two departments with all that the first step asks for."""
    return InitiativeFactory(
        name="Lamp planner",
        summary="Finds dark lamps.",
        lead=cast.lead,
        departments=[cast.roads, cast.clinic],
    )


def test_an_idea_is_written_down_and_moved_on_with_the_keyboard_alone(cast, open_page):
    page = open_page("lead", "/initiatives/add/")
    write(page, "Name", "Lamp planner")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Lamp planner")
    expect(page.get_by_role("definition").filter(has_text="Lead Persona")).to_be_visible()

    tab_to(page, "Move to “Pre-deployment”")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Write a summary in two plain sentences.")).to_be_visible()
    tab_to(page, "Move to “Pre-deployment”")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="There is a problem")).to_be_visible()
    tab_to(page, "Why: Say why it moves on all the same.")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Why")).to_be_focused()
    page.keyboard.type("The council asks for it.")
    tab_to(page, "Move to “Pre-deployment”")
    page.keyboard.press("Enter")

    expect(page.get_by_text("It is in the stage “Pre-deployment” now.")).to_be_visible()
    expect(page.get_by_text("The council asks for it.")).to_be_visible()
    made = Initiative.objects.get()
    assert (made.stage, made.lead) == ("pre-deployment", cast.lead)


def test_what_is_missing_in_the_record_is_one_click_from_the_step(cast, ours, open_page):
    make_record(ours, by=cast.lead, benefits="")
    page = open_page("lead", f"/initiatives/{ours.pk}/stage/?to=pilot")

    page.get_by_role("link", name="Missing: What good should it do").click()

    expect(page.get_by_role("heading", name="Lamp planner")).to_be_visible()
    expect(page).to_have_url(re.compile("/record/.for=pilot#complete$"))


def test_a_plan_is_made_on_a_phone_and_what_is_refused_stays_typed(
    cast, ours, open_page, axe, shot
):
    page = open_page("lead", f"/initiatives/{ours.pk}/plan/", width=390)
    save = page.get_by_role("button", name="Save")

    page.get_by_role("link", name="Add a milestone").click()
    page.get_by_label("What is to be reached?").fill("Lamps are counted")
    page.get_by_label("By", exact=True).fill("2030-12-31")
    page.get_by_label("Steps in all").fill("3")
    page.get_by_label("Steps done").fill("5")
    save.click()
    expect(page.get_by_text("Say how many steps there are")).to_be_visible()
    expect(page.get_by_label("What is to be reached?")).to_have_value("Lamps are counted")
    page.get_by_label("Steps done").fill("1")
    save.click()
    expect(page.get_by_text("1 of 3 steps")).to_be_visible()
    page.get_by_role("button", name="It is reached").click()
    expect(page.get_by_text("1 of 1 are reached.")).to_be_visible()

    page.get_by_role("link", name="Add an agreement about data").click()
    page.get_by_label("Who gives?").select_option(str(cast.roads.pk))
    page.get_by_label("Who takes?").select_option(str(cast.roads.pk))
    page.get_by_label("Which data?").fill("Positions of all lamps in the streets of the city")
    page.get_by_label("What for?").fill("To plan rounds")
    save.click()
    expect(page.get_by_text("Choose two departments: one gives")).to_be_visible()
    page.get_by_label("Who takes?").select_option(str(cast.clinic.pk))
    save.click()
    expect(page.get_by_text("To plan rounds")).to_be_visible()
    assert page.locator(".card .table td").evaluate_all(INSIDE)
    assert not scrolls_sideways(page)
    axe(page)
    shot(page, "plan-390")


def test_without_scripts_two_departments_share_a_goal(cast, ours, open_page):
    page = open_page("lead", f"/initiatives/{ours.pk}/plan/", java_script_enabled=False)

    page.get_by_role("link", name="Add a shared goal").click()
    page.get_by_label("What do they want to reach together?").fill("No dark street")
    page.locator("label", has_text="Roads").click()
    page.get_by_label("How is it measured?").fill("Lamps out")
    page.get_by_label("Target").fill("10 lamps")
    page.get_by_label("By", exact=True).fill("2030-12-31")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("A shared goal has at least two departments.").first).to_be_visible()
    page.locator("label", has_text="Clinic").click()
    page.get_by_role("button", name="Save").click()

    expect(page.get_by_role("heading", name="No dark street")).to_be_visible()
    expect(page.get_by_text("Clinic, Roads")).to_be_visible()


def test_all_parts_stand_in_one_row_with_the_rest_folded_behind_it(ours, open_page, axe):
    page = open_page("lead", f"/initiatives/{ours.pk}/")
    row = page.get_by_role("navigation", name="Parts of this initiative")
    tops = {one.bounding_box()["y"] for one in page.locator(".tabs > ul > li").all()}

    tab_to(page, "More")
    page.keyboard.press("Enter")
    axe(page)
    page.keyboard.press("Escape")
    expect(row.get_by_role("link", name="Risks")).to_be_hidden()
    expect(row.locator("summary")).to_be_focused()
    page.keyboard.press("Enter")
    tab_to(page, "Risks")
    page.keyboard.press("Enter")

    expect(page).to_have_url(re.compile("/risks/$"))
    expect(row.locator("summary")).to_have_text(re.compile(r"More\s+Risks"))
    assert max(tops) - min(tops) < 6


def test_on_a_phone_one_menu_holds_all_parts_and_opens_without_scripts(ours, open_page):
    page = open_page("lead", f"/initiatives/{ours.pk}/plan/", width=390, java_script_enabled=False)
    menu = page.get_by_role("navigation", name="Parts of this initiative")

    menu.locator("summary").click()
    expect(menu.get_by_role("link")).to_have_count(11)
    menu.get_by_role("link", name="Impact assessment").click()

    expect(page).to_have_url(re.compile("/assessment/$"))
    expect(menu.locator("summary")).to_have_text(re.compile(r"Impact assessment\s+All parts"))
    assert not scrolls_sideways(page)
