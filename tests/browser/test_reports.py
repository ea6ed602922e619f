"""Reports in a browser: read in their frame, on a phone, without scripts, and stopped by a link."""

import re

import pytest
from playwright.sync_api import expect

from buyin.digests.mail import token_for
from buyin.digests.models import DigestPreference
from buyin.outbox.models import Message, MessageState
from tests.browser.conftest import scrolls_sideways
from tests.factories.digests import make_report, snapshot_of
from tests.factories.initiatives import InitiativeFactory

pytestmark = pytest.mark.e2e


@pytest.fixture
def measured(cast):
    """Write two waves of figures for the whole agency."""
    departments = cast.departments.values()
    initiative = InitiativeFactory(name="Permit assistant", departments=list(departments))
    extras = dict(zip(departments, (0, 2, 20, -3, None, 25), strict=True))
    snapshot_of(initiative, extras, period="2026-W40", shift=-4)
    snapshot_of(initiative, extras, period="2026-W41")


@pytest.mark.parametrize("who", ["staff", "lead", "executive"])
@pytest.mark.parametrize("width", [1280, 390])
def test_the_preview_shows_the_mail_in_its_frame(open_page, axe, shot, measured, who, width):
    page = open_page(who, "/reports/preview/", width=width)

    heading = page.frame_locator(".mail-frame").locator("h1")
    heading.wait_for()
    expect(page.frame_locator(".mail-frame").get_by_text("Unsubscribe")).to_be_visible()
    assert not scrolls_sideways(page)
    inner = "e => e.clientHeight - e.contentDocument.documentElement.scrollHeight"
    assert page.locator(".mail-frame").evaluate(inner) == 0
    blank = "e => e.clientHeight - e.contentDocument.body.getBoundingClientRect().bottom"
    assert page.locator(".mail-frame").evaluate(blank) < 60
    axe(page)
    shot(page, f"report preview {who} {width}")


def test_a_mail_fits_a_phone_and_keeps_bars_beside_their_numbers(open_page, measured):
    page = open_page("lead", "/reports/preview/mail/", width=390)

    assert not scrolls_sideways(page)
    value = page.locator("b", has_text="31").bounding_box()
    label = page.get_by_role("rowheader", name="Skills").bounding_box()
    assert abs(value["y"] - label["y"]) < 30
    assert value["x"] > label["x"]


def test_links_in_the_frame_open_beside_the_page(open_page, measured, settings, live_server):
    settings.SITE_URL = live_server.url
    page = open_page("lead", "/reports/preview/")

    with page.context.expect_page() as opened:
        page.frame_locator(".mail-frame").get_by_text("Open the readiness page").click()

    expect(opened.value).to_have_url(re.compile("/readiness/$"))
    expect(page).to_have_url(re.compile("/reports/preview/$"))


@pytest.mark.parametrize("width", [1280, 390])
def test_reports_are_listed_opened_and_read_as_text(open_page, cast, axe, shot, width):
    make_report(cast.staff, subject="1 thing for you: a survey")
    page = open_page("staff", "/reports/", width=width)
    axe(page)

    page.get_by_role("link", name="1 thing for you: a survey").click()
    page.get_by_text("Show it as plain text").click()

    expect(page.locator(".mail-text")).to_have_text("1 thing for you: a survey")
    assert not scrolls_sideways(page)
    axe(page)


def test_without_scripts_a_person_chooses_how_often(open_page, cast):
    page = open_page("staff", "/reports/preferences/", java_script_enabled=False)

    page.get_by_text("Once a month").click()
    page.get_by_role("button", name="Save").click()

    expect(page.get_by_text("Saved.")).to_be_visible()
    assert DigestPreference.objects.get(person=cast.staff).frequency == "monthly"


@pytest.mark.parametrize("width", [1280, 390])
def test_without_scripts_and_account_the_link_in_the_mail_stops_reports_and_undoes_it(
    open_page, cast, width
):
    link = f"/reports/unsubscribe/{token_for(cast.staff.pk)}/"
    page = open_page("anonymous", link, width=width, java_script_enabled=False)
    assert not DigestPreference.objects.exists()

    page.get_by_role("button", name="Stop the weekly report").click()
    expect(page.get_by_role("button", name="Undo")).to_be_visible()
    assert DigestPreference.objects.get().frequency == "off"

    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("Your weekly reports go on")).to_be_visible()
    assert DigestPreference.objects.get().frequency == "weekly"


@pytest.mark.parametrize("width", [1280, 390])
def test_an_administrator_retries_a_mail_that_was_given_up(open_page, cast, axe, shot, width):
    message = make_report(cast.staff).message
    Message.objects.filter(pk=message.pk).update(
        state=MessageState.DEAD, attempts=8, error="550 no such user"
    )
    page = open_page("administrator", "/reports/status/", width=width)
    axe(page)
    assert not scrolls_sideways(page)
    shot(page, f"report status {width}")

    page.get_by_role("button", name="Try again").click()

    expect(page.get_by_text("on its way again")).to_be_visible()
    message.refresh_from_db()
    assert message.state == MessageState.WAITING
