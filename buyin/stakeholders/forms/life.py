"""Which sort of lines a time line shows."""

from django import forms
from django.utils.translation import gettext_lazy as _

from buyin.stakeholders.queries.life import SORTS

WORDS = {
    "spoken": _("Meetings and calls"),
    "planned": _("What is planned or was dropped"),
    "promised": _("Commitments"),
    "life": _("Stages, milestones, decisions, updates"),
}


class LifeForm(forms.Form):
    """One sort, or all."""

    sort_shown = forms.ChoiceField(
        label=_("What to show"),
        required=False,
        choices=[("", _("Everything")), *((name, WORDS[name]) for name in SORTS)],
    )

    @property
    def sort(self) -> str:
        """Return what was asked for; what cannot be read asks for everything."""
        return str(self.cleaned_data.get("sort_shown", "")) if self.is_valid() else ""
