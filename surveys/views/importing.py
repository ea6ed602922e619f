"""Pages that bring in answers collected elsewhere: the file, its columns, a look, and yes."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import HttpResponseClientRedirect

from buyin.http import Request
from buyin.initiatives.models import Initiative
from buyin.methods import takes_form
from buyin.spreadsheets import csv_file
from surveys.actions import answer_files
from surveys.formats.accounts import problems_in
from surveys.forms.importing import ColumnForms, UploadForm
from surveys.models import AnswerFile
from surveys.queries.authoring import authorable_initiatives
from surveys.queries.importing import faults_of, guesses_kept, mapping_from, people_asked


def _own(request: Request, pk: int) -> AnswerFile:
    """Return this person's upload, or answer 404: also where the initiative is not theirs any more."""
    own = AnswerFile.objects.visible_to(request.user)
    found = get_object_or_404(own.defer("content", "left_out"), pk=pk)
    name = found.mapping.get("survey", {}).get("initiative", "")
    named = Initiative.objects.filter(name=name)
    if named.exclude(pk__in=authorable_initiatives(request.user)).exists():
        raise Http404
    return found


@takes_form
def import_upload(request: Request) -> HttpResponse:
    """Take a file and the survey that its answers came from."""
    initiatives = authorable_initiatives(request.user)
    if not initiatives.exists():
        raise Http404
    form = UploadForm(request.POST or None, request.FILES or None, initiatives=initiatives)
    if form.is_valid():
        file = answer_files.keep_file(
            owner=request.user,
            name=form.cleaned_data["file"].name,
            content=form.content(),
            mapping={"survey": form.survey(), "choices": []},
        )
        return redirect("surveys:import-columns", file.pk)
    return render(request, "surveys/author/import_upload.html", {"form": form})


@takes_form
def import_columns(request: Request, file: int) -> HttpResponse:
    """Say what each column means, starting from a guess."""
    found = _own(request, file)
    if not found.is_changeable:
        return redirect("surveys:import-preview", found.pk)
    guesses, people = guesses_kept(found.guesses), people_asked()
    kept, problems = found.mapping["choices"], found.report.get("faults", [])
    forms = ColumnForms(guesses, kept=kept, codes=people, posted=request.POST or None)
    if request.method == "POST" and forms.is_valid():
        mapping = mapping_from(found.mapping["survey"], forms.choices(), people)
        problems = faults_of(mapping) or _faults_found(found, mapping)
        if not problems:
            return redirect("surveys:import-preview", found.pk)
    context = {"file": found, "forms": forms, "problems": problems}
    return render(request, "surveys/author/import_columns.html", context)


def _faults_found(file: AnswerFile, mapping: dict[str, Any]) -> list[str]:
    """Let the file be read by this mapping; return what does not fit where that is known at once."""
    answer_files.map_file(file=file, mapping=mapping)
    file.refresh_from_db(fields=["report"])
    faults: list[str] = file.report.get("faults", [])
    return faults


@takes_form
def import_preview(request: Request, file: int) -> HttpResponse:
    """Say what will come in, on POST let it, and say what came of it."""
    found = _own(request, file)
    if found.state == AnswerFile.State.COLUMNS:
        return _on_to_columns(request, found)
    if request.method == "POST":
        answer_files.confirm_file(file=found)
        return redirect("surveys:import-preview", found.pk)
    report = found.report
    context = {"file": found, "report": report, "problems": problems_in(report)}
    return render(request, "surveys/author/import_preview.html", context)


def _on_to_columns(request: Request, file: AnswerFile) -> HttpResponse:
    """Lead to the columns; a script that looks for news of the file has to go there as a whole."""
    there = reverse("surveys:import-columns", args=[file.pk])
    return HttpResponseClientRedirect(there) if request.htmx else redirect(there)


@require_safe
def import_left_out(request: Request, file: int) -> HttpResponse:
    """Send every row and value that stays out, with the reason, as a table."""
    found = _own(request, file)
    if not found.left_out:
        raise Http404
    return csv_file(f"left-out-{found.pk}.csv", found.left_out)


@require_POST
def import_discard(request: Request, file: int) -> HttpResponse:
    """Forget an uploaded file, and what is known of it."""
    found = get_object_or_404(AnswerFile.objects.visible_to(request.user), pk=file)
    came_in = answer_files.forget_file(file=found)
    messages.success(
        request,
        _("The report on the file is deleted. The answers stay.")
        if came_in
        else _("The file is deleted. Nothing was imported."),
    )
    return redirect("surveys:author-list")
