"""Choosing an initiative: from a list, or by its name where a list would be too long for anybody."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from buyin.initiatives.models import Initiative
from buyin.keys import key_in

MOST = 100  # initiatives in a list
SUGGESTED = 3


class NamedInput(forms.TextInput):
    """A field to type a name into; where an id is given, as in a link, it shows the name."""

    def __init__(self, rows: QuerySet[Initiative]) -> None:
        super().__init__()
        self.rows = rows

    def format_value(self, value: Any) -> str | None:
        """Return the name of the initiative with this id, and what was typed otherwise."""
        if value and key_in(str(value)) is not None:
            found = self.rows.filter(pk=value).first()
            return found.name if found else str(value)
        shown: str | None = super().format_value(value)
        return shown


class InitiativeField(forms.ModelChoiceField):
    """One of the initiatives in `queryset`, which a form sets to those that its person may open.

    Up to a hundred are offered in a list. Of more the name is typed, or as much of it as no other
    has. What is neither is refused with names that come near it.
    """

    def __init__(self, **options: Any) -> None:
        super().__init__(Initiative.objects.none(), **options)

    def _get_offered(self) -> QuerySet[Initiative]:
        found: QuerySet[Initiative] = self._queryset
        return found

    def _set_offered(self, rows: QuerySet[Initiative]) -> None:
        self._queryset = rows.order_by("name", "pk")
        few = list(self._queryset.values_list("pk", "name")[: MOST + 1])
        if len(few) > MOST:
            self.widget = NamedInput(self._queryset)
            self.widget.is_required = self.required
            self.help_text = self.help_text or _("Its name, or a part of it.")
            return
        empty = [] if self.empty_label is None else [("", self.empty_label)]
        self.choices = [*empty, *few]

    queryset = property(_get_offered, _set_offered)

    def to_python(self, value: Any) -> Initiative | None:
        """Return the initiative with this id or name; a ValidationError says that there is none."""
        text = " ".join(str(value).split()) if isinstance(value, str) else value
        if not isinstance(self.widget, NamedInput) or not text or key_in(str(text)) is not None:
            found: Initiative | None = super().to_python(text)
            return found
        same = self.queryset.filter(name__iexact=text)[:2]
        near: QuerySet[Initiative] = (
            same or self.queryset.filter(name__icontains=text)[: SUGGESTED + 1]
        )
        if len(near) == 1:
            return near[0]
        raise forms.ValidationError(_not_one(list(near)))


def _not_one(near: list[Initiative]) -> str:
    """Return why what was typed names no initiative, or more than one."""
    if not near:
        return _("There is no initiative with this name.")
    names = ", ".join(f"“{one.name}”" for one in near[:SUGGESTED])
    if len(near) > SUGGESTED:
        return _("Many initiatives have this in their name, such as %(names)s.") % {"names": names}
    return _("Several initiatives have this in their name: %(names)s.") % {"names": names}
