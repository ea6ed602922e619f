"""What administrators type about how long people are kept."""

from django import forms
from django.utils.translation import gettext_lazy as _

from buyin.lines import LineField


class HoldForm(forms.Form):
    """Why a person must be kept."""

    reason = LineField(
        label=_("Why must they be kept?"),
        max_length=300,
        help_text=_("Such as the number of a lawsuit or of a request for records."),
    )


class WishForm(forms.Form):
    """That a person asked to be removed."""

    is_asked_for = forms.BooleanField(
        label=_("They asked for it themselves, and I know that it is them"),
        error_messages={"required": _("Remove nobody who did not ask for it.")},
    )
