"""What people type about risks, assumptions, issues and dependencies."""

from typing import Any, ClassVar

from django import forms

from buyin.initiatives.models import RaidItem

from .records import OwnedForm


class RaidForm(OwnedForm):
    """One RAID item."""

    class Meta:
        model = RaidItem
        fields = [
            "kind", "statement", "category", "probability", "impact", "response", "owner",
            "next_action", "due", "trigger", "status", "raised_on", "valid_until", "proved_by",
        ]  # fmt: skip
        widgets: ClassVar[dict[str, Any]] = {"kind": forms.RadioSelect}
