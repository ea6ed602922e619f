"""What is kept about a person: the evidence beside their level, their consent, and all of it to take along."""

import json

import pytest
from playwright.sync_api import expect

from buyin.stakeholders.models import ConsentEvent
from tests.browser.keyboard import press, tab_to, write
from tests.factories.stakeholders import StakeholderFactory
from tests.pages_of_evidence import on_board

pytestmark = pytest.mark.e2e


def test_from_the_evidence_a_level_is_judged_again_with_the_keyboard_alone(cast, open_page):
    made = on_board(cast)
    page = open_page("lead", f"/stakeholders/{made['stakeholder']}/")
    expect(page.get_by_text("asked for 1, promised 1, kept 0")).to_be_visible()

    press(page, "Assess again")
    write(page, "Level now", "Neutral")
    write(page, "Why", "The money did not come.")
    press(page, "Save")

    expect(page.get_by_text("Pothole finder: Neutral")).to_be_visible()
    expect(page.get_by_text("The money did not come.")).to_be_visible()
    expect(page.get_by_text("Assess again")).to_have_count(0)


@pytest.mark.parametrize(("scripts", "width"), [(True, 1280), (False, 390)], ids=str)
def test_consent_is_noted_and_a_person_is_told_all_that_is_kept(
    cast, open_page, shot, scripts, width
):
    ruth = StakeholderFactory(name="Ruth Roads", department=cast.roads)
    page = open_page("lead", f"/stakeholders/{ruth.pk}/", width=width, java_script_enabled=scripts)

    page.get_by_role("link", name="Note consent").click()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", name="There is a problem")).to_be_visible()
    page.locator("label", has_text="Does not want to be contacted").click()
    page.get_by_label("How do we know?").fill("Said so on the phone")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved.")).to_be_visible()
    assert ConsentEvent.objects.get().basis == "Said so on the phone"

    page.get_by_role("link", name="Everything about them").click()
    expect(page.get_by_text("Said so on the phone")).to_be_visible()
    shot(page, f"everything-{width}")
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Download as JSON").click()
    assert "Said so on the phone" in json.dumps(json.loads(waiting.value.path().read_text()))


def test_a_person_on_hold_is_not_removed_at_their_wish(cast, open_page):
    ruth = StakeholderFactory(name="Ruth Roads", department=cast.roads)
    page = open_page("administrator", f"/stakeholders/{ruth.pk}/")

    press(page, "Legal hold")
    write(page, "Why must they be kept?", "Lawsuit 7")
    tab_to(page, "Place the hold")
    page.keyboard.press("Enter")
    expect(page.get_by_text("They are kept until the hold is lifted.")).to_be_visible()
    page.get_by_role("link", name="Ruth Roads").click()
    press(page, "Remove at their wish")

    expect(page.get_by_role("heading", name="Not as long as there is a legal hold")).to_be_visible()
    expect(page.get_by_role("button", name="Remove")).to_have_count(0)
    press(page, "See the hold")
    tab_to(page, "Lift the hold")
    page.keyboard.press("Enter")
    expect(page.get_by_text("The hold is lifted.")).to_be_visible()
