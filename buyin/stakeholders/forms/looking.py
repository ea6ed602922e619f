"""Which initiative is looked at, and as of which day."""

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from buyin.initiatives.forms.choosing import InitiativeField


class DayForm(forms.Form):
    """The day as of which something is shown; none, or one still to come, is today."""

    day = forms.DateField(label=_("As of"), required=False)

    @property
    def asked(self) -> date | None:
        """The earlier day that was asked for, None for today."""
        day: date | None = self.cleaned_data.get("day") if self.is_valid() else None
        return day if day and day < timezone.localdate() else None


class LookForm(forms.Form):
    """An initiative to look at."""

    initiative = InitiativeField(label=_("Initiative"), empty_label=None)

    def __init__(self, *args: Any, choices: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["initiative"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 - for the type checker
        field.queryset = choices
