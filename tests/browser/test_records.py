"""A lead fills in and publishes a record, and a visitor reads it, with and without scripts."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import scrolls_sideways
from tests.browser.keyboard import tab_to
from tests.factories.initiatives import InitiativeFactory
from tests.factories.records import change, make_record, publish

pytestmark = pytest.mark.e2e
HARD = "The implementation of organisational responsibilities necessitates OCR everywhere. " * 5


@pytest.fixture
def record(cast):
    """Return a record of the lead persona that lacks its benefits."""
    initiative = InitiativeFactory(name="Pothole sorter", stage="pilot", departments=[cast.roads])
    return make_record(initiative, by=cast.lead, benefits="", myths="It decides.\nPeople decide.")


@pytest.mark.parametrize(("scripts", "width"), [(True, 1280), (True, 390), (False, 390)], ids=str)
def test_a_lead_fills_in_what_is_missing_and_publishes(open_page, axe, record, scripts, width):
    start = f"/initiatives/{record.initiative_id}/record/"
    page = open_page("lead", start, java_script_enabled=scripts, width=width)

    def seen():
        if scripts:
            axe(page)

    seen()
    page.get_by_role("link", name="What good should it do").click()
    field = page.get_by_label("What good should it do")
    field.fill(HARD)
    if scripts:
        expect(page.locator("#meter-benefits")).to_contain_text("OCR")
    seen()
    field.fill("Potholes are mended two days sooner.")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Nothing is missing at this stage.")).to_be_visible()

    page.get_by_role("link", name="Publish it").click()
    seen()
    page.get_by_label("What is new for readers").fill("For the first time")
    page.get_by_role("button", name="Publish").click()
    page.get_by_role("link", name="Read it as everybody does").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Pothole sorter")
    expect(page.get_by_text("Potholes are mended two days sooner.")).to_be_visible()


@pytest.mark.parametrize(("scripts", "width"), [(True, 1280), (True, 390), (False, 390)], ids=str)
def test_a_visitor_finds_a_system_and_reads_who_decides(
    open_page, axe, cast, record, scripts, width
):
    change(
        record,
        by=cast.lead,
        benefits="Two days sooner.",
        human_review="A person looks at each hole.",
        vendor_name="Hidden Ltd",
        why={"vendor_name": "The tender runs"},
    )
    publish(record, by=cast.lead)
    page = open_page("anonymous", "/", java_script_enabled=scripts, width=width)

    def seen():
        if scripts:
            axe(page)

    page.get_by_role("link", name="Read the AI register").click()
    page.get_by_label("Search").fill("pothole")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_text("1 system", exact=False).first).to_be_visible()
    seen()
    page.get_by_role("link", name="Pothole sorter").click()
    expect(page.get_by_text("A person looks at each hole.")).to_be_visible()
    expect(page.get_by_text("Withheld: The tender runs")).to_be_visible()
    expect(page.get_by_text("Some believe: It decides.")).to_be_visible()
    expect(page.get_by_text("Hidden Ltd")).to_have_count(0)
    seen()


def test_a_field_is_withheld_with_the_keyboard_and_its_version_marks_what_is_new(
    open_page, axe, cast, record
):
    change(record, by=cast.lead, benefits="Two days sooner.")
    publish(record, by=cast.lead)
    page = open_page("lead", f"/initiatives/{record.initiative_id}/record/purpose/")
    tab_to(page, "What good should it do")
    page.keyboard.press("Control+End")
    page.keyboard.type(" Not in winter.")
    tab_to(page, "Keep this from the public")
    page.keyboard.press("Enter")
    tab_to(page, "Reason for keeping it")
    page.keyboard.type("Under review")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Withheld from the public: Under review")).to_be_visible()

    page.get_by_role("link", name="Versions, and what each changed").click()
    expect(page.locator("ins")).to_have_text(" Not in winter.")
    axe(page)
    page.goto(re.sub("/initiatives/.*", f"/ai/{record.pk}/", page.url))
    expect(page.get_by_text("Withheld: Under review")).to_be_visible()
    expect(page.get_by_text("Two days sooner.")).to_have_count(0)


def test_a_visitor_reads_what_changed_and_takes_the_files_without_scripts(open_page, cast, record):
    change(record, by=cast.lead, benefits="Two days sooner.")
    publish(record, by=cast.lead)
    change(record, by=cast.lead, benefits="Three days sooner.")
    publish(record, by=cast.lead)
    page = open_page("anonymous", f"/ai/{record.pk}/", width=390, java_script_enabled=False)

    page.get_by_text("1 field changed").click()
    expect(page.locator("del")).to_have_text("Two")
    expect(page.locator("ins")).to_have_text("Three")
    assert not scrolls_sideways(page)
    page.get_by_role("navigation", name="Breadcrumbs").get_by_role("link").click()
    for name, kind in (("CSV", "text/csv"), ("JSON", "application/json"), ("catalogs", "json")):
        link = page.get_by_role("link", name=name).get_attribute("href")
        answer = page.request.get(re.sub("/ai/$", str(link), page.url))
        assert kind in answer.headers["content-type"]
        again = page.request.get(answer.url, headers={"If-None-Match": answer.headers["etag"]})
        assert again.status == 304
