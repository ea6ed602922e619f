"""What all forms of an initiative's records share: sent twice they make one, and name their owner."""

from typing import Any
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import EMPTY_VALUES
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from buyin.accounts.forms import AddressField, person_at
from buyin.accounts.models import User
from buyin.editing import SeenForm
from buyin.initiatives.models import Initiative


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

    owner = AddressField(
        label=_lazy("Owner"),
        required=False,
        help_text=_lazy("The mail address of the person who answers for it."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        owner = self.instance.owner
        self.initial["owner"] = owner.email if owner else ""

    def clean_owner(self) -> User | None:
        """Return the person with this address, who must be able to open the initiative."""
        return reader_at(self.cleaned_data["owner"], self.instance.initiative)


def reader_at(address: str, initiative: Initiative) -> User | None:
    """Return the person at an address, None where nothing was typed.

    A ValidationError says that there is nobody, or that the initiative is not open to them.
    """
    person = person_at(address)
    if person is None:
        return None
    if not Initiative.objects.visible_to(person).filter(pk=initiative.pk).exists():
        raise ValidationError(
            _("This person cannot open the initiative: add their department first.")
        )
    return person
