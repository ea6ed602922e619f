"""Looking through what happened."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from buyin.accounts.queries.history import Filter


class HistoryForm(forms.Form):
    """Words, a kind and days."""

    q = forms.CharField(label=_("Name or words"), required=False, max_length=100)
    kind = forms.ChoiceField(label=_("What"), required=False)
    first = forms.DateField(label=_("From"), required=False, widget=forms.DateInput)
    last = forms.DateField(label=_("To"), required=False, widget=forms.DateInput)

    def __init__(self, *args: Any, kinds: list[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [("", _("Everything")), *kinds]  # type: ignore[attr-defined]

    def wanted(self) -> Filter:
        """Return what to look for; a form that cannot be read looks for everything."""
        said = self.cleaned_data if self.is_valid() else {}
        return Filter(
            words=said.get("q", ""),
            kind=said.get("kind", ""),
            first=said.get("first"),
            last=said.get("last"),
        )
