"""What somebody says about a table that others made: what its columns hold, what its words mean."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .columns import SHORTENED, Learned

Choices = Sequence[tuple[Any, Any]]


class MeaningForm(forms.Form):
    """Asks what each column without a field holds, and what each word that is no choice stands for."""

    def __init__(self, *args: Any, known: Learned, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._known = known
        self._columns: dict[str, str] = {}
        self._words: dict[str, tuple[str, str]] = {}

    def ask_columns(
        self, columns: Sequence[Mapping[str, Any]], fields_but: Callable[[set[str]], Choices]
    ) -> None:
        """Ask for the columns that no header names; `fields_but` gives what no other column holds."""
        free = fields_but({one["field"] for one in columns if not one["is_decided"]})
        for number, one in enumerate(columns):
            if one["field"] and not one["is_decided"]:
                continue
            name = f"column-{number}"
            self._columns[name] = one["key"]
            self.fields[name] = forms.ChoiceField(
                label=one["label"],
                choices=free,
                required=False,
                initial=one["field"],
                help_text=", ".join(f"“{text}”" for text in one.get("samples", ())),
            )

    def ask_words(
        self,
        words: Iterable[Mapping[str, Any]],
        *,
        labels: Callable[[str], str | Promise],
        choices: Callable[[str], Choices],
    ) -> None:
        """Ask for the words that are no choice of their field."""
        for number, one in enumerate(words):
            field, text = one["field"], one["text"][:SHORTENED]
            name = f"word-{number}"
            self._words[name] = (field, one["key"])
            self.fields[name] = forms.ChoiceField(
                label=f"{labels(field)}: “{text}” ({one['count']})",
                choices=choices(field),
                required=False,
            )

    def clean(self) -> dict[str, Any]:
        """Refuse two columns for one field."""
        chosen: set[str] = set()
        for name in self._columns:
            field = self.cleaned_data.get(name)
            if field and field in chosen:
                self.add_error(name, _("Another column holds this already."))
            elif field:
                chosen.add(field)
        return self.cleaned_data

    def learned(self) -> Learned:
        """Return what is known of the source now, with what was said before."""
        columns = {**self._known.get("columns", {})}
        values = {name: {**codes} for name, codes in self._known.get("values", {}).items()}
        for name, key in self._columns.items():
            columns[key] = self.cleaned_data[name]
        for name, (field, key) in self._words.items():
            if code := self.cleaned_data[name]:
                values.setdefault(field, {})[key] = code
        return Learned(columns=columns, values=values)
