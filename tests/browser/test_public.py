"""A visitor answers a public questionnaire in a real browser, with and without scripts."""

import pytest
from playwright.sync_api import expect

from surveys.models import AnonymousDraft, BufferedResponse, Receipt
from tests.factories.surveys import make_public_wave

pytestmark = pytest.mark.e2e
SCRIPTS = pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
THANKS = "Thank you. We have your answers."


@pytest.fixture
def visit(open_page, cast):
    """Return a function that opens the front page of the portal as a visitor."""
    make_public_wave()

    def page_of(path="/", **options):
        return open_page("anonymous", path, **options)

    return page_of


def heading(page):
    return page.get_by_role("heading", level=1)


@SCRIPTS
@pytest.mark.parametrize("width", [1280, 390])
def test_a_visitor_walks_from_the_front_page_to_the_thanks(visit, axe, shot, scripts, width):
    page = visit(java_script_enabled=scripts, width=width)

    def seen(name):
        expect(page.locator(".small-print")).to_contain_text("Control number 3090-0321")
        shot(page, f"public-{name}-{width}")
        if scripts:
            axe(page)

    page.get_by_role("link", name="Say what you think").click()
    seen("welcome")
    page.get_by_role("link", name="Begin").click()
    seen("first")
    page.locator("label[for=q-useful-4]").click()
    page.locator("label[for=q-told-dk]").click()
    page.get_by_role("button", name="Next page").click()
    expect(page.get_by_text("Page 2 of 2")).to_be_visible()
    page.locator("#q-more").fill("Two\nlines")
    page.get_by_role("button", name="Check my answers first").click()
    expect(heading(page)).to_have_text("Check your answers")
    seen("check")
    page.get_by_role("button", name="Hand in my answers").click()

    expect(heading(page)).to_have_text(THANKS)
    seen("thanks")
    stored = BufferedResponse.objects.get()
    assert (stored.department_id, stored.answers["more"]) == (None, "Two\nlines")
    assert Receipt.objects.count() == 1
    assert not AnonymousDraft.objects.exists()


def test_what_is_typed_is_saved_while_it_is_typed(visit):
    page = visit("/surveys/public/permits/pages/2/")

    page.locator("#q-wish").fill("Bread")
    expect(page.locator("#save-state")).to_contain_text("Saved")
    page.reload()

    assert page.locator("#q-wish").input_value() == "Bread"
    assert AnonymousDraft.objects.count() == 1


@SCRIPTS
def test_the_next_person_at_the_same_browser_can_answer_too(visit, scripts):
    page = visit("/surveys/public/permits/pages/1/", java_script_enabled=scripts)

    for _person in range(2):
        page.locator("label[for=q-useful-4]").click()
        page.locator("label[for=q-told-2]").click()
        page.get_by_role("button", name="Next page").click()
        page.get_by_role("button", name="Hand in my answers").click()
        expect(heading(page)).to_have_text(THANKS)
        page.get_by_role("button", name="Somebody else wants to answer here").click()
        page.get_by_role("link", name="Begin").click()

    assert BufferedResponse.objects.count() == 2


def test_the_keyboard_never_meets_the_field_for_programs(visit):
    page = visit("/surveys/public/permits/pages/2/")

    met = set()
    for _press in range(40):
        page.keyboard.press("Tab")
        met.add(page.evaluate("document.activeElement.name || document.activeElement.tagName"))

    assert {"q_wish", "q_more", "go"} <= met
    assert "website" not in met
    around = page.locator("div:has(> #website)").bounding_box()
    assert around
    assert around["x"] + around["width"] <= 0  # left of everything that a screen shows
