"""A step from one stage to another."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from buyin.initiatives.models import Initiative, Stage
from buyin.initiatives.queries.gates import Checked

LONGEST = 1000


class StageForm(forms.Form):
    """To which stage, on which day, what somebody answers for, and why."""

    start = forms.ChoiceField(choices=Stage.choices, widget=forms.HiddenInput)
    to = forms.ChoiceField(choices=Stage.choices, widget=forms.HiddenInput)
    confirmed = forms.MultipleChoiceField(
        label=_("What the portal cannot see: tick what is so"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    day = forms.DateField(
        label=_("Since which day?"),
        widget=forms.DateInput,
        help_text=_("Today, or an earlier day if you write it down afterwards."),
    )
    note = forms.CharField(
        label=_("Why"),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Everybody who may open the initiative reads this."),
    )

    def __init__(self, *args: Any, checks: Sequence[Checked] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked = [(one.gate.code, one.gate.text) for one in checks if one.answer is None]
        self.fields["confirmed"].choices = asked  # type: ignore[attr-defined]
        if not asked:
            del self.fields["confirmed"]
        if why := self._reason_asked(checks):
            self.fields["note"].required = True
            self.fields["note"].error_messages["required"] = why

    def _reason_asked(self, checks: Sequence[Checked]) -> Any:
        """Return how a reason is asked for; None where it is not known yet that one is needed."""
        start, to = self.initial.get("start"), self.initial.get("to")
        if not (start and to) or (self.is_bound and self.data.get("start") != start):
            return None  # somebody else has moved it meanwhile: that is said first
        if Stage(to).position < Stage(start).position:
            return _("Say why it goes back.")
        is_lacking = any(one.answer is not None and not one.is_met for one in checks)
        return _("Say why it moves on all the same.") if is_lacking else None

    @staticmethod
    def initial_for(initiative: Initiative, to: str) -> dict[str, Any]:
        """Return what the form shows for a step to this stage."""
        return {"start": initiative.stage, "to": to, "day": timezone.localdate()}
