"""Pages that bring in answers collected elsewhere: the file, its columns, a look, and yes."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from buyin.http import Request
from buyin.initiatives.models import Initiative
from surveys.actions import importing
from surveys.actions.refusals import RefusedError
from surveys.formats.mappings import MappingError
from surveys.formats.new_surveys import read_new_survey
from surveys.forms.importing import ColumnForms, UploadForm
from surveys.models import AnswerFile
from surveys.queries.authoring import authorable_initiatives
from surveys.queries.importing import (
    faults_of,
    goal_of_new,
    guesses_for,
    mapping_from,
    read_answers,
)


def _own(request: Request, pk: int) -> AnswerFile:
    """Return this person's upload, or answer 404: also where the initiative is not theirs any more."""
    found = get_object_or_404(AnswerFile.objects.visible_to(request.user), pk=pk)
    name = found.mapping.get("survey", {}).get("initiative", "")
    named = Initiative.objects.filter(name=name)
    if named.exclude(pk__in=authorable_initiatives(request.user)).exists():
        raise Http404
    return found


@require_http_methods(["GET", "HEAD", "POST"])
def import_upload(request: Request) -> HttpResponse:
    """Take a file and the survey that its answers came from."""
    initiatives = authorable_initiatives(request.user)
    if not initiatives.exists():
        raise Http404
    form = UploadForm(request.POST or None, request.FILES or None, initiatives=initiatives)
    if form.is_valid():
        file = importing.keep_file(
            owner=request.user,
            name=form.cleaned_data["file"].name,
            content=form.content(),
            mapping={"survey": form.survey(), "choices": []},
        )
        return redirect("surveys:import-columns", file.pk)
    return render(request, "surveys/author/import_upload.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def import_columns(request: Request, file: int) -> HttpResponse:
    """Say what each column means, starting from a guess."""
    found = _own(request, file)
    guesses, people = guesses_for(bytes(found.content))
    kept, problems = found.mapping["choices"], []
    forms = ColumnForms(guesses, kept=kept, codes=people, posted=request.POST or None)
    if request.method == "POST" and forms.is_valid():
        mapping = mapping_from(found.mapping["survey"], forms.choices(), people)
        importing.map_file(file=found, mapping=mapping)
        problems = faults_of(bytes(found.content), mapping)
        if not problems:
            return redirect("surveys:import-preview", found.pk)
    context = {"file": found, "forms": forms, "problems": problems}
    return render(request, "surveys/author/import_columns.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def import_preview(request: Request, file: int) -> HttpResponse:
    """Show what will come in and what will not; on POST, import."""
    found = _own(request, file)
    try:
        survey = read_new_survey(found.mapping)
        goal = goal_of_new(survey)
        answers = read_answers(bytes(found.content), found.mapping, goal)
    except MappingError:
        return redirect("surveys:import-columns", found.pk)
    if request.method == "POST":
        try:
            done = importing.import_file(file=found, survey=survey, rows=answers.rows)
        except RefusedError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, done.summary)
            return redirect("surveys:author-field", done.wave.survey_id, done.wave.number)
    context = {"file": found, "survey": survey, "answers": answers, "goal": goal}
    return render(request, "surveys/author/import_preview.html", context)


@require_POST
def import_discard(request: Request, file: int) -> HttpResponse:
    """Forget an uploaded file."""
    found = get_object_or_404(AnswerFile.objects.visible_to(request.user), pk=file)
    importing.forget_file(file=found)
    messages.success(request, _("The file is deleted. Nothing was imported."))
    return redirect("surveys:author-list")
