"""The decision log of one initiative: its tab, one decision, and what it rests on."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from buyin.accounts.models import User
from buyin.editing import held
from buyin.http import Request
from buyin.initiatives.actions import add_input, remove_input, save_decision
from buyin.initiatives.forms import DecisionForm, InputForm
from buyin.initiatives.models import Decision, Initiative
from buyin.initiatives.queries import decisions_of, opened
from buyin.methods import takes_form
from buyin.saving import saved

PAGE = 25
IN_TAB: dict[str, Any] = {"in_tab": "initiatives:decisions"}


@require_safe
def decisions(request: Request, pk: int) -> HttpResponse:
    """List what was decided about an initiative, the newest first."""
    found = opened(request.user, pk)
    context = {
        "initiative": found,
        "may_change": found.may_be_changed_by(request.user),
        "page": Paginator(decisions_of(found), PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "initiatives/decisions/tab.html", context)


def decision_of(initiative: Initiative, decision: int, *, is_sent: bool = False) -> Decision:
    """Return a decision of this initiative, held where a form is sent, or answer 404."""
    rows = held(decisions_of(initiative), is_sent=is_sent)
    found: Decision = get_object_or_404(rows, pk=decision)
    found.initiative = initiative
    return found


@require_safe
def decision(request: Request, pk: int, decision: int) -> HttpResponse:
    """Show one decision with what it rests on."""
    return decision_page(request, decision_of(opened(request.user, pk), decision), InputForm())


def decision_page(request: Request, found: Decision, form: InputForm) -> HttpResponse:
    """Show a decision with what somebody typed and has to mend."""
    context = {
        **IN_TAB,
        "initiative": found.initiative,
        "decision": found,
        "may_change": found.initiative.may_be_changed_by(request.user),
        "replaced": found.supersedes.order_by("decided_on", "pk"),
        "input_form": form,
    }
    return render(request, "initiatives/decisions/decision.html", context)


@takes_form
@transaction.atomic
def decision_edit(request: Request, pk: int, decision: int | None = None) -> HttpResponse:
    """Record a decision, or mend how it is written down.

    The address may say what drove it (`kind`, `text`, `link`), such as a need.
    """
    initiative = opened(request.user, pk, to_change=True)
    found = Decision(initiative=initiative)
    if decision is not None:
        found = decision_of(initiative, decision, is_sent=request.method == "POST")
    form = DecisionForm(request.POST or None, instance=found, asked=request.GET)
    if request.method == "POST" and form.is_valid():
        done = saved(form, lambda: _save(request.user, found, form))
        if done:
            messages.success(request, _("Saved."))
            return redirect("initiatives:decision", pk, done.pk)
    context = {**IN_TAB, "initiative": initiative, "decision": found, "form": form}
    return render(request, "initiatives/decisions/edit.html", context)


@transaction.atomic
def _save(user: User, decision: Decision, form: DecisionForm) -> Decision:
    done = save_decision(actor=user, decision=decision, **form.decision())
    if typed := form.input():
        add_input(actor=user, decision=done, **typed)
    return done


@require_POST
def decision_input(request: Request, pk: int, decision: int) -> HttpResponse:
    """Say what a decision rests on."""
    found = decision_of(opened(request.user, pk, to_change=True), decision)
    form = InputForm(request.POST)
    if form.is_valid():
        typed = form.cleaned_data
        if saved(form, lambda: add_input(actor=request.user, decision=found, **typed)):
            messages.success(request, _("Added."))
            return redirect("initiatives:decision", pk, found.pk)
    return decision_page(request, found, form)


@require_POST
def decision_input_remove(request: Request, pk: int, decision: int, number: int) -> HttpResponse:
    """Take away what a decision does not rest on after all."""
    found = decision_of(opened(request.user, pk, to_change=True), decision)
    remove_input(actor=request.user, decision=found, pk=number)
    messages.success(request, _("Taken away."))
    return redirect("initiatives:decision", pk, found.pk)
