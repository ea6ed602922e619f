"""Forms that say what a list shows: the first fields at once, the others folded away until used."""

from django import forms
from django.forms.boundfield import BoundField


class FilterForm(forms.Form):
    """A form of a list with more fields than a phone should show before the first line.

    A field with a value of its own for "as usual" names it as `initial`.
    """

    shown_at_once = 3

    @property
    def first(self) -> list[BoundField]:
        """The fields that are always shown; all of them where folding would hide one only."""
        fields = self.visible_fields()
        is_long = len(fields) > self.shown_at_once + 1
        return fields[: self.shown_at_once] if is_long else fields

    @property
    def more(self) -> list[BoundField]:
        """The fields that are folded away."""
        return self.visible_fields()[len(self.first) :]

    @property
    def uses_more(self) -> bool:
        """Whether something is asked for by a field that is folded away; what is not sent is as usual."""
        asked = [field for field in self.more if self.is_bound and field.data is not None]
        return any(field.name in self.changed_data for field in asked)
