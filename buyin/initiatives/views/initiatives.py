"""The agency's AI initiatives: a list, and each with what is asked about it."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from buyin.accounts.forms import offer_people
from buyin.accounts.models import in_tree_order
from buyin.http import Request
from buyin.initiatives.actions import save_initiative
from buyin.initiatives.forms import InitiativeForm, SearchForm
from buyin.initiatives.models import Initiative, Stage
from buyin.initiatives.queries import (
    found_by,
    history_of,
    leads_of,
    lines_of,
    notes_for,
    opened,
    plan_of,
    stages_of,
)
from buyin.methods import takes_form
from buyin.saving import saved

PAGE = 50
NEWS = 2


@require_safe
def initiatives(request: Request) -> HttpResponse:
    """List the initiatives that this person may open, by words, stage, department and lead."""
    form = SearchForm(request.GET, leads=leads_of(request.user))
    found = found_by(request.user, form.wanted())
    lines = found.select_related("lead").prefetch_related("departments")
    page = Paginator(lines, PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "rows": lines_of(page),
        "is_narrowed": any(request.GET.get(name) for name in form.fields),
        "may_add": Initiative().may_be_changed_by(request.user),
    }
    return render(request, "initiatives/list.html", context)


@require_safe
def initiative(request: Request, pk: int) -> HttpResponse:
    """Show what an initiative is for, who takes part, and what is asked about it."""
    found = opened(request.user, pk)
    context = {
        "initiative": found,
        "departments": in_tree_order(found.departments.all()),
        "may_change": found.may_be_changed_by(request.user),
        "steps": stages_of(found, history_of(found)),
        "next": Stage(found.stage).next,
        "plan": plan_of(found),
        "news": found.updates.select_related("by")[:NEWS],
        "notes": notes_for(request.user, found),
    }
    return render(request, "initiatives/initiative.html", context)


@takes_form
@transaction.atomic
def initiative_edit(request: Request, pk: int | None = None) -> HttpResponse:
    """Add an initiative, or change one."""
    is_sent = request.method == "POST"
    found = (
        opened(request.user, pk, to_change=True, is_sent=is_sent)
        if pk
        else Initiative(lead=request.user)
    )
    if not found.may_be_changed_by(request.user):
        raise Http404
    initial = InitiativeForm.initial_for(found)
    form = InitiativeForm(request.POST or None, initial=initial, is_new=pk is None, record=found)
    offer_people(form, request.user)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        done = saved(form, lambda: save_initiative(actor=request.user, initiative=found, **typed))
        if done:
            messages.success(request, _("Saved."))
            return redirect("initiatives:initiative", done.pk)
    return render(request, "initiatives/edit.html", {"form": form, "initiative": found})
