"""What an initiative needs in a real browser: asked for by keyboard, promised on a phone, covered."""

import pytest
from playwright.sync_api import expect

from buyin.stakeholders.models import Commitment
from tests.browser.conftest import scrolls_sideways
from tests.browser.keyboard import tab_to, write
from tests.factories.commitments import make_commitment, make_giver
from tests.factories.initiatives import InitiativeFactory

pytestmark = pytest.mark.e2e


@pytest.fixture
def ours(cast):
    return InitiativeFactory(name="Lamp planner", lead=cast.lead, departments=[cast.roads])


def test_a_lead_asks_for_something_with_the_keyboard_alone(cast, ours, open_page, axe):
    make_giver(cast.executive, ours)
    page = open_page("lead", f"/initiatives/{ours.pk}/commitments/add/")

    write(page, "Who gives", cast.executive.name)
    tab_to(page, "Funding")
    page.keyboard.press("Space")
    write(page, "What", "Money for lamps")
    write(page, "How much is requested", "5000")
    write(page, "Unit", "USD")
    tab_to(page, "Save")
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", name="Money for lamps")).to_be_visible()
    expect(
        page.get_by_role("link", name=f"Plan something with {cast.executive.name}")
    ).to_be_visible()
    axe(page)
    assert Commitment.objects.get().requested == 5000


def test_an_executive_promises_a_part_on_a_phone_without_scripts(cast, ours, open_page, shot):
    made = make_commitment(
        initiative=ours, title="Money for lamps", stakeholder=make_giver(cast.executive, ours)
    )
    page = open_page("executive", "/commitments/mine/", width=390, java_script_enabled=False)

    page.get_by_role("link", name="Answer").click()
    page.get_by_role("button", name="Note it").click()
    expect(page.get_by_text("Choose one of the steps.").first).to_be_visible()
    page.get_by_text("Committed: signed or allotted").click()
    page.get_by_label("Amount, in USD").fill("10000")
    page.get_by_label("Evidence", exact=False).first.fill("Minutes of 1 June")
    page.get_by_role("button", name="Note it").click()

    expect(page.get_by_role("heading", name="1 decision is asked of you")).to_be_visible()
    expect(page.get_by_text("10,000 promised so far")).to_be_visible()
    expect(page.get_by_text("promised in part")).to_be_visible()
    assert not scrolls_sideways(page)
    shot(page, "asked-of-me-390")
    made.refresh_from_db()
    assert (made.committed, made.entries.get(step="committed").evidence) == (
        10_000,
        "Minutes of 1 June",
    )


def test_a_lead_notes_what_arrived_and_sees_what_is_covered(cast, ours, open_page):
    made = make_commitment(initiative=ours, title="Money for lamps")
    page = open_page("lead", f"/commitments/{made.pk}/")

    page.get_by_role("link", name="Note the next step").click()
    page.get_by_text("Received: it is there").click()
    page.get_by_role("button", name="Note it").click()
    expect(page.get_by_text("received", exact=True)).to_be_visible()
    page.get_by_role("link", name="Commitments", exact=True).click()

    expect(
        page.get_by_role("heading", name="Everything that was requested is there")
    ).to_be_visible()


@pytest.mark.parametrize("width", [1280, 390])
def test_what_is_received_is_drawn_within_what_is_committed(cast, ours, open_page, width):
    make_commitment(initiative=ours, title="Money for lamps", committed=10_000, received=5_000)
    page = open_page("lead", f"/initiatives/{ours.pk}/commitments/", width=width)

    bars = page.locator(".chart .bars .point path")
    expect(bars).to_have_count(2)

    committed, received = (bar.bounding_box() for bar in bars.all())
    assert committed["y"] < received["y"]
    assert received["height"] < 0.6 * committed["height"]
