"""A success story from its first word to everybody, and a risk written down with the keyboard."""

from datetime import date

import pytest
from playwright.sync_api import expect

from buyin.initiatives.models import RaidItem, Story
from tests.browser.conftest import scrolls_sideways
from tests.browser.keyboard import press, tab_to, write
from tests.factories.benefits import make_benefit, make_measurement, make_risk
from tests.factories.initiatives import InitiativeFactory
from tests.factories.records import make_record, publish

pytestmark = pytest.mark.e2e


@pytest.fixture
def ours(cast):
    return InitiativeFactory(name="Permit triage", stage="pilot", departments=[cast.roads])


def test_a_story_with_a_quotation_is_written_cleared_and_read_without_scripts(
    cast, ours, open_page, shot
):
    record = make_record(ours, by=cast.lead)
    publish(record, by=cast.lead)
    make_measurement(make_benefit(ours), 29, date(2026, 9, 30))
    page = open_page(
        "lead", f"/initiatives/{ours.pk}/stories/add/", width=390, java_script_enabled=False
    )
    for label in ("Title", "Challenge", "What was done", "Result", "Quotation"):
        page.get_by_label(label, exact=False).first.fill(f"{label} in a month")
    page.get_by_label("Measurement that shows it").select_option(index=1)
    page.get_by_label("Who is quoted").fill("A case worker")
    page.get_by_label("Agreed on").fill("2026-10-01")
    page.get_by_label("Agreed how").fill("By mail")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("You wrote it, so somebody else clears it.")).to_be_visible()
    shot(page, "story-draft-390")

    page = open_page("administrator", f"/initiatives/{ours.pk}/stories/{Story.objects.get().pk}/")
    page.get_by_role("button", name="Clear it").click()
    page.get_by_role("button", name="Publish it").click()
    page.goto(f"{page.url.partition('/initiatives/')[0]}/ai/{record.pk}/")
    expect(page.get_by_role("heading", name="What got better")).to_be_visible()
    expect(page.get_by_text("A case worker")).to_be_visible()
    shot(page, "story-public-1280")


def test_a_risk_is_written_with_the_keyboard_and_asks_for_what_only_risks_have(
    cast, ours, open_page, axe
):
    make_risk(ours, kind="issue", statement="Down on Mondays")
    page = open_page("lead", f"/initiatives/{ours.pk}/risks/")
    press(page, "Write one down")
    expect(page.get_by_label("Probability")).to_be_hidden()
    tab_to(page, "Risk", is_whole=True)
    page.keyboard.press("Space")
    expect(page.get_by_label("Probability")).to_be_visible()
    write(page, "Statement", "Because scans are old, nobody can read them.")
    tab_to(page, "Category")
    page.keyboard.type("quality")
    write(page, "Probability", "3")
    write(page, "Impact", "4")
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Response: Say what is done")).to_be_visible()
    axe(page)
    tab_to(page, "Response: Say what is done")
    page.keyboard.press("Enter")  # leads to the field
    page.keyboard.type("mit")
    tab_to(page, "Save")
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", name="Risks (1)")).to_be_visible()
    expect(page.get_by_role("cell", name="12")).to_be_visible()
    assert not scrolls_sideways(page)
    assert RaidItem.objects.filter(kind="risk", probability=3, impact=4).exists()
