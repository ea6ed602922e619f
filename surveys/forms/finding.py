"""Which surveys the list of an author shows."""

from typing import Any

from django import forms
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from buyin.initiatives.forms.choosing import InitiativeField
from buyin.initiatives.models import Initiative
from buyin.lines import LineField
from surveys.models import Survey, Wave, WavePlan

PREPARED, RUNNING, OVER = "prepared", "running", "over"


class SurveyFilterForm(forms.Form):
    """Words of the title, the initiative, and where a survey stands."""

    words = LineField(label=_("Words of the title"), max_length=200, required=False)
    initiative = InitiativeField(
        label=_("Initiative"),
        required=False,
        empty_label=_("All"),
    )
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[
            ("", _("All")),
            (PREPARED, _("A wave is in preparation")),
            (RUNNING, _("A wave is out")),
            (OVER, _("All waves are closed")),
        ],
    )

    def __init__(self, *args: Any, initiatives: QuerySet[Initiative], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["initiative"]
        field.queryset = initiatives

    def filtered(self, surveys: QuerySet[Survey]) -> QuerySet[Survey]:
        """Return those that were asked for; what cannot be read asks for nothing."""
        self.is_valid()
        for word in self.cleaned_data.get("words", "").split():
            surveys = surveys.filter(title__icontains=word)
        if initiative := self.cleaned_data.get("initiative"):
            surveys = surveys.filter(initiative=initiative)
        return _standing(surveys, self.cleaned_data.get("state", ""))

    @property
    def asks(self) -> bool:
        """Whether anything was asked for, so that an empty list says something else."""
        return any(self.cleaned_data.get(name) for name in self.fields)


def _standing(surveys: QuerySet[Survey], state: str) -> QuerySet[Survey]:
    """Keep the surveys that stand there; of a wave that is out, nothing is closed yet."""
    waves = Wave.objects.filter(survey=OuterRef("pk"))
    plans = WavePlan.objects.filter(survey=OuterRef("pk"))
    is_out = Exists(waves.filter(closed_at__isnull=True))
    if state == PREPARED:
        return surveys.filter(Exists(plans))
    if state == RUNNING:
        return surveys.filter(is_out)
    if state == OVER:
        return surveys.filter(Exists(waves), ~is_out, ~Exists(plans))
    return surveys
