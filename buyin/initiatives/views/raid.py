"""Risks, assumptions, issues and dependencies of one initiative."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from buyin.accounts.forms import offer_people
from buyin.editing import held
from buyin.http import Request
from buyin.initiatives.actions import save_raid_item
from buyin.initiatives.forms import RaidForm
from buyin.initiatives.models import RaidItem
from buyin.initiatives.queries import opened, risks_of
from buyin.methods import takes_form
from buyin.saving import saved

IN_TAB: dict[str, Any] = {"in_tab": "initiatives:risks"}


@require_safe
def risks(request: Request, pk: int) -> HttpResponse:
    """List what could go wrong and what waits for somebody, the most pressing first."""
    found = opened(request.user, pk)
    context = {
        "initiative": found,
        "may_change": found.may_be_changed_by(request.user),
        "risks": risks_of(found),
    }
    return render(request, "initiatives/raid/tab.html", context)


@takes_form
@transaction.atomic
def risk_edit(request: Request, pk: int, item: int | None = None) -> HttpResponse:
    """Write down a RAID item, or change one."""
    initiative = opened(request.user, pk, to_change=True)
    found = RaidItem(initiative=initiative)
    if item is not None:
        rows = held(initiative.raid.select_related("owner"), is_sent=request.method == "POST")
        found = get_object_or_404(rows, pk=item)
    form = offer_people(RaidForm(request.POST or None, instance=found), request.user)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        if saved(form, lambda: save_raid_item(actor=request.user, item=found, **typed)):
            messages.success(request, _("Saved."))
            return redirect("initiatives:risks", pk)
    context = {**IN_TAB, "initiative": initiative, "item": found, "form": form}
    return render(request, "initiatives/raid/edit.html", context)
