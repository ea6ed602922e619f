"""Milestones, shared goals and agreements about data, as somebody types them."""

from typing import Any

from django import forms
from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from buyin.accounts.models import Department, tree_choices
from buyin.editing import SeenForm
from buyin.initiatives.models import DataAgreement, Milestone, SharedGoal
from buyin.lines import LineField

MOST_STEPS = 1000


class PlanForm(SeenForm, forms.Form):
    """A row of a plan: sent twice it makes one, and of two who change it the second is told."""

    made_by_form = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, record: Model, **kwargs: Any) -> None:
        super().__init__(*args, record=record, **kwargs)
        if record.pk is not None:
            del self.fields["made_by_form"]


class MilestoneForm(PlanForm):
    """What is to be reached, by when, and how far it is."""

    title = LineField(label=_("What is to be reached?"), max_length=200)
    due = forms.DateField(label=_("By"), widget=forms.DateInput)
    percent = forms.IntegerField(
        label=_("Progress in percent"),
        min_value=0,
        max_value=100,
        required=False,
        help_text=_("Leave it out where you count steps below."),
    )
    steps = forms.IntegerField(
        label=_("Steps in all"), min_value=1, max_value=MOST_STEPS, required=False
    )
    steps_done = forms.IntegerField(
        label=_("Steps done"), min_value=0, max_value=MOST_STEPS, required=False
    )
    done_on = forms.DateField(label=_("Reached on"), required=False, widget=forms.DateInput)
    is_given_up = forms.BooleanField(label=_("It is given up"), required=False)
    note = forms.CharField(
        label=_("Note"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Why it is late, moved or given up. Everybody reads it."),
    )

    def clean(self) -> dict[str, Any]:
        """Return what was typed; a number that is left out is none done."""
        typed: dict[str, Any] = super().clean() or {}
        for name in ("percent", "steps_done"):
            if name in typed and typed[name] is None:
                typed[name] = 0
        return typed

    @staticmethod
    def initial_for(milestone: Milestone) -> dict[str, Any]:
        """Return what the form shows of a milestone."""
        return {name: getattr(milestone, name) for name in MilestoneForm.base_fields}


class NewMilestoneForm(MilestoneForm):
    """A milestone that is only meant yet: neither reached nor given up."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["done_on"], self.fields["is_given_up"]
        self.fields["note"].help_text = _("What it hangs on, for example. Everybody reads it.")


class GoalForm(PlanForm):
    """A goal that departments share, and how they will know that they reached it."""

    goal = LineField(label=_("What do they want to reach together?"), max_length=300)
    departments = forms.ModelMultipleChoiceField(
        label=_("Departments that share it"),
        queryset=Department.objects.all(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least two departments.")},
    )
    measure = LineField(label=_("How is it measured?"), max_length=200)
    target = LineField(
        label=_("Target"), max_length=100, help_text=_("A number with its unit, such as 12 days.")
    )
    due = forms.DateField(label=_("By"), widget=forms.DateInput)
    state = forms.ChoiceField(label=_("How does it stand?"), choices=SharedGoal.State.choices)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["departments"]
        field.choices = tree_choices(Department.objects.all())

    @staticmethod
    def initial_for(goal: SharedGoal) -> dict[str, Any]:
        """Return what the form shows of a goal."""
        names = [name for name in GoalForm.base_fields if name != "departments"]
        shared = [one.pk for one in goal.departments.all()] if goal.pk else []
        return {"departments": shared, **{name: getattr(goal, name) for name in names}}


class AgreementForm(PlanForm):
    """Which data one department gives to another, why, and on which basis."""

    giver = forms.ModelChoiceField(label=_("Who gives?"), queryset=Department.objects.all())
    taker = forms.ModelChoiceField(label=_("Who takes?"), queryset=Department.objects.all())
    shared = LineField(
        label=_("Which data?"),
        max_length=300,
        help_text=_("Name kinds of data only. Nothing of a single person belongs here."),
    )
    purpose = LineField(label=_("What for?"), max_length=300)
    legal_basis = LineField(
        label=_("Legal basis"),
        max_length=200,
        required=False,
        help_text=_("The law, rule or consent that allows it. What is signed has one."),
    )
    state = forms.ChoiceField(label=_("How far is it?"), choices=DataAgreement.State.choices)
    signed_on = forms.DateField(label=_("Signed on"), required=False, widget=forms.DateInput)
    review_on = forms.DateField(
        label=_("To be looked at again on"), required=False, widget=forms.DateInput
    )
    expires_on = forms.DateField(label=_("Ends on"), required=False, widget=forms.DateInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("Choose one")), *tree_choices(Department.objects.all())]
        for name in ("giver", "taker"):
            field: Any = self.fields[name]
            field.choices = choices

    @staticmethod
    def initial_for(agreement: DataAgreement) -> dict[str, Any]:
        """Return what the form shows of an agreement."""
        names = [name for name in AgreementForm.base_fields if name not in {"giver", "taker"}]
        ends = {"giver": agreement.giver_id, "taker": agreement.taker_id}
        return {**ends, **{name: getattr(agreement, name) for name in names}}
