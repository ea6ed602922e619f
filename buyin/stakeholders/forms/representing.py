"""Which initiatives the lists show of who is missing, and of levels to look at again."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from buyin.accounts.models import User
from buyin.initiatives.forms.choosing import InitiativeField
from buyin.initiatives.models import Initiative, Stage

ONLY_MISSING = "missing"


class InitiativeForm(forms.Form):
    """One of the initiatives that somebody may open, or all."""

    initiative = InitiativeField(label=_("Initiative"), required=False, empty_label=_("All"))

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["initiative"].queryset = Initiative.objects.visible_to(user)

    @property
    def wanted(self) -> dict[str, Any]:
        """Return what interests are filtered by; what cannot be read asks for nothing."""
        found = self.cleaned_data if self.is_valid() else {}
        return {"initiative": found["initiative"]} if found.get("initiative") else {}


class MissingForm(forms.Form):
    """A stage, and whether only initiatives are wanted in which somebody is missing."""

    stage = forms.ChoiceField(
        label=_("Stage"), required=False, choices=[("", _("All")), *Stage.choices]
    )
    show = forms.ChoiceField(
        label=_("Which"),
        required=False,
        choices=[("", _("All")), (ONLY_MISSING, _("Where somebody is missing"))],
    )

    @property
    def wanted_stage(self) -> str:
        """The stage; empty for all, and where what was sent cannot be read."""
        return str(self.cleaned_data["stage"]) if self.is_valid() else ""

    @property
    def wants_missing(self) -> bool:
        """Whether only those are wanted in which somebody is missing."""
        return self.is_valid() and self.cleaned_data["show"] == ONLY_MISSING
