"""A visitor answers a public questionnaire in a real browser, with and without scripts."""

import re

import pytest
from playwright.sync_api import expect

from buyin.outbox.models import Message
from surveys import tasks
from surveys.actions import close_wave
from surveys.actions.freezing import freeze_results
from surveys.models import (
    AnonymousDraft,
    BufferedResponse,
    Receipt,
    ToldAddress,
    Wave,
    WaveResult,
)
from tests.factories.results import answer, make_public_results, varied
from tests.factories.sharing import share
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


def links_in(mail):
    """Return the addresses that a mail spells out."""
    return re.findall(r"http\S+", mail.text)


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


@SCRIPTS
@pytest.mark.parametrize("width", [1280, 390])
def test_a_visitor_asks_to_be_told_and_reads_what_came_of_it(
    visit, axe, shot, scripts, width, cast, live_server, settings
):
    settings.SITE_URL = live_server.url
    page = visit("/surveys/public/permits/pages/1/", java_script_enabled=scripts, width=width)

    def seen(name):
        shot(page, f"public-{name}-{width}")
        if scripts:
            axe(page)

    page.locator("label[for=q-useful-4]").click()
    page.locator("label[for=q-told-2]").click()
    page.get_by_role("button", name="Next page").click()
    page.get_by_role("button", name="Hand in my answers").click()
    page.get_by_label("Your mail address").fill("no address")
    page.get_by_role("button", name="Tell me").click()
    expect(
        page.get_by_text("Write a mail address, such as name@example.org.").first
    ).to_be_visible()
    seen("address-wrong")
    page.get_by_label("Your mail address").fill("ann@example.org")
    page.get_by_role("button", name="Tell me").click()
    expect(heading(page)).to_have_text("Look into your mail")
    seen("address-left")

    wave = Wave.objects.get()
    answer(wave, None, varied(30))
    close_wave(wave=wave.pk, by=None)
    freeze_results(wave=wave.pk)
    page.goto(links_in(Message.objects.get())[0])
    expect(heading(page)).to_have_text("Shall we tell you what came of it?")
    seen("address-asked")
    page.get_by_role("button", name="Yes, tell me").click()
    expect(heading(page)).to_have_text("We will tell you")
    seen("address-confirmed")

    share(WaveResult.objects.get(), by=cast.people["lead"])
    tasks.write_mails()
    page.goto(links_in(Message.objects.order_by("-pk")[0])[0])
    expect(heading(page)).to_have_text("Permit assistant")
    expect(page.get_by_role("heading", name="What we decided")).to_be_visible()
    page.locator("summary", has_text="Show as table").first.click()
    expect(page.get_by_role("table").first).to_be_visible()
    seen("results")
    page.get_by_role("link", name="See all public questionnaires").click()
    expect(page.get_by_text("You can read what we heard and what we decided.")).to_be_visible()
    seen("list")
    assert not ToldAddress.objects.exists()


def test_a_lead_publishes_what_came_of_a_questionnaire(open_page, cast, axe, shot):
    result = make_public_results()
    page = open_page("lead", f"/surveys/{result.wave_id}/results/", width=390)

    page.get_by_role("link", name="Publish for everybody").click()
    page.get_by_label("What we heard").fill("You want shorter letters.")
    page.get_by_label("What we decided").fill("Letters are one page from March on.")
    axe(page)
    page.get_by_role("button", name="Look at it first").click()
    expect(page.get_by_text("This is exactly what people will read.")).to_be_visible()
    axe(page)
    shot(page, "public-look")
    page.get_by_role("button", name="Publish it now").click()
    page.get_by_role("link", name="Read what people read").click()

    expect(page.get_by_text("Letters are one page from March on.")).to_be_visible()


def test_what_is_typed_is_saved_while_it_is_typed(visit):
    page = visit("/surveys/public/permits/pages/2/")

    page.locator("#q-wish").fill("Bread")
    expect(page.locator("#save-state")).to_contain_text("Saved")
    page.reload()

    expect(page.locator("#q-wish")).to_have_value("Bread")
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
        expect(page.locator("label[for=q-useful-4]")).to_be_visible()

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
