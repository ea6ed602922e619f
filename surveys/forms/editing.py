"""Forms for what two people may have open at once: nothing typed is lost, and both are shown."""

from collections.abc import Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from typing import Any, Self

from django import forms
from django.utils.translation import gettext as _

from surveys.models.editing import Edited


@dataclass(frozen=True)
class Difference:
    """A field in which what is saved differs from what was typed, both in words."""

    field: str
    saved: str
    typed: str


class EditorForm(forms.Form):
    """A form that knows which state of a record its author had seen."""

    revision = forms.IntegerField(widget=forms.HiddenInput)
    differences: Sequence[Difference] = ()

    def again(
        self, record: Edited, message: object, saved: Mapping[str, Any] | None = None
    ) -> Self:
        """Return this form with everything typed, the newest revision and this message.

        `saved` is what the form would show of the record as it is now; then `differences` says where
        that is not what was typed.
        """
        typed: Any = copy(self.data)
        typed["revision"] = str(record.revision)
        self.data = typed
        self.add_error(None, str(message))
        self.differences = list(self._differences(saved)) if saved is not None else ()
        return self

    def _differences(self, saved: Mapping[str, Any]) -> Iterator[Difference]:
        for bound in self.visible_fields():
            theirs = _worded(bound.field, saved.get(bound.name))
            typed = _worded(bound.field, bound.value())
            if theirs != typed:
                yield Difference(str(bound.label), theirs, typed)


class RecordForm(EditorForm):
    """An editor's form whose fields are called like those of its record."""

    @classmethod
    def initial_of(cls, record: Edited) -> dict[str, Any]:
        """Return what the form shows of a record as it is now."""
        return {name: getattr(record, name) for name in cls.base_fields}


def _worded(field: Any, value: Any) -> str:
    """Return the value of a field as a person reads it on the form; nothing where it is empty."""
    if isinstance(field, forms.BooleanField):
        return _("yes") if value else _("no")
    shown = field.widget.format_value(field.prepare_value(value))
    if isinstance(field, forms.ChoiceField):
        chosen = {str(one) for one in shown} - {""}
        choices: Any = field.choices
        return ", ".join(str(label).strip() for key, label in choices if str(key) in chosen)
    return str(shown or "").replace("\r\n", "\n").strip()
