"""Commitments: those of one initiative, all of them, one with its entries, and what is asked of me."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from buyin.accounts.actions import record_event
from buyin.accounts.models import EventKind
from buyin.editing import held
from buyin.http import Request
from buyin.initiatives.models import Initiative
from buyin.initiatives.queries import opened
from buyin.methods import takes_form
from buyin.saving import saved
from buyin.spreadsheets import csv_file_stream
from buyin.stakeholders import exports
from buyin.stakeholders.actions import add_entry, save_commitment
from buyin.stakeholders.charts.commitments import coverage_figure
from buyin.stakeholders.forms.commitments import (
    CommitmentFilterForm,
    CommitmentForm,
    EntryForm,
)
from buyin.stakeholders.models import Commitment, CommitmentEntry, Stakeholder
from buyin.stakeholders.queries.commitments import (
    asked_of,
    commitment_list,
    commitments_of,
    coverage_of,
    promised_by,
)

PAGE = 50
IN_TAB: dict[str, Any] = {"in_tab": "stakeholders:commitments"}


@require_safe
def commitments(request: Request, pk: int) -> HttpResponse:
    """Show how much of what an initiative needs is covered, and by whom as far as one may read it."""
    initiative = opened(request.user, pk)
    context = {
        "initiative": initiative,
        "may_change": initiative.may_be_changed_by(request.user),
        "figure": coverage_figure(coverage_of(initiative)),
        "commitments": commitments_of(initiative, request.user),
    }
    return render(request, "stakeholders/commitments/tab.html", context)


@require_safe
def commitment_register(request: Request) -> HttpResponse:
    """List the commitments to all initiatives that this person may read."""
    form = CommitmentFilterForm(request.GET, user=request.user)
    found = commitment_list(request.user, **form.wanted())
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    context = {"form": form, "page": page, "late": found.late(timezone.localdate()).count()}
    return render(request, "stakeholders/commitments/register.html", context)


@require_safe
def commitment_register_csv(request: Request) -> StreamingHttpResponse:
    """Give the commitments that the page lists as a file, and write down that they left."""
    form = CommitmentFilterForm(request.GET, user=request.user)
    found = commitment_list(request.user, **form.wanted())
    record_event(kind=EventKind.EXPORTED, actor=request.user, detail=_("Commitments"))
    table = exports.commitment_columns(), exports.commitment_rows(found)
    return csv_file_stream(f"{_('commitments')}.csv", *table)


@require_safe
def asked_of_me(request: Request) -> HttpResponse:
    """Show what waits for this person's word, and what they have promised so far."""
    context = {"asked": asked_of(request.user), "promised": promised_by(request.user)}
    return render(request, "stakeholders/commitments/mine.html", context)


def readable(request: Request, pk: int, *, is_sent: bool = False) -> Commitment:
    """Return a commitment that this person may read, held where its form is sent, or answer 404."""
    rows = held(Commitment.objects.visible_to(request.user), is_sent=is_sent)
    found: Commitment = get_object_or_404(
        rows.select_related("initiative", "stakeholder__person"), pk=pk
    )
    return found


@require_safe
def commitment(request: Request, pk: int) -> HttpResponse:
    """Show one commitment with every entry."""
    found = readable(request, pk)
    may_change = found.may_be_changed_by(request.user)
    giver, theirs = found.stakeholder, Stakeholder.objects.changeable_by(request.user)
    context = {
        "commitment": found,
        "initiative": found.initiative,
        "opens_initiative": _may_open(request, found.initiative),
        "may_change": may_change,
        "may_enter": may_change or found.is_given_by(request.user),
        "knows_giver": Stakeholder.objects.known_to(request.user).filter(pk=giver.pk).exists(),
        "may_plan": found.waits and giver.may_be_contacted and theirs.filter(pk=giver.pk).exists(),
        "entries": found.entries.select_related("entered_by"),
    }
    return render(request, "stakeholders/commitments/commitment.html", context)


def _may_open(request: Request, initiative: Initiative) -> bool:
    """Return whether the person may open the initiative; who gives need not take part in it."""
    return Initiative.objects.visible_to(request.user).filter(pk=initiative.pk).exists()


@takes_form
def commitment_add(request: Request, pk: int) -> HttpResponse:
    """Ask a stakeholder of an initiative for something."""
    initiative = opened(request.user, pk, to_change=True)
    people = Stakeholder.objects.current().visible_to(request.user)
    context = {"has_people": people.filter(interests__initiative=initiative).exists()}
    kind = request.GET.get("kind", "")
    begun = Commitment(initiative=initiative, kind=kind if kind in Commitment.Kind else "")
    return _edit(request, begun, context)


@takes_form
@transaction.atomic
def commitment_edit(request: Request, pk: int) -> HttpResponse:
    """Change what is asked."""
    found = readable(request, pk, is_sent=request.method == "POST")
    if not found.may_be_changed_by(request.user):
        raise Http404
    return _edit(request, found, {"has_people": True})


def _edit(request: Request, found: Commitment, context: dict[str, Any]) -> HttpResponse:
    form = CommitmentForm(request.POST or None, instance=found, user=request.user)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        done = saved(form, lambda: save_commitment(actor=request.user, commitment=found, **typed))
        if done:
            messages.success(request, _("Saved."))
            return redirect("stakeholders:commitment", done.pk)
    context |= {**IN_TAB, "initiative": found.initiative, "commitment": found, "form": form}
    return render(request, "stakeholders/commitments/edit.html", context)


@takes_form
def commitment_entry(request: Request, pk: int) -> HttpResponse:
    """Note what is pledged, committed, received or declined."""
    found = readable(request, pk)
    may_change = found.may_be_changed_by(request.user)
    if not (may_change or found.is_given_by(request.user)):
        raise Http404
    row = CommitmentEntry(commitment=found)
    form = EntryForm(request.POST or None, instance=row, is_giver=not may_change)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        if saved(form, lambda: add_entry(actor=request.user, commitment=found, **typed)):
            messages.success(request, _("Noted. Before and after stay readable."))
            if not may_change:  # what else is asked of them waits there
                return redirect("stakeholders:asked-of-me")
            return redirect("stakeholders:commitment", found.pk)
    context = {"commitment": found, "initiative": found.initiative, "form": form}
    return render(request, "stakeholders/commitments/entry.html", context)
