"""Passkeys in a real browser, with an authenticator that Chromium plays, under the strict policy."""

import pytest

from tests.factories.accounts import PASSWORD

pytestmark = pytest.mark.e2e
AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def test_a_person_adds_a_passkey_and_signs_in_with_it_alone(open_page, sign_in, cast, live_server):
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
    page.locator("label", has_text="Passwordless").click()
    page.locator("#mfa_webauthn_add").click()
    page.wait_for_url("**/recovery-codes/**")
    page.context.clear_cookies()

    page.goto(f"{live_server.url}/accounts/login/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url(f"{live_server.url}/")
    page.goto(f"{live_server.url}/people/me/")

    assert page.locator("main").get_by_text(cast.staff.email).is_visible()
