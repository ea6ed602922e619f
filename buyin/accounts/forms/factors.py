"""How the forms of the second factor speak here."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.forms import ReauthenticateForm as PasswordForm
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from buyin.lines import LineField, seen

from .doors import speak

LONGEST_NAME = 60


class PasswordAgainForm(PasswordForm):
    """The password, once more."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        speak(self.fields["password"], _("Password"))


class SetUpAppForm(ActivateTOTPForm):
    """The first code of an app, which shows that it is set up right."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        speak(self.fields["code"], _("Code from the app"), _("Six digits, new every 30 seconds."))
        self.fields["code"].widget.attrs["inputmode"] = "numeric"


class PatientCode:
    """A code that was tried too often: a new password, as at the first door, would help nobody."""

    def clean_code(self) -> str:
        """Return the code where it opens; refuse in words that fit."""
        try:
            code: str = super().clean_code()  # type: ignore[misc]
        except ValidationError as refusal:
            if refusal.code == "too_many_login_attempts":
                raise get_adapter().validation_error("rate_limited") from refusal
            raise
        return code


class CodeForm(PatientCode, AuthenticateForm):
    """A code at the sign-in."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        speak(self.fields["code"], _("Code"))


class CodeAgainForm(PatientCode, ReauthenticateForm):
    """A code before something that matters."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        speak(self.fields["code"], _("Code"), _("From your app, or one for emergencies."))


class NewKeyForm(AddWebAuthnForm):
    """A key with a name, which may open the account alone."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        name = self.fields["name"]
        speak(name, _("Name of the key"), _("So that you know later which one it is."))
        name.widget.attrs["maxlength"] = name.max_length = LONGEST_NAME
        hint = _(
            "You type neither address nor password then. The key asks for your finger, face or PIN."
        )
        speak(self.fields["passwordless"], _("Sign in with this key alone"), hint)
        self.fields["credential"].error_messages["required"] = _(
            "No key was used. Press the button and follow your browser."
        )

    def clean_name(self) -> str:
        """Return the name as far as it can be shown: for a name no key is refused that was touched."""
        return seen(super().clean_name())[:LONGEST_NAME]


class KeyNameForm(EditWebAuthnForm):
    """The name of a key."""

    name = LineField(label=_("Name of the key"), max_length=LONGEST_NAME)
