"""Who is missing and what speaks against a level, in a real browser: each next step one click away."""

import pytest
from playwright.sync_api import expect

from tests.pages_of_evidence import on_board

pytestmark = pytest.mark.e2e


def test_from_the_overview_to_the_form_for_a_union_with_its_category_filled_in(cast, open_page):
    made = on_board(cast)
    page = open_page("lead", f"/initiatives/{made['initiative']}/")
    page.get_by_role("main").get_by_role("link", name="Who is missing").click()
    expect(page.get_by_role("heading", name="1 thing is missing for the stage")).to_be_visible()

    page.get_by_role("link", name="A union").focus()
    page.keyboard.press("Enter")
    page.get_by_role("link", name="An organisation").click()
    expect(page.get_by_label("Category")).to_have_value("union")


def test_a_level_is_assessed_again_and_leaves_the_list_without_scripts(cast, open_page):
    on_board(cast)
    page = open_page("lead", "/stakeholders/evidence/", java_script_enabled=False)
    expect(page.get_by_role("heading", name="1 level to look at again")).to_be_visible()
    row = page.get_by_role("row", name="Ruth Roads")
    expect(row).to_contain_text("no contact for 7 months, a promise is late")

    page.get_by_role("link", name="Assess Ruth Roads").click()
    page.get_by_label("Level now").select_option(label="Supportive")
    page.get_by_role("button", name="Save").click()

    expect(page.get_by_text("Saved.")).to_be_visible()
    expect(page.get_by_text("Levels and evidence agree")).to_be_visible()


def test_evidence_goes_back_in_time_with_the_slider_on_a_phone(cast, open_page):
    made = on_board(cast)
    page = open_page("lead", f"/stakeholders/{made['stakeholder']}/", width=390)
    expect(page.get_by_text("asked for 1, promised 1, kept 0")).to_be_visible()

    page.get_by_label("Move through time").focus()
    page.keyboard.press("Home")

    expect(page.get_by_text("No evidence about this initiative by then.")).to_be_visible()
    page.wait_for_function("() => document.documentElement.scrollWidth <= window.innerWidth")
