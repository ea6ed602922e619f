"""How the sign-in library behaves here."""

import base64
import hashlib
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.app_settings import PASSWORD_RESET_TOKEN_GENERATOR
from allauth.account.internal.flows.password_reset import get_reset_password_url
from allauth.account.utils import user_pk_to_url_str
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.core.mail import EmailMessage
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from .models import User


class AccountAdapter(DefaultAccountAdapter):
    """Accounts come from the roster, so nobody signs up; refusals never say which half was wrong."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _("The mail address or the password is not right."),
        "too_many_login_attempts": _(
            "Too many attempts. Wait five minutes, or get a link to set a new password."
        ),
        "rate_limited": _("Too many attempts. Wait five minutes, then try again."),
        "incorrect_password": _("The password is not right."),
        "enter_current_password": _("This is not your password until now."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Return False: administrators import people, or the agency's own sign-in brings them."""
        return False

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Return where somebody goes whose new password is saved: not to the empty form again."""
        return reverse("accounts:me")

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Write the mail and deliver it, where the address belongs to an open account.

        A mail to nobody is written all the same, so that a stranger cannot tell by the time it
        takes who has an account.
        """
        names = {"agency_name": settings.AGENCY_NAME, "email": email}
        message = self.render_mail(template_prefix, email, context | names)
        person = User.objects.active().filter(email=email.lower()).first()
        if person:
            self.deliver(template_prefix, person, message)

    def invite(self, person: User) -> None:
        """Write to somebody whose account was opened: a link to set a password, as for a reset."""
        key = f"{user_pk_to_url_str(person)}-{PASSWORD_RESET_TOKEN_GENERATOR().make_token(person)}"
        links = {
            "password_url": self.get_reset_password_from_key_url(key),
            "new_link_url": get_reset_password_url(context.request),
        }
        self.send_mail("account/email/invitation", person.email, links)

    def deliver(self, kind: str, person: User, message: EmailMessage) -> None:
        """Send at once."""
        message.send()

    def reauthenticate(self, user: Any, password: str) -> bool:
        """Return whether this is the person's password; the roster's address is the one that counts."""
        found = self.authenticate(context.request, email=user.email, password=password)
        return found is not None and found.pk == user.pk

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """Return the ways in which this person can confirm who they are, in our words."""
        names = {
            "reauthenticate": _("Type your password"),
            "mfa_reauthenticate": _("Type a code"),
            "mfa_reauthenticate:webauthn": _("Use a passkey or key"),
        }
        ways = super().get_reauthentication_methods(user)
        return [way | {"description": names[way["id"]]} for way in ways]


class AgencySignInAdapter(DefaultSocialAccountAdapter):
    """The agency's own sign-in opens accounts that the roster has made, and makes none."""

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Connect somebody who comes for the first time with an address that was checked.

        The library would do the same and delete the password, which it takes for a stranger's.
        Here only a link sent to that address can have set one.
        """
        if sociallogin.is_existing:
            return
        checked = [known.email for known in sociallogin.email_addresses if known.verified]
        person = User.objects.filter(email__in=checked).first()
        if person:
            sociallogin.connect(request, person)


class SecondFactorAdapter(DefaultMFAAdapter):
    """Secrets of second factors are encrypted with the portal's key before they are stored."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("This is not right, or too old. Try again with what is shown now."),
        "cannot_generate_recovery_codes": _("Set up an app or a key first."),
    }

    def generate_authenticator_name(self, user: Any, type: Any) -> str:  # noqa: A002
        """Return a name for a new key that nobody has to think about."""
        owned = Authenticator.objects.filter(user=user, type=type).count()
        return gettext("Key %(number)d") % {"number": owned + 1}

    def encrypt(self, text: str) -> str:
        """Return the text so that a copy of the database alone does not give it away."""
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Return the text again; keys that were in use before still open it."""
        return _cipher().decrypt(encrypted_text.encode()).decode()


def _cipher() -> MultiFernet:
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    digests = [hashlib.sha256(b"second factor" + key.encode()).digest() for key in keys]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(digest)) for digest in digests])
