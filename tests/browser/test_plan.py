"""A gap leads to action in a real browser: from the matrix to a task, and from there into the log."""

import pytest
from playwright.sync_api import expect

from tests.pages_of_plan import planned

pytestmark = pytest.mark.e2e


def test_a_gap_is_planned_for_in_two_steps_and_closed_with_what_happened(cast, open_page):
    made = planned(cast)
    page = open_page("lead", f"/initiatives/{made['initiative']}/people/matrix/")

    page.get_by_role("link", name="Plan something: Bo Budget").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("This is proposed; change what you like")).to_be_visible()
    page.get_by_label("Who does it").fill("lead@fairhaven.example")
    page.get_by_role("button", name="Plan it").click()

    expect(page.get_by_text("It waits for Lead Persona.")).to_be_visible()
    row = page.get_by_role("row", name="Bo Budget")
    expect(row).not_to_contain_text("nothing planned")
    row.get_by_role("link", name=" by ").click()
    page.get_by_role("link", name="Say what happened").click()
    page.get_by_label("What was said").fill("They want to see the figures first.")
    page.get_by_label("How Bo Budget stands now").select_option(label="Neutral")
    page.get_by_role("button", name="It is done").click()

    expect(page.get_by_text("Noted.")).to_be_visible()
    expect(page.get_by_role("heading", name="What came of it")).to_be_visible()


def test_without_scripts_on_a_phone_an_owner_says_what_happened(cast, open_page):
    made = planned(cast)
    page = open_page(
        "staff", f"/stakeholders/plan/{made['activity']}/", width=390, java_script_enabled=False
    )

    page.get_by_role("link", name="Say what happened").click()
    page.get_by_role("button", name="It is done").click()
    expect(page.get_by_role("heading", name="There is a problem")).to_be_visible()
    page.get_by_label("What was said").fill("They like the map.")
    page.get_by_role("button", name="It is done").click()

    expect(page.get_by_text("The next one is planned for")).to_be_visible()
