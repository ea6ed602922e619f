"""What all forms of an initiative's records share: sent twice they make one, and name their owner."""

from typing import Any
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import EMPTY_VALUES
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from buyin.accounts.forms import AddressField
from buyin.accounts.models import User
from buyin.editing import SeenForm
from buyin.initiatives.models import Initiative


class ReaderField(AddressField):
    """The mail address of somebody who can open the initiative that a record is of."""

    initiative: Initiative | None = None

    def clean(self, value: Any) -> Any:
        """Return the person, None where nothing was typed; refuse who cannot open it."""
        person = super().clean(value)
        if person is None or self._is_open_to(person):
            return person
        raise ValidationError(
            _("This person cannot open the initiative: add their department first.")
        )

    def _is_open_to(self, person: User) -> bool:
        known = Initiative.objects.visible_to(person)
        return self.initiative is not None and known.filter(pk=self.initiative.pk).exists()


class RecordForm(SeenForm, forms.ModelForm):
    """A form whose fields are those of a record; the record itself is an action's to save."""

    made_by_form = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk is None:
            self.initial["made_by_form"] = uuid4()
        else:
            del self.fields["made_by_form"]
        for field in self.fields.values():
            if isinstance(field, forms.TypedChoiceField):
                _word(field)
            elif isinstance(field, ReaderField):
                field.initiative = self.instance.initiative

    def ask_for_both(self, first: str, second: str, message: str) -> None:
        """Say, at the one that is empty, that two fields are only given together."""
        empty = [name for name in (first, second) if self.cleaned_data.get(name) in EMPTY_VALUES]
        if len(empty) == 1 and empty[0] not in self.errors:
            self.add_error(empty[0], message)


def _word(field: forms.TypedChoiceField) -> None:
    """Let each choice begin as a line of its own does, and nothing read as in the other menus."""
    choices: list[Any] = [(value, capfirst(label)) for value, label in field.widget.choices]
    if isinstance(field.widget, forms.Select) and choices and choices[0][0] == "":
        choices[0] = ("", _lazy("Choose one") if field.required else "–")
    field.choices = choices


class OwnedForm(RecordForm):
    """A record that somebody owns, named by mail address."""

    owner = ReaderField(
        label=_lazy("Owner"),
        required=False,
        help_text=_lazy("The mail address of the person who answers for it."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        owner = self.instance.owner
        self.initial["owner"] = owner.email if owner else ""
