"""Lists of stakeholders in a real browser: from a bad spreadsheet to the registry and back."""

import re

import pytest
from playwright.sync_api import expect

from buyin.stakeholders import tasks
from buyin.stakeholders.models import ImportRun, Stakeholder
from buyin.uploads import Announced
from tests.browser.conftest import scrolls_sideways
from tests.factories.stakeholders import StakeholderFactory
from tests.stakeholders.lists import workbook

pytestmark = pytest.mark.e2e
ROWS = (
    ("Partners, as of November",),
    ("Who", "Mail", "Dept", "Group"),
    ("J. Smith", "", "roads", "SME"),
    ("Lee, Ann", "ann@x.example", "roads", "Committee"),
    ("Tom Ott", "not a mail", "roads", "IT"),
)


def choose(page, name, content):
    page.get_by_label("File", exact=True).set_input_files(
        {"name": name, "mimeType": "application/octet-stream", "buffer": content}
    )
    page.get_by_role("button", name="Read the file").click()


def text(rows):
    return "\n".join(";".join(row) for row in rows).encode()


def test_a_bad_list_is_understood_decided_imported_and_undone(cast, open_page, axe):
    StakeholderFactory(name="John Smith")
    page = open_page("lead", "/stakeholders/")
    page.get_by_role("link", name="Bring in a list").click()

    choose(page, "partners.csv", text(ROWS))
    expect(page.get_by_text("No column holds the names.")).to_be_visible()
    page.get_by_role("link", name="Say what columns and words mean").click()
    page.get_by_label(re.compile("^Who")).select_option(label="Name")
    page.get_by_label(re.compile("^Group")).select_option(label="Category")
    page.get_by_role("button", name="Save and look at the result").click()

    expect(page.get_by_text("Row 5: Tom Ott")).to_be_visible()
    page.get_by_role("link", name="Say what columns and words mean").click()
    page.get_by_label("Category: “Committee” (1)").select_option(label="Decision-maker")
    page.get_by_role("button", name="Save and look at the result").click()
    expect(page.get_by_text("Row 4: Ann Lee")).to_be_visible()
    axe(page)

    page.get_by_role("link", name="Say who they are").click()
    axe(page)
    page.get_by_text("The same as John Smith (nearly the same name)").click()
    page.get_by_role("button", name="Save and go on").click()
    expect(page.get_by_text("You have decided about all of them.")).to_be_visible()
    page.get_by_role("button", name="Import", exact=True).click()
    expect(page.get_by_role("heading", name="The list was imported")).to_be_visible()
    assert set(Stakeholder.objects.values_list("name", flat=True)) == {
        "John Smith",
        "Ann Lee",
        "Tom Ott",
    }

    page.get_by_role("button", name="Undo this import").click()
    expect(page.get_by_text("Everything is as it was before.")).to_be_visible()
    assert [one.category for one in Stakeholder.objects.all()] == ["decision-maker"]
    page.get_by_role("link", name="Bring in another file").click()
    expect(page.get_by_role("button", name="Read the file")).to_be_visible()


def test_a_workbook_is_read_by_the_clock_and_the_page_comes_by_itself(cast, open_page):
    page = open_page("administrator", "/stakeholders/import/", width=390)

    choose(page, "a.xlsx", workbook(("Name", "Category"), ("Ann Lee", "IT")))
    expect(page.get_by_role("heading", name="The file is being read")).to_be_visible()
    tasks.bring_imports_on()

    expect(page.get_by_role("heading", name="What will change")).to_be_visible()
    assert not scrolls_sideways(page)


def test_the_focus_stays_while_the_page_looks_again_by_itself(cast, open_page, axe):
    page = open_page("lead", "/stakeholders/import/")
    choose(page, "a.xlsx", workbook(("Name", "Category"), ("Ann Lee", "IT")))
    again = page.get_by_role("link", name="Look again")
    axe(page)

    again.focus()
    Announced(ImportRun.objects.get())(0.4)
    expect(page.get_by_text("Done so far: 40%")).to_be_visible()

    expect(again).to_be_focused()


def test_without_scripts_and_by_keyboard_a_list_comes_in_all_the_same(cast, open_page):
    page = open_page("lead", "/stakeholders/import/", java_script_enabled=False)

    choose(page, "a.csv", b"Name,Category\nAnn Lee,IT\n")
    page.get_by_role("button", name="Import", exact=True).focus()
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", name="The list was imported")).to_be_visible()


def test_a_broken_file_leads_to_another_and_columns_are_said_to_hold_something_else(
    cast, open_page
):
    page = open_page("lead", "/stakeholders/import/", width=390, java_script_enabled=False)
    choose(page, "open.csv", b'Name,Category\n"Ann Lee,IT\nTom Ott,IT\nIda Berg,IT\n')
    expect(page.get_by_text("A quotation mark in row 2 is never closed")).to_be_visible()

    page.get_by_role("link", name="Try another file").click()
    rows = (("Partners", ""), ("Name", "Contact name", "Group", "=1+1"), ("Works", "Ann Lee", "IT"))
    choose(page, "odd.csv", text(rows))
    page.get_by_role("link", name="Say what columns and words mean").click()
    page.get_by_label(re.compile("^Name")).select_option(label="Organisation")
    page.get_by_label(re.compile("^Contact name")).select_option(label="Name")
    page.get_by_label(re.compile("^Group")).select_option(label="Category")
    page.get_by_role("button", name="Save and look at the result").click()

    expect(page.get_by_text("Row 3: Ann Lee")).to_be_visible()
    assert not scrolls_sideways(page)
