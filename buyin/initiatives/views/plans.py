"""The plan of an initiative: milestones, goals that departments share, agreements about data."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.db.models import Model
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from buyin.editing import held
from buyin.http import Request
from buyin.initiatives.actions import save_agreement, save_goal, save_milestone
from buyin.initiatives.forms import AgreementForm, GoalForm, MilestoneForm, NewMilestoneForm
from buyin.initiatives.models import DataAgreement, Milestone, SharedGoal
from buyin.initiatives.queries import opened, plan_of
from buyin.methods import takes_form
from buyin.saving import saved


@dataclass(frozen=True)
class Part:
    """One kind of row of a plan: how it is typed, first and later, and saved, and what its pages are called."""

    model: type[Milestone | SharedGoal | DataAgreement]
    argument: str
    form: type[forms.Form]
    form_of_new: type[forms.Form]
    save: Callable[..., Model]
    new: Any
    changed: Any


MILESTONE = Part(
    Milestone,
    "milestone",
    MilestoneForm,
    NewMilestoneForm,
    save_milestone,
    _lazy("Add a milestone"),
    _lazy("Change the milestone"),
)
GOAL = Part(
    SharedGoal,
    "shared",
    GoalForm,
    GoalForm,
    save_goal,
    _lazy("Add a shared goal"),
    _lazy("Change the shared goal"),
)
AGREEMENT = Part(
    DataAgreement,
    "agreement",
    AgreementForm,
    AgreementForm,
    save_agreement,
    _lazy("Add an agreement about data"),
    _lazy("Change the agreement about data"),
)


@never_cache
@require_safe
def plan(request: Request, pk: int) -> HttpResponse:
    """Show what an initiative means to reach, alone and together, and on which data."""
    found = opened(request.user, pk)
    context = {
        "initiative": found,
        "plan": plan_of(found),
        "may_change": found.may_be_changed_by(request.user),
    }
    return render(request, "initiatives/plan.html", context)


@takes_form
def milestone_edit(request: Request, pk: int, row: int | None = None) -> HttpResponse:
    """Add a milestone, or change one."""
    return _edit(request, pk, row, MILESTONE)


@takes_form
def goal_edit(request: Request, pk: int, row: int | None = None) -> HttpResponse:
    """Add a goal that departments share, or change one."""
    return _edit(request, pk, row, GOAL)


@takes_form
def agreement_edit(request: Request, pk: int, row: int | None = None) -> HttpResponse:
    """Add an agreement about data, or change one."""
    return _edit(request, pk, row, AGREEMENT)


@require_POST
def milestone_done(request: Request, pk: int, row: int) -> HttpResponse:
    """Mark a milestone as reached today."""
    found = opened(request.user, pk, to_change=True)
    milestone = get_object_or_404(found.milestones.open(), pk=row)
    save_milestone(actor=request.user, milestone=milestone, done_on=timezone.localdate())
    messages.success(request, _("Reached: %(title)s") % {"title": milestone})
    return redirect("initiatives:plan", pk)


@transaction.atomic
def _edit(request: Request, pk: int, row: int | None, part: Part) -> HttpResponse:
    """Bind the form of a part of the plan, and save it."""
    found = opened(request.user, pk, to_change=True)
    is_sent = request.method == "POST"
    rows: Any = part.model._default_manager.filter(initiative=found)  # noqa: SLF001
    record = part.model(initiative=found)
    if row:
        record = get_object_or_404(held(rows, is_sent=is_sent), pk=row)
    maker: Any = part.form if row else part.form_of_new
    form = maker(request.POST or None, initial=maker.initial_for(record), record=record)
    if is_sent and form.is_valid():
        typed = form.cleaned_data
        if saved(form, lambda: part.save(actor=request.user, **{part.argument: record}, **typed)):
            messages.success(request, _("Saved."))
            return redirect("initiatives:plan", pk)
    context = {"initiative": found, "form": form, "in_tab": "initiatives:plan"}
    context |= {"heading": part.changed if row else part.new, "may_change": True}
    return render(request, "initiatives/plan_edit.html", context)
