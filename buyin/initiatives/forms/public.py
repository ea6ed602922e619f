"""What readers of the register look for."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from buyin.filters import FilterForm
from buyin.initiatives.record import BY_NAME

ALL = ("", _("All"))
NAMES = {
    "stage": "development_stage",
    "topic": "topic_area",
    "department": "agency_bureau",
    "impact": "is_high_impact",
}


class RegisterForm(FilterForm):
    """Words to look for, and stage, topic, department and impact from what there is."""

    search = forms.CharField(
        label=_("Search"), required=False, max_length=100, widget=forms.SearchInput
    )
    stage = forms.ChoiceField(label=_("Stage"), required=False)
    topic = forms.ChoiceField(label=_("Topic"), required=False)
    department = forms.ChoiceField(label=_("Department"), required=False)
    impact = forms.ChoiceField(label=_("Impact"), required=False)

    def __init__(self, data: Any, *, in_use: Mapping[str, list[str]]) -> None:
        super().__init__(data)
        fields: Any = self.fields
        for name, field in NAMES.items():
            fields[name].choices = [
                ALL,
                *((value, _label(field, value)) for value in in_use.get(name, [])),
            ]

    def wanted(self) -> dict[str, str]:
        """Return what to look for; what cannot be read asks for nothing."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


def _label(field: str, value: str) -> Any:
    choice = BY_NAME[field].choice(value)
    return str(choice.label).partition(":")[0] if choice else value
