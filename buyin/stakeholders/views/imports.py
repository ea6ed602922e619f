"""Lists of stakeholders come in: a file, a look, what its columns mean, who is known, yes, and back."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from buyin.http import Request
from buyin.methods import takes_form
from buyin.spreadsheets import csv_file
from buyin.stakeholders.actions import (
    confirm_list,
    decide_rows,
    discard_list,
    keep_list,
    map_list,
    take_back,
)
from buyin.stakeholders.forms import DoubtsForm, ListFileForm, ListMeaningForm
from buyin.stakeholders.matching import is_addressed
from buyin.stakeholders.models import ImportRun
from buyin.stakeholders.queries.import_plan import NEW
from buyin.uploads import percent_of

MOST_RUNS = 50
ADDRESSED = "addressed"
PAGE = 25
State = ImportRun.State


def _run(request: Request, pk: int) -> ImportRun:
    """Return an import that this person may see, or answer 404."""
    runs = ImportRun.objects.visible_to(request.user).light()
    return get_object_or_404(runs.select_related("owner"), pk=pk)


@takes_form
def list_imports(request: Request) -> HttpResponse:
    """Take a file in, and show what came in before."""
    if not request.user.leads_agency:
        raise Http404
    form = ListFileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        run = keep_list(owner=request.user, **form.kept())
        return redirect("stakeholders:import", run.pk)
    runs = ImportRun.objects.visible_to(request.user).light().defer("report")
    context = {"form": form, "runs": runs.select_related("owner")[:MOST_RUNS]}
    return render(request, "stakeholders/imports/imports.html", context)


@takes_form
def list_preview(request: Request, run: int) -> HttpResponse:
    """Say what a file would change, on POST let it, and say what came of it."""
    found = _run(request, run)
    if request.method == "POST":
        confirm_list(run=found)
        return redirect("stakeholders:import", found.pk)
    decided = len(found.decisions)
    context = {
        "run": found,
        "report": found.report,
        "percent": percent_of(found) if found.is_waiting else 0,
        "decided": decided,
        "undecided": max(found.report.get("doubt_count", 0) - decided, 0),
        "is_empty": not found.report.get("rows"),
        "brings": bool(decided or found.report.get("created") or found.report.get("updated")),
    }
    return render(request, "stakeholders/imports/preview.html", context)


@takes_form
def list_columns(request: Request, run: int) -> HttpResponse:
    """Say where the table begins, what columns hold and what words stand for."""
    found = _run(request, run)
    if found.state != State.CHECKED:
        return redirect("stakeholders:import", found.pk)
    form = ListMeaningForm(request.POST or None, run=found)
    if request.method == "POST" and form.is_valid():
        category = form.cleaned_data["category"]
        map_list(run=found, learned=form.learned(), category=category)
        return redirect("stakeholders:import", found.pk)
    return render(request, "stakeholders/imports/columns.html", {"run": found, "form": form})


@takes_form
def list_doubts(request: Request, run: int) -> HttpResponse:
    """Show the rows that may be somebody whom we have, and take what is decided of them."""
    found = _run(request, run)
    if found.state != State.CHECKED:
        return redirect("stakeholders:import", found.pk)
    page = Paginator(found.doubts, PAGE).get_page(request.GET.get("page"))
    form = DoubtsForm(request.POST or None, doubts=list(page), run=found)
    if request.method == "POST" and form.is_valid():
        whole = request.POST.get("all", "")
        decide_rows(run=found, said=_of_the_rest(found, whole) if whole else form.said())
        messages.success(request, _("Saved."))
        if page.has_next() and not whole:
            address = reverse("stakeholders:import-doubts", args=[found.pk])
            return redirect(f"{address}?page={page.next_page_number()}")
        return redirect("stakeholders:import", found.pk)
    context = {"run": found, "page": page, "form": form}
    return render(request, "stakeholders/imports/doubts.html", context)


def _of_the_rest(run: ImportRun, whole: str) -> dict[str, str]:
    """Return the same decision for rows that are open: somebody new, or the first that is named.

    With ADDRESSED only those are decided whose name and mail address speak for it.
    """
    open_ones = [one for one in run.doubts if str(one["row"]) not in run.decisions]
    if whole == ADDRESSED:
        open_ones = [one for one in open_ones if is_addressed(one["options"][0]["reasons"])]
    return {str(one["row"]): NEW if whole == NEW else one["options"][0]["key"] for one in open_ones}


@require_safe
def list_left_out(request: Request, run: int) -> HttpResponse:
    """Send every problem and remark with its place, as a table."""
    found = _run(request, run)
    if not found.left_out:
        raise Http404
    return csv_file(f"stakeholders-{found.pk}.csv", found.left_out)


@require_POST
def list_discard(request: Request, run: int) -> HttpResponse:
    """Forget a file of which nothing was written."""
    if discard_list(run=_run(request, run)):
        messages.success(request, _("The file is deleted. Nothing was imported."))
    return redirect("stakeholders:imports")


@require_POST
def list_undo(request: Request, run: int) -> HttpResponse:
    """Take back what an import wrote, but for what people have changed since."""
    found = _run(request, run)
    take_back(run=found)
    found.refresh_from_db(fields=["state", "report"])
    kept = len(found.report.get("kept", []))
    left = ngettext(
        "Undone. %(kept)d stakeholder stays, because somebody changed it since.",
        "Undone. %(kept)d stakeholders stay, because somebody changed them since.",
        kept,
    )
    if kept and found.state == State.UNDONE:
        messages.success(request, left % {"kept": kept})
    return redirect("stakeholders:import", found.pk)
