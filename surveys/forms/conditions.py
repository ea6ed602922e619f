"""Conditions as an author gives them: chosen from a list, or written.

What cannot be read, or looks at nothing, is named where it was typed.
"""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from surveys.building import Raw
from surveys.building.picking import Offered
from surveys.definitions import dependencies, read, wrong_with

from .editing import EditorForm

LONGEST = 2000
ALWAYS, WRITTEN_OUT = "", "written"


class ExpressionField(forms.CharField):
    """One condition or value in the language of surveys/expressions.

    `part` is the field of the definition that it is for; `known` are the codes that it may look at.
    """

    def __init__(self, *, part: str = "show_if", **kwargs: Any) -> None:
        super().__init__(max_length=LONGEST, **kwargs)
        self.part = part
        self.known: frozenset[str] = frozenset()
        self.widget.attrs |= {"spellcheck": "false", "autocapitalize": "none"}

    def validate(self, value: str) -> None:
        """Refuse what is wrong with the expression by itself."""
        super().validate(value)
        if value:
            messages = list(wrong_with(value, self.part, self.known))
            if messages:
                raise ValidationError(messages)


class ConditionalForm(EditorForm):
    """A form for something that may be asked under a condition."""

    shown = forms.ChoiceField(label=_("When is it asked?"), required=False)
    show_if = ExpressionField(
        label=_("Asked only if"),
        required=False,
        help_text=_(
            "For “By a condition that I write”. Such as ${age} &gt;= 18, with the codes of questions."
        ),
    )

    def __init__(
        self, *args: Any, definition: Raw, raw: Raw, offered: Offered, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.definition, self.raw = definition, raw
        self.known = frozenset(dependencies(read(definition)))
        for field in self.fields.values():
            if isinstance(field, ExpressionField):
                field.known = self.known | {raw.get("code", "")}
        shown: Any = self.fields["shown"]
        own = (WRITTEN_OUT, _("By a condition that I write"))
        shown.choices = [(ALWAYS, _("Always")), *offered, own]
        condition = raw.get("show_if", "")
        if condition:
            known = {value for _text, pairs in offered for value, _words in pairs}
            self.initial["shown"] = condition if condition in known else WRITTEN_OUT
        self.fields["show_if"].widget.attrs["data-shown-with"] = f"shown={WRITTEN_OUT}"

    def need(self, name: str, *, with_choice: str, of: str) -> None:
        """Ask for a condition that another field says is written here."""
        is_empty = not self.cleaned_data.get(name) and name not in self.errors
        if self.cleaned_data.get(of) == with_choice and is_empty:
            self.add_error(name, gettext("Write the condition."))

    def clean(self) -> dict[str, Any]:
        """Ask for a condition where it was to be written and is not."""
        self.need("show_if", with_choice=WRITTEN_OUT, of="shown")
        return self.cleaned_data

    def condition(self) -> str:
        """Return the condition that was chosen or written; nothing where there is none."""
        cleaned = self.cleaned_data
        chosen: str = cleaned["show_if"] if cleaned["shown"] == WRITTEN_OUT else cleaned["shown"]
        return chosen
