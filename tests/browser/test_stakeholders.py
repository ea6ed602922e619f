"""Stakeholders in a real browser: a look through time, an assessment by keyboard, without scripts."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests.pages_of_stakeholders import registry

pytestmark = pytest.mark.e2e


def test_the_slider_goes_through_the_days_and_stays_in_the_hand(cast, open_page):
    made = registry(cast)
    page = open_page("lead", f"/initiatives/{made['initiative']}/people/matrix/")
    slider = page.get_by_label("Move through time")
    expect(slider).to_be_visible()

    slider.focus()
    page.keyboard.press("Home")

    first = timezone.localdate() - timedelta(days=90)
    expect(page.get_by_label("As of")).to_have_value(first.isoformat())
    expect(page.get_by_role("heading", name="1 moved since")).to_be_visible()
    expect(page.get_by_label("Move through time")).to_be_focused()
    expect(page.get_by_role("heading", name="Unaware")).to_be_visible()


def test_without_scripts_the_field_for_the_day_does_the_same(cast, open_page):
    made = registry(cast)
    address = f"/initiatives/{made['initiative']}/people/"
    page = open_page("lead", address, java_script_enabled=False)
    expect(page.get_by_label("Move through time")).not_to_be_visible()

    page.get_by_label("As of").fill(str(made["day"]))
    page.get_by_role("button", name="Show that day").click()

    expect(page.get_by_role("heading", name="1 moved since")).to_be_visible()
    expect(page.get_by_text("Saw the demo")).to_be_visible()


def test_a_level_is_changed_without_dragging_and_one_is_back_on_the_map(cast, open_page):
    made = registry(cast)
    page = open_page("coordinator", f"/initiatives/{made['initiative']}/people/")

    page.get_by_role("link", name="Assess Ruth Roads").focus()
    page.keyboard.press("Enter")
    page.get_by_label("Level now").select_option(label="Supportive")
    page.get_by_label("Why").fill("Offered two people")
    page.get_by_role("button", name="Save").click()

    expect(page.get_by_text("Saved.")).to_be_visible()
    row = page.get_by_role("row", name="Ruth Roads")
    expect(row).to_contain_text("Supportive")


def test_several_are_ticked_looked_at_and_changed(cast, open_page):
    made = registry(cast)
    page = open_page("lead", "/stakeholders/")

    page.locator(f"#chosen-{made['stakeholder']}").focus()
    page.keyboard.press("Space")
    page.get_by_label("Add a tag").fill("Steering")
    page.get_by_role("button", name="Look at the change").click()
    expect(page.get_by_text("Nothing has changed yet")).to_be_visible()
    page.get_by_role("button", name="Change them").click()

    expect(page.get_by_text("1 changed.")).to_be_visible()
    expect(page.get_by_role("row", name="Ruth Roads")).to_contain_text("Steering")


def test_the_header_fits_with_all_its_parts(open_page):
    page = open_page("administrator", "/about/privacy/", width=1280)

    expect(page.locator(".site-nav").get_by_role("link", name="Stakeholders")).to_be_visible()
    fits = "document.documentElement.scrollWidth <= window.innerWidth"
    page.wait_for_function(f"() => {fits}")
    tops = page.locator(".site-nav li").evaluate_all(
        "links => [...new Set(links.map(link => Math.round(link.getBoundingClientRect().top)))]"
    )
    assert len(tops) == 1
