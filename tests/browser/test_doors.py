"""Second factors in a real browser, where Chromium plays the key, under the strict policy."""

import pytest
from playwright.sync_api import expect

from tests.factories.accounts import PASSWORD
from tests.factories.factors import code_for

pytestmark = pytest.mark.e2e
AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def test_a_person_adds_a_passkey_signs_in_with_it_alone_or_beside_the_password_and_removes_it(
    open_page, sign_in, cast, live_server
):
    cast.staff.set_password(PASSWORD)
    cast.staff.save()
    sign_in("anonymous").get("/accounts/login/")  # loads what the first visit would wait for
    page = open_page("anonymous", "/accounts/login/?next=/accounts/2fa/webauthn/add/")
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})

    page.get_by_label("Mail address").fill(cast.staff.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.locator("form[method=post]").get_by_role("button", name="Sign in", exact=True).click()
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Confirm").click()
    page.locator("label", has_text="Sign in with this key alone").click()
    page.get_by_label("Name of the key").fill("Blue key")
    page.keyboard.press("Enter")  # does what the button does
    page.wait_for_url("**/recovery-codes/**")
    page.context.clear_cookies()

    page.goto(f"{live_server.url}/accounts/login/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url(f"{live_server.url}/")
    page.goto(f"{live_server.url}/people/me/")
    expect(page.locator("main").get_by_text(cast.staff.email)).to_be_visible()

    sign_in_with(page, live_server, cast.staff, "not used")
    page.get_by_role("button", name="Use a passkey or key").click()
    page.wait_for_url(f"{live_server.url}/")
    page.goto(f"{live_server.url}/accounts/2fa/webauthn/")
    page.get_by_role("link", name="Remove Blue key").click()
    page.get_by_role("link", name="Use a passkey or key").click()
    page.get_by_role("button", name="Use a passkey or key").click()
    page.get_by_role("button", name="Remove the key").click()
    expect(page.get_by_text("You have no passkey and no key yet.")).to_be_visible()


def sign_in_with(page, live_server, person, code):
    """Sign in with the password and this code."""
    page.context.clear_cookies()
    page.goto(f"{live_server.url}/accounts/login/")
    page.get_by_label("Mail address").fill(person.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.locator("form[method=post]").get_by_role("button", name="Sign in", exact=True).click()
    page.get_by_label("Code").fill(code)
    return page.locator("main").get_by_role("button", name="Sign in", exact=True)


def test_a_person_sets_up_an_app_signs_in_with_it_and_takes_it_away(
    open_page, cast, live_server, settings, axe
):
    settings.MFA_TOTP_TOLERANCE = 1  # so that nobody waits half a minute for the next code
    cast.staff.set_password(PASSWORD)
    cast.staff.save()
    page = open_page("staff", "/accounts/2fa/")
    page.get_by_role("link", name="Set up an app").click()
    secret = page.locator("code.key").inner_text()
    page.get_by_label("Code from the app").fill(code_for(secret))
    page.get_by_role("button", name="Use this app").click()
    code = page.locator(".codes code").first.inner_text()

    button = sign_in_with(page, live_server, cast.staff, code_for(secret, later=1))
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 900})
        axe(page)
    button.click()
    page.wait_for_url(f"{live_server.url}/")
    sign_in_with(page, live_server, cast.staff, code).click()
    page.wait_for_url(f"{live_server.url}/")
    page.goto(f"{live_server.url}/accounts/2fa/totp/deactivate/")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Confirm").click()
    page.get_by_role("button", name="Remove the app").click()

    page.get_by_text("The app with codes is removed.").wait_for()
    page.get_by_role("link", name="Set up an app").wait_for()
