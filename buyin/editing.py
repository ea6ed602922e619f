"""Forms for what two people may have open at once: the second is told, and nothing typed is lost."""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _


@dataclass(frozen=True)
class Difference:
    """A field in which what is saved differs from what was typed, both in words."""

    field: str
    saved: str
    typed: str


class DifferingForm(forms.BaseForm):
    """A form that can say where what is saved is not what was typed."""

    differences: Sequence[Difference] = ()

    def differences_from(self, saved: Mapping[str, Any]) -> Iterator[Difference]:
        """Yield where what the form would show of the record as it is saved differs from the typed."""
        for bound in self.visible_fields():
            theirs = worded(bound.field, saved.get(bound.name))
            typed = worded(bound.field, bound.value())
            if theirs != typed:
                yield Difference(str(bound.label), theirs, typed)


class SeenForm(DifferingForm):
    """A form that knows which state of a record it had shown when somebody began to type.

    Where the record is another one by now, the form is refused once: with what is saved beside what
    was typed. Sent again, it takes the place of what is saved. The record has to be held meanwhile:
    see `held`. A form that says nothing of what it had shown is that of a program, and is taken.
    """

    def __init__(self, *args: Any, record: Model | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = record or getattr(self, "instance", None)
        if known is not None and known.pk is not None:
            self.fields["seen"] = forms.CharField(
                widget=forms.HiddenInput, required=False, initial=self._state
            )

    def clean(self) -> dict[str, Any]:
        """Return what was typed, or say what somebody else has saved meanwhile."""
        parent: Any = super()
        typed: dict[str, Any] = parent.clean() or {}
        seen = typed.pop("seen", "")
        if seen and seen != self._state():
            self.differences = list(self.differences_from(self._saved()))
            if self.differences:
                self._tell()
        return typed

    def _tell(self) -> None:
        told: Any = copy(self.data)
        told[self.add_prefix("seen")] = self._state()
        self.data = told
        message = _(
            "Somebody else has changed this while you were typing. What you typed is still here. "
            "Save again to put it in place of theirs."
        )
        self.add_error(None, message)

    def _saved(self) -> dict[str, Any]:
        """Return what the form shows of the record as it is now."""
        return {
            name: self.get_initial_for_field(field, name)
            for name, field in self.fields.items()
            if name != "seen"
        }

    def _state(self) -> str:
        """Return a name for what the form shows of the record as it is now."""
        shown = [(name, worded(self.fields[name], value)) for name, value in self._saved().items()]
        return _name_for(shown)


def mark_of(record: Model, *names: str) -> str:
    """Return a name for what a record holds in these fields: another one as soon as that differs.

    For programs, which have no form that knows what it had shown.
    """
    return _name_for([str(getattr(record, name)) for name in names])


def _name_for(shown: Any) -> str:
    return hashlib.sha256(json.dumps(shown).encode()).hexdigest()[:32]


def held[M: Model](rows: QuerySet[M, Any], *, is_sent: bool) -> QuerySet[M, Any]:
    """Return these rows to be locked when read where a form is sent: others wait until it is saved.

    To be called within a transaction.
    """
    return rows.select_for_update(of=("self",)) if is_sent else rows


def worded(field: forms.Field, value: Any) -> str:
    """Return the value of a field as a person reads it on the form; nothing where it is empty."""
    if isinstance(field, forms.BooleanField):
        return _("yes") if value else _("no")
    shown: Any = field.widget.format_value(field.prepare_value(value))
    if isinstance(field, forms.ChoiceField):
        chosen = {str(one) for one in shown or ()} - {""}
        choices: Any = field.choices
        return ", ".join(str(label).strip() for key, label in choices if str(key) in chosen)
    return str(shown or "").replace("\r\n", "\n").strip()
