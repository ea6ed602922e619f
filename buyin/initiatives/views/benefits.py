"""The benefits of one initiative: its tab, one benefit with its chart, and what is typed about it."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from buyin.accounts.actions import record_event
from buyin.accounts.forms import offer_people
from buyin.accounts.models import EventKind
from buyin.editing import held
from buyin.http import Request
from buyin.initiatives import exports
from buyin.initiatives.actions import add_measurement, save_benefit, set_state
from buyin.initiatives.charts import benefit_figure
from buyin.initiatives.forms import BenefitForm, MeasurementForm, StateForm
from buyin.initiatives.models import Benefit, Initiative, Measurement
from buyin.initiatives.queries import benefits_of, measured, opened, standing_of, stories_of
from buyin.initiatives.rendering import changes_of, told, told_of, value_of
from buyin.keys import key_in
from buyin.methods import takes_form
from buyin.saving import saved
from buyin.spreadsheets import csv_file, csv_text

IN_TAB: dict[str, Any] = {"in_tab": "initiatives:benefits"}


@require_safe
def benefits(request: Request, pk: int) -> HttpResponse:
    """List what an initiative is to bring, and how far that is."""
    found = opened(request.user, pk)
    context = {
        "initiative": found,
        "may_change": found.may_be_changed_by(request.user),
        "told": told(benefits_of(found)),
        "stories": stories_of(request.user, found),
    }
    return render(request, "initiatives/benefits/tab.html", context)


def benefit_of(initiative: Initiative, benefit: int, *, is_sent: bool = False) -> Benefit:
    """Return a benefit of this initiative, held where a form is sent, or answer 404."""
    rows = initiative.benefits.select_related("owner")
    found: Benefit = get_object_or_404(held(rows, is_sent=is_sent), pk=benefit)
    found.initiative = initiative
    return found


@require_safe
def benefit(request: Request, pk: int, benefit: int) -> HttpResponse:
    """Show one benefit: actual against target, every measurement, every formal change."""
    return benefit_page(request, benefit_of(opened(request.user, pk), benefit))


def benefit_page(request: Request, found: Benefit, **forms: Any) -> HttpResponse:
    """Show a benefit with what somebody typed and has to mend."""
    rows = measured(found)
    counted = [one for one in reversed(rows) if not hasattr(one, "corrected_by")]
    context = {
        "initiative": found.initiative,
        **IN_TAB,
        "may_change": found.initiative.may_be_changed_by(request.user),
        "may_measure": found.may_be_measured_by(request.user),
        "told": told_of(standing_of(found)),
        "figure": benefit_figure(found, counted),
        "measurements": [(one, value_of(found, one)) for one in rows],
        "changes": changes_of(found, found.changes.select_related("changed_by")),
        "state_form": StateForm(benefit=found),
    }
    return render(request, "initiatives/benefits/benefit.html", context | forms)


@takes_form
@transaction.atomic
def benefit_edit(request: Request, pk: int, benefit: int | None = None) -> HttpResponse:
    """Write down a benefit, or change one."""
    initiative = opened(request.user, pk, to_change=True)
    found = Benefit(initiative=initiative)
    if benefit is not None:
        found = benefit_of(initiative, benefit, is_sent=request.method == "POST")
    form = offer_people(BenefitForm(request.POST or None, instance=found), request.user)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        done = saved(form, lambda: save_benefit(actor=request.user, benefit=found, **typed))
        if done:
            messages.success(request, _("Saved."))
            return redirect("initiatives:benefit", pk, done.pk)
    context = {**IN_TAB, "initiative": initiative, "benefit": found, "form": form}
    return render(request, "initiatives/benefits/edit.html", context)


@takes_form
def measure(request: Request, pk: int, benefit: int) -> HttpResponse:
    """Add a measurement, or one that corrects another."""
    found = benefit_of(opened(request.user, pk), benefit)
    if not found.may_be_measured_by(request.user):
        raise Http404
    wrong = _wrong(found, request.GET.get("corrects", ""), is_sent=request.method == "POST")
    row = corrected(wrong) if wrong else Measurement(benefit=found, day=timezone.localdate())
    form = MeasurementForm(request.POST or None, instance=row)
    if request.method == "POST" and form.is_valid():
        typed = {"corrects": wrong, **form.cleaned_data}
        if saved(form, lambda: add_measurement(actor=request.user, benefit=found, **typed)):
            messages.success(request, _("Added. The chart shows it."))
            return redirect("initiatives:benefit", pk, found.pk)
    context = {**IN_TAB, "initiative": found.initiative, "benefit": found, "form": form}
    context |= {"wrong": wrong}
    return render(request, "initiatives/benefits/measure.html", context)


def corrected(wrong: Measurement) -> Measurement:
    """Return what a correction begins with: all that was said, so that only what is wrong is typed."""
    said = {name: getattr(wrong, name) for name in MeasurementForm.Meta.fields}
    return Measurement(benefit=wrong.benefit, **said)


def _wrong(benefit: Benefit, number: str, *, is_sent: bool) -> Measurement | None:
    """Return the measurement that is to be corrected, None where none is named.

    The page of one that is corrected already is not there; what was typed about it comes back.
    """
    if not number:
        return None
    key = key_in(number)
    if key is None:
        raise Http404
    rows = benefit.measurements.all() if is_sent else benefit.measurements.standing()
    return get_object_or_404(rows, pk=key)


@require_POST
def benefit_state(request: Request, pk: int, benefit: int) -> HttpResponse:
    """Put a benefit into a state."""
    found = benefit_of(opened(request.user, pk, to_change=True), benefit)
    form = StateForm(request.POST, benefit=found)
    if form.is_valid():
        typed = form.cleaned_data
        if saved(form, lambda: set_state(actor=request.user, benefit=found, **typed)):
            messages.success(request, _("Saved."))
            return redirect("initiatives:benefit", pk, found.pk)
    return benefit_page(request, found, state_form=form)


@require_safe
def measurements_csv(request: Request, pk: int, benefit: int) -> HttpResponse:
    """Give every measurement of a benefit as a file."""
    found = benefit_of(opened(request.user, pk), benefit)
    rows = exports.measurement_rows(found, measured(found))
    detail = _("Measurements: %(benefit)s") % {"benefit": found}
    record_event(kind=EventKind.EXPORTED, actor=request.user, detail=detail[:200])
    name = _("measurements") + f"-{found.pk}.csv"
    return csv_file(name, csv_text(exports.measurement_columns(), rows))
