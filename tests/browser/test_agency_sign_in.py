"""The agency's own sign-in in a real browser, whose policy for forms stops what a test client does not."""

import pytest
from playwright.sync_api import expect

from tests.provider import Provider, running_provider

pytestmark = pytest.mark.e2e


def test_a_person_goes_to_the_provider_and_comes_back_to_the_page_they_wanted(
    open_page, guard, cast, live_server, settings, axe
):
    with running_provider(settings):
        Provider.person = {"sub": "1", "email": cast.staff.email, "email_verified": True}
        page = open_page("anonymous", "/accounts/login/?next=/people/me/")
        guard.leave(page)  # from here on it asks another host, and may
        button = page.get_by_role("button", name="Sign in with Fairhaven account")
        button.click()
        expect(page).to_have_url(f"{live_server.url}/people/me/")
        expect(page.locator("main").get_by_text(cast.staff.email)).to_be_visible()

        page.context.clear_cookies()
        Provider.fails_at = "/token"
        page.goto(f"{live_server.url}/accounts/login/")
        button.click()
        expect(page.get_by_role("heading", name="The sign-in did not work")).to_be_visible()
        axe(page)
        page.get_by_role("link", name="Back to sign in").click()
        expect(button).to_be_visible()
