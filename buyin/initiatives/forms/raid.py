"""What people type about risks, assumptions, issues and dependencies."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from buyin.initiatives.models import RaidItem

from .records import OwnedForm

# What is asked of one kind only: the database refuses it of any other.
OF_KIND = {
    "probability": "risk",
    "impact": "risk",
    "response": "risk",
    "valid_until": "assumption",
    "proved_by": "assumption",
}


WANTED = {
    "probability": _("Say from 1 to 5 how likely it is."),
    "impact": _("Say from 1 to 5 how much it would matter."),
    "response": _("Say what is done about the risk, also if it is accepted."),
}


class RaidForm(OwnedForm):
    """One RAID item."""

    class Meta:
        model = RaidItem
        fields = [
            "kind", "statement", "category", "probability", "impact", "response", "owner",
            "next_action", "due", "trigger", "status", "raised_on", "valid_until", "proved_by",
        ]  # fmt: skip
        widgets: ClassVar[dict[str, Any]] = {"kind": forms.RadioSelect}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, kind in OF_KIND.items():
            if not self.is_bound:  # what was refused is all shown, so that nothing wrong hides
                self.fields[name].widget.attrs["data-shown-with"] = f"kind={kind}"
            elif name in WANTED and self.data.get("kind") == kind:
                self.fields[name].widget.attrs["data-needed"] = "true"

    def clean(self) -> dict[str, Any]:
        """Say at its field what a risk lacks."""
        typed: dict[str, Any] = super().clean() or self.cleaned_data
        if typed.get("kind") == RaidItem.Kind.RISK:
            for name, message in WANTED.items():
                if name in typed and not typed[name]:
                    self.add_error(name, message)
        return typed
