"""Results on their way in a browser: a lead looks and shares, staff read, on a desk and on a phone."""

import pytest
from playwright.sync_api import expect

from surveys.models import SharedResult
from tests.browser.conftest import scrolls_sideways
from tests.factories.results import make_results, varied
from tests.factories.sharing import LEARNED, NEXT, share

pytestmark = pytest.mark.e2e
WIDTHS = (1280, 390)


@pytest.fixture
def result(cast):
    return make_results({cast.roads: varied(60), cast.clinic: varied(30)})


@pytest.mark.parametrize("width", WIDTHS)
def test_a_lead_looks_and_shares_and_staff_read_it(result, open_page, axe, shot, width):
    page = open_page("lead", f"/surveys/{result.wave_id}/results/", width=width)
    page.get_by_role("link", name="Share with those who were asked").click()
    page.locator("label", has_text="Everybody who was asked").click()
    page.get_by_label("What we learned").fill(LEARNED)
    page.get_by_label("What happens next").fill(NEXT)
    axe(page)
    shot(page, f"share-form-{width}")
    page.get_by_role("button", name="Look at it first").click()
    page.get_by_label("As seen by people of").select_option(label="Roads")
    page.get_by_role("button", name="Look as these people").click()
    page.wait_for_selector(".chart .barlayer .point")
    expect(page.get_by_text("Your department beside all together").first).to_be_visible()
    assert not scrolls_sideways(page)
    axe(page)
    shot(page, f"share-preview-{width}")
    assert not SharedResult.objects.exists()
    page.get_by_role("button", name="Share it now").click()
    page.get_by_text("Shared. People find it").wait_for()
    axe(page)
    shot(page, f"share-done-{width}")

    staff = open_page("staff", "/", width=width)
    staff.get_by_role("link", name="Read it: What").click()
    staff.get_by_text(LEARNED).wait_for()
    axe(staff)
    shot(staff, f"shared-{width}")
    staff.get_by_role("link", name="The assistant is useful for my work.").click()
    staff.wait_for_selector(".chart .barlayer .point")
    expect(staff.locator("#own-useful")).to_be_visible()
    assert not scrolls_sideways(staff)
    axe(staff)
    shot(staff, f"shared-page-{width}")


def test_a_document_is_written_looked_at_and_shared_with_the_keyboard(result, open_page):
    page = open_page("lead", f"/surveys/{result.wave_id}/results/share/")

    page.locator("[name=audience]").first.focus()
    page.keyboard.press("Space")
    page.locator("[name=learned]").focus()
    page.keyboard.type(LEARNED)
    page.keyboard.press("Tab")
    page.keyboard.type(NEXT)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.get_by_text("Nothing is shared yet.").wait_for()
    page.get_by_role("button", name="Share it now").focus()
    page.keyboard.press("Enter")
    page.get_by_text("Shared. People find it").wait_for()

    assert (SharedResult.objects.get().learned, SharedResult.objects.get().next_steps) == (
        LEARNED,
        NEXT,
    )


def test_without_scripts_departments_can_be_chosen_and_everything_read(cast, result, open_page):
    page = open_page("lead", f"/surveys/{result.wave_id}/results/share/", java_script_enabled=False)
    page.locator("label", has_text="Only people of some departments").click()
    page.locator("label", has_text="Clinic").click()
    page.get_by_label("What we learned").fill(LEARNED)
    page.get_by_label("What happens next").fill(NEXT)
    page.get_by_role("button", name="Look at it first").click()
    page.get_by_role("button", name="Share it now").click()
    expect(page.get_by_role("button", name="Take it back")).to_be_visible()

    path = f"/surveys/{result.wave_id}/shared/"
    open_page("staff", path, status=404)
    read = open_page("neighbour", f"{path}pages/1/", java_script_enabled=False)
    expect(read.get_by_text("The table below says the same.").first).to_be_visible()
    read.locator("summary", has_text="Show as table").first.click()
    expect(read.locator(".tools details table").first).to_be_visible()


def test_taking_back_on_a_phone_and_what_staff_read_then(cast, result, open_page, axe, shot):
    share(result, by=cast.lead)
    page = open_page("lead", f"/surveys/{result.wave_id}/results/share/", width=390)
    page.get_by_label("Why do you take them back?").fill("A date was wrong.")
    page.get_by_role("button", name="Take it back").click()
    page.get_by_text("Taken back. People read your reason").wait_for()
    page.get_by_label("What is different this time?").wait_for()
    axe(page)
    shot(page, "taken-back")

    staff = open_page("staff", f"/surveys/{result.wave_id}/shared/", width=390)
    expect(staff.get_by_text("A date was wrong.")).to_be_visible()
    axe(staff)


def test_on_paper_tables_stand_open_and_no_button_is_printed(cast, result, open_page):
    share(result, by=cast.lead)
    page = open_page("staff", f"/surveys/{result.wave_id}/shared/print/")
    page.wait_for_selector(".chart .barlayer .point")

    page.emulate_media(media="print")

    expect(page.locator(".tools table").first).to_be_visible()
    expect(page.locator(".no-print").first).not_to_be_visible()
    assert page.pdf(format="A4")[:4] == b"%PDF"
