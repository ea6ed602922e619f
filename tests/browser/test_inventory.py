"""Inventories in a real browser: a file that nobody knows is understood, brought in and taken back."""

import pytest
from playwright.sync_api import expect

from buyin.initiatives.models import Initiative
from tests.browser.conftest import scrolls_sideways
from tests.browser.keyboard import tab_to
from tests.factories.records import make_record

pytestmark = pytest.mark.e2e
FILE = (
    b"Section 1,,,\n"
    b"Use case title,Agency Bureau,What stage,Purpose\n"
    b"Lamp sorter,Roads,Pilot,Sorts lamps\n"
    b"Letter reader,Mail,in mission,Reads letters\n"
)
LONG = "commodity_futures_trading_commission__2026_ai_use_case_inventory.csv"


def choose(page, name, content):
    page.get_by_label("File", exact=True).set_input_files(
        {"name": name, "mimeType": "application/octet-stream", "buffer": content}
    )
    page.get_by_role("button", name="Read the file").click()


@pytest.mark.parametrize(("scripts", "width"), [(True, 1280), (False, 390)], ids=str)
def test_an_inventory_is_understood_imported_and_taken_back(open_page, axe, shot, scripts, width):
    page = open_page("lead", "/initiatives/import/", width=width, java_script_enabled=scripts)
    choose(page, "systems.csv", FILE)
    expect(page.get_by_text("No column holds the names of the systems.")).to_be_visible()
    expect(page.get_by_role("button", name="Import", exact=True)).to_have_count(0)

    page.get_by_role("link", name="Say what columns and words mean").click()
    expect(page.get_by_text("“Lamp sorter”, “Letter reader”")).to_be_visible()
    page.get_by_label("Use case title").select_option(label="Name")
    page.get_by_label("What stage").select_option(label="Name")
    page.get_by_role("button", name="Save and look at the result").click()
    expect(page.get_by_text("Another column holds this already.").first).to_be_visible()
    page.get_by_label("What stage").select_option(label="Stage")
    page.get_by_role("button", name="Save and look at the result").click()

    expect(page.get_by_text("Row 3: Lamp sorter")).to_be_visible()
    expect(page.get_by_text("Stage: “in mission” → Deployed (1)")).to_be_visible()
    assert not scrolls_sideways(page)
    shot(page, f"inventory-preview-{width}")
    if scripts:
        axe(page)
    page.get_by_role("button", name="Import", exact=True).click()
    expect(page.get_by_role("heading", name="The inventory was imported")).to_be_visible()
    stages = dict(Initiative.objects.values_list("name", "stage"))
    assert stages == {"Lamp sorter": "pilot", "Letter reader": "deployed"}

    page.get_by_role("button", name="Undo this import").click()
    expect(page.get_by_text("Everything is as it was before.")).to_be_visible()
    assert not Initiative.objects.exists()
    page.get_by_role("link", name="Bring in another file").click()
    expect(page.get_by_role("button", name="Read the file")).to_be_visible()


def test_what_is_taken_out_comes_in_again_and_changes_nothing(open_page):
    make_record()
    page = open_page("lead", "/initiatives/")
    page.get_by_role("link", name="Import or export inventories").click()
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Everything (JSON)").click()

    choose(page, "ours.json", waiting.value.path().read_bytes())

    expect(page.get_by_text("As it is read now, this file changes nothing.")).to_be_visible()
    tab_to(page, "Delete the file, import nothing")
    page.keyboard.press("Enter")
    expect(page.get_by_text("The file is deleted. Nothing was imported.")).to_be_visible()


@pytest.mark.parametrize("part", ["initiatives", "stakeholders"])
def test_on_a_phone_the_long_name_of_a_file_does_not_make_the_page_wider(open_page, part):
    page = open_page("administrator", f"/{part}/import/", width=390)
    choose(page, LONG, b"Name\nLamps\n")
    expect(page.get_by_role("heading", name="What will change")).to_be_visible()
    assert not scrolls_sideways(page)

    page.goto(page.url.split("/import/")[0] + "/import/")
    expect(page.get_by_text(LONG).first).to_be_visible()
    assert not scrolls_sideways(page)
