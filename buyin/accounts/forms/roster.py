"""A file with departments or people."""

from django import forms
from django.utils.translation import gettext_lazy as _

from buyin.accounts.models import RosterKind


class RosterForm(forms.Form):
    """What the file lists, and the file."""

    kind = forms.ChoiceField(
        label=_("What does the file list?"), choices=RosterKind.choices, widget=forms.RadioSelect
    )
    file = forms.FileField(
        label=_("File"),
        help_text=_("CSV, up to 5 MB, the names of the columns in the first row."),
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}),
        allow_empty_file=True,
    )
