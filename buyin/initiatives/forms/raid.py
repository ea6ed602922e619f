"""What people type about risks, assumptions, issues and dependencies."""

from typing import Any, ClassVar

from django import forms

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
        if self.is_bound:
            return  # what was refused is all shown, so that nothing wrong hides
        for name, kind in OF_KIND.items():
            self.fields[name].widget.attrs["data-shown-with"] = f"kind={kind}"
