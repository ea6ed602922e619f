"""Which values are kept of two stakeholders that become one."""

from collections.abc import Sequence
from copy import copy
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from buyin.keys import LARGEST
from buyin.stakeholders.actions.merging import CHANGED
from buyin.stakeholders.queries.comparing import Compared

KEEP = "keep_"


class MergeForm(forms.Form):
    """For each field in which two differ: whose value is kept."""

    made_by_form = forms.UUIDField(widget=forms.HiddenInput, required=False, initial=uuid4)
    seen = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def __init__(self, *args: Any, compared: Sequence[Compared], mark: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.mark = self.initial["seen"] = mark
        for one in compared:
            if one.differs:
                self.fields[f"{KEEP}{one.name}"] = forms.ChoiceField(
                    label=one.label.capitalize(),
                    choices=list(zip(("kept", "absorbed"), one.words, strict=True)),
                    widget=forms.RadioSelect,
                    initial="kept",
                    error_messages={"required": _("Choose which of the two stays.")},
                )

    def clean(self) -> dict[str, Any]:
        """Refuse once what was chosen before somebody changed one of the two."""
        typed: dict[str, Any] = super().clean() or {}
        if typed.get("seen") != self.mark:
            told: Any = copy(self.data)
            told["seen"] = self.mark
            self.data = told
            self.add_error(None, CHANGED)
        return typed

    @property
    def said(self) -> dict[str, Any]:
        """What was chosen, as the action takes it."""
        found = self.cleaned_data
        names = [name for name in found if name.startswith(KEEP)]
        return {
            "made_by_form": found["made_by_form"],
            "seen": found["seen"],
            "choices": {name.removeprefix(KEEP): found[name] for name in names},
        }


class OtherForm(forms.Form):
    """With whom a stakeholder may be one, looked for by hand."""

    q = forms.CharField(label=_("Name or mail address"), required=False, max_length=100)


class ApartForm(forms.Form):
    """A pair that is two."""

    first = forms.IntegerField(min_value=1, max_value=LARGEST)
    second = forms.IntegerField(min_value=1, max_value=LARGEST)
