"""Inventories come in and go out: a file, a look, what its columns mean, yes, and back."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from buyin.accounts.actions import record_event
from buyin.accounts.models import EventKind
from buyin.http import Request
from buyin.initiatives.actions import (
    ChangedSinceError,
    confirm_inventory,
    discard_inventory,
    keep_inventory,
    map_inventory,
    take_back,
)
from buyin.initiatives.forms import InventoryFileForm, InventoryMeaningForm
from buyin.initiatives.models import InventoryImport
from buyin.initiatives.queries.inventory_written import (
    FORMATS,
    inventory_text,
    wishes_of_agency,
)
from buyin.methods import takes_form
from buyin.spreadsheets import csv_file
from buyin.uploads import percent_of

MOST_RUNS = 50
MOST_SHOWN = 100
State = InventoryImport.State


def _run(request: Request, pk: int) -> InventoryImport:
    """Return an import that this person may see, or answer 404."""
    runs = InventoryImport.objects.visible_to(request.user).select_related("owner")
    return get_object_or_404(runs.defer("content", "left_out"), pk=pk)


@takes_form
def inventory_imports(request: Request) -> HttpResponse:
    """Take a file in, show what came in before, and offer the inventory to take out."""
    if not request.user.leads_agency:
        raise Http404
    form = InventoryFileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        run = keep_inventory(owner=request.user, **form.kept())
        return redirect("initiatives:import-preview", run.pk)
    runs = InventoryImport.objects.visible_to(request.user).select_related("owner")
    context = {"form": form, "runs": runs.defer("content", "left_out", "report")[:MOST_RUNS]}
    return render(request, "initiatives/inventory/imports.html", context)


@takes_form
def inventory_preview(request: Request, run: int) -> HttpResponse:
    """Say what a file would change, on POST let it, and say what came of it."""
    found = _run(request, run)
    if request.method == "POST":
        confirm_inventory(run=found)
        return redirect("initiatives:import-preview", found.pk)
    context = {
        "run": found,
        "report": found.report,
        "percent": percent_of(found) if found.is_waiting else 0,
        "has_left_out": _has_left_out(found),
        "made": found.changes.filter(before__isnull=True, initiative__isnull=False)[:MOST_SHOWN],
        "brings": bool(found.report.get("created") or found.report.get("updated")),
    }
    return render(request, "initiatives/inventory/preview.html", context)


def _has_left_out(run: InventoryImport) -> bool:
    names = ("problem_count", "remark_count", "duplicates")
    return any(run.report.get(name) for name in names)


@takes_form
def inventory_columns(request: Request, run: int) -> HttpResponse:
    """Say what unknown columns hold, on wish all, and what unknown words stand for."""
    found = _run(request, run)
    if found.state != State.CHECKED:
        return redirect("initiatives:import-preview", found.pk)
    asks_all = "all" in request.GET
    form = InventoryMeaningForm(request.POST or None, run=found, also_known=asks_all)
    if request.method == "POST" and form.is_valid():
        map_inventory(run=found, learned=form.learned())
        return redirect("initiatives:import-preview", found.pk)
    context = {"run": found, "form": form, "asks_all": asks_all}
    return render(request, "initiatives/inventory/columns.html", context)


@require_safe
def inventory_left_out(request: Request, run: int) -> HttpResponse:
    """Send every problem and remark with its place, as a table."""
    found = _run(request, run)
    if not found.left_out:
        raise Http404
    return csv_file(f"inventory-{found.pk}.csv", found.left_out)


@require_POST
def inventory_discard(request: Request, run: int) -> HttpResponse:
    """Forget a file of which nothing was written."""
    if discard_inventory(run=_run(request, run)):
        messages.success(request, _("The file is deleted. Nothing was imported."))
    return redirect("initiatives:imports")


@require_POST
def inventory_undo(request: Request, run: int) -> HttpResponse:
    """Take back what an import wrote, or say what people have changed since."""
    found = _run(request, run)
    try:
        take_back(run=found, leaves_changed="rest" in request.POST)
    except ChangedSinceError as error:
        context = {"run": found, "reasons": error.reasons}
        return render(request, "initiatives/inventory/undo_refused.html", context)
    found.refresh_from_db(fields=["state", "report"])
    if found.state == State.UNDONE and (left := len(found.report["kept"])):
        messages.success(request, _stayed(left))
    return redirect("initiatives:import-preview", found.pk)


def _stayed(left: int) -> str:
    return ngettext(
        "Undone. %(left)d initiative stays as people changed it.",
        "Undone. %(left)d initiatives stay as people changed them.",
        left,
    ) % {"left": left}


@require_safe
def inventory_export(request: Request, form: str) -> HttpResponse:
    """Send the inventory in one of its forms, harmless for spreadsheets on wish; note that it left."""
    if form not in FORMATS or not request.user.leads_agency:
        raise Http404
    detail = _("Inventory of AI systems: %(form)s") % {"form": form}
    record_event(kind=EventKind.EXPORTED, actor=request.user, detail=detail)
    text = inventory_text(form, wishes_of_agency(harmless="harmless" in request.GET))
    name = f"ai-inventory-{form}.{FORMATS[form][1]}"
    if FORMATS[form][1] == "csv":
        return csv_file(name, text)
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(text, content_type="application/json", headers=headers)
