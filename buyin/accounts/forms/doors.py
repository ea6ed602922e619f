"""How the forms of the sign-in library speak here."""

from typing import Any

from allauth.account.forms import (
    ChangePasswordForm,
    LoginForm,
    ResetPasswordForm,
    ResetPasswordKeyForm,
    SetPasswordForm,
)
from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext


def speak(field: forms.Field, label: Any, hint: Any = "") -> None:
    """Give the field our words, and none inside the box where typing hides them."""
    field.label, field.help_text = label, hint
    field.widget.attrs.pop("placeholder", None)


class SignInForm(LoginForm):
    """Mail address and password, with nothing said twice."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        speak(self.fields["login"], _("Mail address"))
        speak(self.fields["password"], _("Password"))


class LinkForm(ResetPasswordForm):
    """The address to which a link is sent."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        speak(self.fields["email"], _("Mail address"))


class NewPassword(forms.Form):
    """A new password, typed twice."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        shortest = settings.PASSWORD_MIN_LENGTH
        hint = ngettext(
            "At least %(count)d character. A few words in a row are easy to remember.",
            "At least %(count)d characters. A few words in a row are easy to remember.",
            shortest,
        )
        speak(self.fields["password1"], _("New password"), hint % {"count": shortest})
        speak(self.fields["password2"], _("New password, once more"))

    def clean(self) -> dict[str, Any]:
        """Refuse two passwords that differ; stands in the place of the library's own sentence."""
        typed = forms.Form.clean(self) or {}
        passwords = [typed.get("password1"), typed.get("password2")]
        if all(passwords) and passwords[0] != passwords[1]:
            self.add_error("password2", _("This differs from the first. Type both again."))
        return typed


class FirstPasswordForm(NewPassword, SetPasswordForm):
    """The first password of somebody who has signed in by another door."""


class ForgottenPasswordForm(NewPassword, ResetPasswordKeyForm):
    """The new password of somebody who came by a link in a mail."""


class OtherPasswordForm(NewPassword, ChangePasswordForm):
    """The password until now, and a new one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        speak(self.fields["oldpassword"], _("Your password until now"))
