"""The type that a question is to have, and what it needs for it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from surveys.building import Raw
from surveys.building.carrying import losses, needs_parts
from surveys.building.retyping import types_for

from .editing import EditorForm
from .kinds import KINDS

FEWEST = {"matrix": 1}


class RetypeForm(EditorForm):
    """One of the types that a question can have, with its choices where it has none to take along."""

    kind = forms.ChoiceField(
        label=_("New type"), error_messages={"required": _("Choose the new type.")}
    )
    parts = forms.CharField(
        label=_("Choices or statements"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("One a line, for a type that needs them."),
    )

    def __init__(self, data: Any = None, *, definition: Raw, raw: Raw, revision: int) -> None:
        super().__init__(data, initial={"revision": revision})
        self.raw = raw
        self.types = types_for(definition, raw)
        self.lost = {kind: losses(definition, raw, kind) for kind in self.types}
        field: Any = self.fields["kind"]
        field.choices = [(kind, KINDS[kind][0]) for kind in self.types]
        if not any(needs_parts(raw, kind) for kind in self.types):
            del self.fields["parts"]

    def options(self) -> list[tuple[str, str, str, list[str], bool]]:
        """Return (type, name, description, what is lost, whether it is chosen) for each type."""
        chosen = self["kind"].value()
        return [
            (kind, str(KINDS[kind][0]), str(KINDS[kind][1]), self.lost[kind], kind == chosen)
            for kind in self.types
        ]

    def clean(self) -> dict[str, Any]:
        """Ask for choices where the new type needs some."""
        cleaned = super().clean() or self.cleaned_data
        kind = cleaned.get("kind", "")
        few = FEWEST.get(kind, 2)
        if needs_parts(self.raw, kind) and len(self.lines()) < few:
            self.add_error("parts", _("Write them here, one a line: %d at least.") % few)
        return cleaned

    def lines(self) -> list[str]:
        """Return what was written as choices or statements."""
        text = self.cleaned_data.get("parts", "")
        return [" ".join(line.split()) for line in text.splitlines() if line.strip()]

    def problems(self) -> list[tuple[str, str, str]]:
        """Return (anchor, label, message) for everything that is wrong."""
        found = [("", "", str(message)) for message in self.non_field_errors()]
        anchors = {"kind": f"kind-{self.types[0]}" if self.types else "", "parts": "id_parts"}
        for name, anchor in anchors.items():
            if name in self.fields:
                label = str(self.fields[name].label)
                found += [(anchor, label, str(message)) for message in self[name].errors]
        return found
