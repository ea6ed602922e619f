"""Two records of one in a real browser: found, compared, merged by keyboard, undone, and removed."""

import pytest
from playwright.sync_api import expect

from buyin.stakeholders.actions import look_for_doubles
from tests.factories.merging import make_twins
from tests.pages_of_stakeholders import kept_too_long

pytestmark = pytest.mark.e2e


def test_a_likely_double_is_compared_merged_by_keyboard_and_made_two_again(cast, open_page):
    make_twins(cast.roads)
    look_for_doubles()
    page = open_page("lead", "/stakeholders/")
    page.get_by_role("link", name="Likely doubles").click()
    expect(page.get_by_role("heading", name="1 pair may be one")).to_be_visible()

    page.get_by_role("link", name="Compare Ruth Roads and Ruth Raods").click()
    page.get_by_role("radio", name="Ruth Raods").focus()
    page.keyboard.press("Space")
    page.get_by_role("button", name="Merge").focus()
    page.keyboard.press("Enter")

    expect(page.get_by_text("Merged. This can be undone at any time.")).to_be_visible()
    page.get_by_role("button", name="Undo this merge").click()
    expect(page.get_by_role("heading", name="are two again")).to_be_visible()
    page.get_by_role("link", name="Ruth Roads").click()
    expect(page.get_by_role("heading", name="Ruth Roads")).to_be_visible()


def test_two_who_look_alike_are_set_apart_without_scripts(cast, open_page):
    make_twins(cast.roads)
    look_for_doubles()
    page = open_page("lead", "/stakeholders/doubles/", java_script_enabled=False, width=390)

    page.get_by_role("button", name="These are two").click()

    expect(page.get_by_text("No doubles are found")).to_be_visible()


def test_who_is_proposed_is_removed_after_a_look_and_leaves_a_certificate(cast, open_page):
    made = kept_too_long(cast)
    page = open_page("administrator", "/stakeholders/retention/")
    expect(page.locator(f"#chosen-{made['held']}")).to_have_count(0)

    page.locator(f"#chosen-{made['free']}").focus()
    page.keyboard.press("Space")
    page.get_by_role("button", name="Look at the removal").click()
    expect(page.get_by_role("heading", name="Remove 1 person?")).to_be_visible()
    page.get_by_role("button", name="Remove them").click()

    expect(page.get_by_text("1 person was removed.")).to_be_visible()
    expect(page.get_by_role("heading", name="Certificates of removal")).to_be_visible()


def test_the_list_is_taken_along_as_a_file(cast, open_page):
    make_twins(cast.roads)
    page = open_page("lead", "/stakeholders/?q=ruth")

    with page.expect_download() as waiting:
        page.get_by_role("link", name="Download as CSV").click()

    assert waiting.value.suggested_filename == "stakeholders.csv"
    assert "ruth@example.org" in waiting.value.path().read_text(encoding="utf-8-sig")
