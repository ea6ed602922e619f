"""Forms for what two people may have open at once: nothing typed is lost, and both are shown."""

from collections.abc import Mapping
from copy import copy
from typing import Any, Self

from django import forms

from buyin.editing import DifferingForm
from surveys.models.editing import Edited


class EditorForm(DifferingForm, forms.Form):
    """A form that knows which state of a record its author had seen."""

    revision = forms.IntegerField(widget=forms.HiddenInput)

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
        self.differences = list(self.differences_from(saved)) if saved is not None else ()
        return self


class RecordForm(EditorForm):
    """An editor's form whose fields are called like those of its record."""

    @classmethod
    def initial_of(cls, record: Edited) -> dict[str, Any]:
        """Return what the form shows of a record as it is now."""
        return {name: getattr(record, name) for name in cls.base_fields}
