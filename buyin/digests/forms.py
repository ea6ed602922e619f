"""What a person may choose about reports."""

from django import forms
from django.utils.translation import gettext_lazy as _

from .models import DigestPreference


class PreferenceForm(forms.Form):
    """How often the report comes."""

    frequency = forms.ChoiceField(
        label=_("How often do you want the report?"),
        choices=DigestPreference.Frequency.choices,
        widget=forms.RadioSelect,
    )
