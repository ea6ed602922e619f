"""Forms and error pages in a real browser: the way back is short, and nothing typed is lost."""

from importlib import import_module

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import scrolls_sideways
from tests.factories.initiatives import InitiativeFactory

pytestmark = pytest.mark.e2e
STORY = "The reasons are hard to read, and nobody told us."
FOCUS = "document.activeElement"


def start_initiative(page):
    """Type into the form for a new initiative, leaving out its name."""
    page.get_by_label("Summary").fill(STORY)


def test_the_summary_of_faults_has_the_focus_and_leads_to_the_field(open_page, axe, shot):
    page = open_page("lead", "/initiatives/add/", width=390)
    page.locator("form.card, main form").first.evaluate("form => { form.noValidate = true }")
    start_initiative(page)

    page.locator("main").get_by_role("button").first.click()

    expect(page.locator(".error-summary")).to_be_focused()
    shot(page, "form-with-faults-390")
    axe(page)
    page.locator(".error-summary a").first.click()
    expect(page.locator("[aria-invalid=true]").first).to_be_focused()
    expect(page.get_by_label("Summary")).to_have_value(STORY)


def test_signing_in_again_gives_back_what_was_typed(open_page, cast):
    cast.lead.set_password("a long password for tests")
    cast.lead.save()
    page = open_page("lead", "/initiatives/add/")
    page.get_by_label("Name").fill("Letters in plain language")
    start_initiative(page)

    page.context.clear_cookies(name="session")
    page.locator("main").get_by_role("button").first.click()
    page.get_by_label("Mail address").fill(cast.lead.email)
    page.get_by_label("Password", exact=True).fill("a long password for tests")
    page.locator("main").get_by_role("button", name="Sign in", exact=True).click()

    expect(page.get_by_text(STORY)).to_be_visible()
    page.get_by_role("button", name="Send it").click()
    expect(page.get_by_role("heading", name="Letters in plain language")).to_be_visible()


def test_a_lost_token_gives_back_what_was_typed_without_scripts(open_page, axe, guard):
    page = open_page("lead", "/initiatives/add/", java_script_enabled=False)
    page.get_by_label("Name").fill("Letters in plain language")
    start_initiative(page)

    page.context.clear_cookies(name="csrf")
    page.locator("main").get_by_role("button").first.click()

    expect(page.get_by_text(STORY)).to_be_visible()
    page.get_by_role("button", name="Send it").click()
    expect(page.get_by_role("heading", name="Letters in plain language")).to_be_visible()


def test_a_failure_of_the_portal_is_told_and_the_form_can_be_sent_again(
    open_page, axe, shot, guard, monkeypatch
):
    page = open_page("lead", "/initiatives/add/", width=390)
    page.get_by_label("Name").fill("Letters in plain language")
    start_initiative(page)
    with monkeypatch.context() as broken:
        pages = import_module("buyin.initiatives.views.initiatives")
        broken.setattr(pages, "save_initiative", lambda *_, **__: 1 / 0)
        page.locator("main").get_by_role("button").first.click()
        page.get_by_role("heading", name="Something went wrong on our side").wait_for()
    assert not scrolls_sideways(page)
    shot(page, "failure-390")
    axe(page)

    page.get_by_role("button", name="Send it").click()

    page.get_by_role("heading", name="Letters in plain language").wait_for()
    guard.faults = [fault for fault in guard.faults if "status of 500" not in fault]


def test_fields_of_a_column_come_and_go_with_what_it_holds(open_page, cast):
    InitiativeFactory(name="Letters", lead=cast.lead)
    page = open_page("lead", "/surveys/author/import/")
    table = b"Department,Years\n" + b"roads,3\nparks,4\n" * 6
    page.set_input_files(
        "input[type=file]", {"name": "a.csv", "mimeType": "text/csv", "buffer": table}
    )
    page.get_by_label("Title").fill("Old answers")
    page.get_by_label("Why you ask").fill("To keep them.")
    page.get_by_label("Initiative").select_option("Letters")
    page.locator("main").get_by_role("button", name="Read the file").click()

    for kind, number in {"number": 1, "one": 2, "points": 3}.items():
        page.locator("select[name=c1-kind]").select_option(kind)
        for place, name in enumerate(("text", "labels", "dimension")):
            expect(page.locator(f"[name=c1-{name}]")).to_be_visible(visible=place < number)
    fold = page.locator("details", has=page.locator("[name=c1-text]"))
    page.locator("select[name=c1-kind]").select_option("leave_out")
    fold.locator("summary").click()
    expect(page.locator("[name=c1-text]")).not_to_be_visible()
    page.locator("select[name=c1-kind]").select_option("points")
    expect(page.locator("[name=c1-labels]")).to_be_visible()
