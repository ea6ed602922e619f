"""What a lead says about an initiative."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from buyin.accounts.forms import AddressField
from buyin.accounts.models import Department, tree_choices
from buyin.editing import SeenForm
from buyin.initiatives.models import Initiative, Stage
from buyin.lines import LineField


class InitiativeForm(SeenForm, forms.Form):
    """Name, purpose, lead and departments; and the stage of a new one, which is moved later."""

    name = LineField(label=_("Name"), max_length=200)
    summary = forms.CharField(
        label=_("Summary"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("What it is for, in two plain sentences."),
    )
    stage = forms.ChoiceField(
        label=_("Stage"),
        choices=Stage.choices,
        help_text=_("How far it is today. Later it is moved on, with the day and the reason."),
    )
    lead = AddressField(
        label=_("Lead"),
        required=False,
        help_text=_("The mail address of the person who leads it."),
    )
    departments = forms.ModelMultipleChoiceField(
        label=_("Departments taking part"),
        queryset=Department.objects.all(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, is_new: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_new:
            del self.fields["stage"]
        choices = tree_choices(Department.objects.all())
        self.fields["departments"].choices = choices  # type: ignore[attr-defined]

    @staticmethod
    def initial_for(initiative: Initiative) -> dict[str, Any]:
        """Return what the form shows for this initiative."""
        departments = initiative.departments.all() if initiative.pk else []
        return {
            "name": initiative.name,
            "summary": initiative.summary,
            "stage": initiative.stage,
            "lead": initiative.lead.email if initiative.lead else "",
            "departments": [department.pk for department in departments],
        }
