"""Filling in a survey in a real browser, with and without scripts: nothing typed is ever lost."""

import datetime as dt
import re

import pytest
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.utils import timezone
from playwright.sync_api import expect

from surveys.models import AnonymousDraft, BufferedResponse, Participation, Wave
from tests.factories.accounts import PASSWORD
from tests.factories.surveys import make_wave

pytestmark = pytest.mark.e2e
SCRIPTS = pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])


@pytest.fixture
def wave(cast):
    cast.staff.set_password(PASSWORD)
    cast.staff.save()
    return make_wave(cast.roads)


@pytest.fixture
def fill(open_page, wave):
    """Return a function that opens a page of the survey as staff."""

    def page_of(number=2, *, scripts=True, **options):
        path = f"/surveys/{wave.pk}/pages/{number}/"
        return open_page("staff", path, java_script_enabled=scripts, **options)

    return page_of


def state(page):
    return page.locator("#save-state")


def fill_first_page(page):
    page.locator("label[for=q-useful-4]").click()
    page.locator("label[for=q-told-dk]").click()
    page.get_by_role("button", name="Next page").click()
    expect(page.get_by_text("Page 2 of 2")).to_be_visible()


def end_session(page):
    Session.objects.all().delete()
    cache.clear()
    page.context.clear_cookies(name="session")


def sign_in_again(page):
    page.locator("[name=login]").fill("staff@fairhaven.example")
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("main form button[type=submit]").first.click()


@SCRIPTS
def test_a_person_answers_both_pages_and_is_thanked(fill, scripts):
    page = fill(1, scripts=scripts)

    fill_first_page(page)
    page.locator("#q-more").fill("Two\nlines")
    page.get_by_role("button", name="Hand in my answers").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you. We have your answers.")
    answers = BufferedResponse.objects.get().answers
    assert (answers["useful"], answers["told"], answers["more"]) == (4, "dk", "Two\nlines")
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you. We have your answers.")
    assert Participation.objects.count() == 1


def test_the_keyboard_alone_is_enough_and_return_never_hands_in(fill):
    page = fill(1)

    page.locator("#q-useful-1").focus()
    page.keyboard.press("ArrowRight")
    page.locator("#q-told-1").focus()
    page.keyboard.press("Space")
    page.get_by_role("button", name="Next page").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Page 2 of 2")).to_be_visible()
    page.locator("#q-wish").focus()
    page.keyboard.type("Bread")
    page.keyboard.press("Enter")

    expect(page.get_by_text("Nothing was handed in yet")).to_be_visible()
    expect(page.locator("#q-wish")).to_have_value("Bread")
    assert not Participation.objects.exists()


def test_what_is_missing_is_linked_and_the_link_leads_to_the_answer(fill, axe):
    page = fill(1)

    page.get_by_role("button", name="Next page").click()
    expect(page.locator(".error-summary")).to_be_visible()
    axe(page)
    page.get_by_role("link", name=re.compile("I was told what will change")).click()

    expect(page.locator("#q-told-1")).to_be_focused()


def test_what_is_typed_is_saved_by_itself_and_nothing_stays_in_the_browser(fill):
    page = fill()
    page.locator("#q-more").fill("in a tunnel")
    expect(state(page)).to_have_text(re.compile(r"Saved \d"))

    again = page.context.new_page()
    again.goto(page.url)

    expect(again.locator("#q-more")).to_have_value("in a tunnel")
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0
    assert page.evaluate(LEAVING) is False


LEAVING = """() => {
    const event = new Event('beforeunload', {cancelable: true});
    window.dispatchEvent(event);
    return event.defaultPrevented;
}"""


def test_a_save_that_fails_is_seen_and_the_page_is_not_left(fill, guard):
    page = fill()
    page.route("**/pages/2/", lambda route: route.abort())

    page.locator("#q-more").fill("no network")
    expect(state(page)).to_have_text(re.compile("Not saved yet – we keep trying"))
    page.get_by_role("button", name="Save and go on later").click()

    expect(state(page)).to_have_text(re.compile("Not saved yet"))
    expect(page.locator("#q-more")).to_have_value("no network")
    assert page.evaluate(LEAVING) is True
    assert not AnonymousDraft.objects.exists()

    page.unroute("**/pages/2/")
    page.get_by_role("button", name="Save and go on later").click()
    page.wait_for_url("**/surveys/")
    assert AnonymousDraft.objects.count() == 1
    guard.faults.clear()


def test_a_save_that_fails_is_seen_wherever_on_the_page_somebody_is(fill, guard):
    page = fill()
    page.set_viewport_size({"width": 390, "height": 480})
    page.route("**/pages/2/", lambda route: route.abort())

    page.locator("#q-more").fill("no network")
    expect(state(page)).to_have_text(re.compile("Not saved yet"))
    page.evaluate("scrollTo(0, 0)")

    expect(state(page)).to_be_in_viewport()
    guard.faults.clear()


