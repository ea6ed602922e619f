"""Readiness in a browser: on a phone, with the keyboard alone, and without scripts."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import scrolls_sideways
from tests.pages import measured

pytestmark = pytest.mark.e2e


@pytest.fixture
def opened(cast, open_page):
    """Return a function that opens the dashboard with two measurements behind it."""
    measured(cast)

    def opened(who="lead", path="/readiness/", **options):
        return open_page(who, path, **options)

    return opened


def test_the_chart_is_drawn_with_a_name_a_number_and_a_word_in_each_row(opened):
    page = opened()

    page.wait_for_selector(".chart .scatterlayer .point")
    drawn = page.locator(".chart").inner_text().replace("\n", " ")
    assert "Public works" in drawn
    assert "ready from 60" in drawn
    assert any(word in drawn for word in (" not ready", " too close to call", " ready"))


def test_on_a_phone_names_stand_above_their_dots_and_nothing_scrolls_sideways(opened):
    page = opened(width=390)

    page.wait_for_selector(".chart .annotation-text")
    names = page.locator(".chart .annotation-text").all_text_contents()
    assert "Public works" in names
    assert not scrolls_sideways(page)
    first = page.locator(".heat td.cell").nth(0).bounding_box()
    last = page.locator(".heat td.cell").nth(4).bounding_box()
    assert first["y"] == last["y"]


def test_a_chart_is_drawn_anew_when_the_window_changes(opened):
    page = opened()
    page.wait_for_selector(".chart .scatterlayer .point")

    page.set_viewport_size({"width": 390, "height": 900})

    page.wait_for_selector(".chart .annotation-text >> text=Public works")
    assert page.locator(".chart").bounding_box()["width"] < 390


def test_the_figures_can_be_opened_as_a_table_with_the_keyboard(opened, axe):
    page = opened()
    summary = page.locator("summary", has_text="Show as table").first

    summary.focus()
    page.keyboard.press("Enter")

    expect(page.locator(".tools details table").first).to_be_visible()
    axe(page)


def test_a_department_is_reached_and_left_with_the_keyboard(opened):
    page = opened()

    page.get_by_role("link", name="Public works").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/departments/works/**")
    page.get_by_role("link", name="Readiness").last.focus()
    page.keyboard.press("Enter")

    page.wait_for_url("**/readiness/?initiative=*")


def test_without_scripts_the_week_can_be_chosen_and_the_table_says_what_the_chart_would(opened):
    page = opened(java_script_enabled=False, width=390)

    page.get_by_label("Answers until").select_option("2026-W21")
    page.get_by_role("button", name="Compare").click()
    page.wait_for_url("**week=2026-W21**")

    expect(page.locator(".lead")).to_contain_text("These are the first answers")
    page.locator("summary", has_text="Show as table").first.click()
    expect(page.locator(".tools details table").first).to_be_visible()


def test_hidden_cells_are_hatched_and_say_so(opened):
    page = opened(path="/readiness/?department=health")

    hidden = page.locator("td", has_text="hidden")
    expect(hidden).to_have_count(5)
    assert "gradient" in hidden.first.evaluate("cell => getComputedStyle(cell).backgroundImage")
