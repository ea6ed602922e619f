"""What evidence somebody adds: typed by hand, or pointed to in an address."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from buyin.keys import LARGEST
from buyin.lines import LineField
from surveys.models import Evidence, Need
from surveys.queries.evidence import Source

from .needs import departments_to_choose


class EvidenceForm(forms.Form):
    """What else a need rests on."""

    text = LineField(
        label=_("What shows it?"),
        max_length=300,
        error_messages={"required": _("Write what shows it.")},
        help_text=_("Such as “Town hall meeting in May” or “Calls to the help desk”."),
    )
    people = forms.IntegerField(
        label=_("How many people stand behind it?"),
        min_value=0,
        max_value=1_000_000,
        error_messages={"required": _("Write how many, 0 if you do not know.")},
    )
    department = forms.ChoiceField(label=_("All of them in"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["department"]
        self.found, choices = departments_to_choose()
        field.choices = [("", _("several departments, or not known")), *choices]

    def evidence(self, need: Need) -> Evidence:
        """Return the evidence that was typed."""
        department = self.found.get(self.cleaned_data["department"])
        text, people = self.cleaned_data["text"], self.cleaned_data["people"]
        return Evidence(need=need, text=text, people=people, department=department)


class SourceForm(forms.Form):
    """What a need is made of, as the address names it: it is read, never drawn."""

    theme = forms.IntegerField(required=False, min_value=1, max_value=LARGEST)
    task = forms.IntegerField(required=False, min_value=1, max_value=LARGEST)
    note = forms.IntegerField(required=False, min_value=1, max_value=LARGEST)
    text = forms.UUIDField(required=False)
    wave = forms.IntegerField(required=False, min_value=1, max_value=LARGEST)
    item = forms.SlugField(required=False, max_length=80)
    part = forms.SlugField(required=False, max_length=80)
    answer = forms.SlugField(required=False, max_length=80)
    department = forms.IntegerField(required=False, min_value=1, max_value=LARGEST)

    def source(self) -> Source:
        """Return what was pointed to."""
        return Source(**self.cleaned_data)


class AddToForm(forms.Form):
    """The need that gets the evidence instead of a new one."""

    need = forms.ChoiceField(
        label=_("Another need of this initiative"),
        error_messages={"required": _("Choose a need.")},
    )

    def __init__(self, *args: Any, needs: list[Need], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["need"]
        field.choices = [("", _("Choose one")), *((str(one.pk), one.statement) for one in needs)]

    def chosen(self) -> int:
        """Return the id of the need that was chosen."""
        return int(self.cleaned_data["need"])