@SCRIPTS
def test_a_session_that_ran_out_costs_nothing(fill, scripts):
    page = fill(scripts=scripts)
    end_session(page)

    page.locator("#q-more").fill("typed for an hour")
    if scripts:
        expect(state(page)).to_have_text(re.compile("You have been signed out"))
    page.get_by_role("button", name="Save and go on later").click()
    page.wait_for_url("**/accounts/login/**")
    sign_in_again(page)

    expect(page.get_by_text("We kept what you typed")).to_be_visible()
    expect(page.locator("#q-more")).to_have_value("typed for an hour")
    page.get_by_role("button", name="Save and go on later").click()
    page.wait_for_url("**/surveys/")
    assert AnonymousDraft.objects.count() == 1


def test_an_old_token_shows_the_page_again_and_the_second_press_stores(fill):
    page = fill(scripts=False)
    page.context.clear_cookies(name="csrf")

    page.locator("#q-more").fill("kept")
    page.get_by_role("button", name="Save and go on later").click()
    expect(page.get_by_text("press the button once more")).to_be_visible()
    expect(page.locator("#q-more")).to_have_value("kept")
    page.get_by_role("button", name="Save and go on later").click()

    page.wait_for_url("**/surveys/")


def test_the_script_renews_an_old_token_by_itself(fill):
    page = fill()
    page.context.clear_cookies(name="csrf")

    page.locator("#q-more").fill("kept")

    expect(state(page)).to_have_text(re.compile(r"Saved \d"))


def test_two_tabs_merge_and_an_old_tab_erases_nothing(fill):
    one = fill()
    two = one.context.new_page()
    two.goto(one.url)

    one.locator("#q-wish").fill("from one")
    expect(state(one)).to_have_text(re.compile(r"Saved \d"))
    two.locator("#q-more").fill("from two")
    expect(state(two)).to_have_text(re.compile(r"Saved \d"))
    one.reload()

    expect(one.locator("#q-wish")).to_have_value("from one")
    expect(one.locator("#q-more")).to_have_value("from two")


def test_a_field_that_is_emptied_by_hand_stays_empty(fill):
    page = fill()
    page.locator("#q-wish").fill("first thought")
    expect(state(page)).to_have_text(re.compile(r"Saved \d"))
    page.locator("#q-wish").fill("")
    with page.expect_response("**/pages/2/"):
        pass
    page.reload()

    expect(page.locator("#q-wish")).to_have_value("")


@SCRIPTS
def test_a_double_click_stores_one_answer(fill, scripts):
    page = fill(1, scripts=scripts)
    fill_first_page(page)

    page.get_by_role("button", name="Hand in my answers").dblclick()

    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you. We have your answers.")
    assert BufferedResponse.objects.count() == 1


def test_a_button_that_is_pressed_again_while_the_answers_travel_sends_them_once(fill):
    page = fill(1)
    fill_first_page(page)
    held = []

    def hold(route):
        held.append(route)

    page.route("**/pages/2/", hold)
    # In the page itself: a press of Playwright waits for the page that the one before asked for.
    page.evaluate("""() => {
        const button = document.querySelector('[name=go][value=submit]')
        button.click()
        setTimeout(() => button.click(), 300)
    }""")
    page.wait_for_timeout(1000)

    assert len(held) == 1
    held[0].continue_()
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you. We have your answers.")


@SCRIPTS
def test_a_late_answer_is_refused_with_the_text_still_there(fill, scripts):
    page = fill(scripts=scripts)
    Wave.objects.update(closes_at=timezone.now() - dt.timedelta(hours=1))

    page.locator("#q-more").fill("too late")
    page.get_by_role("button", name="Hand in my answers").click()

    expect(page.get_by_text("these answers were not stored")).to_be_visible()
    expect(page.locator("#q-more")).to_have_value("too late")
    assert not Participation.objects.exists()


def test_what_is_typed_before_the_script_comes_is_saved_too(fill):
    waiting = []

    def hold(route):
        waiting.append(route)

    page = fill(1)
    page.route("**/fill*.js", hold)
    page.goto(page.url.replace("pages/1", "pages/2"), wait_until="commit")
    page.locator("#q-more").fill("Quicker than the line")
    while not waiting:
        page.wait_for_timeout(20)

    waiting.pop().continue_()

    expect(state(page)).to_contain_text("Saved")
    page.unroute("**/fill*.js")
    page.reload()
    expect(page.locator("#q-more")).to_have_value("Quicker than the line")
