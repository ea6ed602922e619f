"""Pages that bring a survey in from another program, and send one out as a file."""

from dataclasses import replace

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from buyin.accounts.actions import record_event
from buyin.accounts.models import EventKind
from buyin.http import Request
from buyin.methods import takes_form
from buyin.spreadsheets import csv_file
from buyin.workbooks.writing import MEDIA_TYPE
from surveys.actions import bringing
from surveys.actions.authoring import Texts
from surveys.actions.refusals import RefusedError
from surveys.formats.any_survey import is_quick
from surveys.formats.own_json import write_own
from surveys.formats.own_texts import still_said
from surveys.formats.xlsform import write_xlsform
from surveys.forms.bringing import BringForm, PurposeForm
from surveys.forms.languages import OWN_WHAT
from surveys.models import Survey, SurveyFile
from surveys.queries.authoring import authorable_initiatives

from .followed import survey_of


@takes_form
def bring_upload(request: Request) -> HttpResponse:
    """Take the file of a survey; a small one is read at once, a large one by the clock."""
    initiatives = authorable_initiatives(request.user)
    if not initiatives.exists():
        raise Http404
    form = BringForm(request.POST or None, request.FILES or None, initiatives=initiatives)
    if form.is_valid():
        name, content = form.cleaned_data["file"].name, form.content()
        file = bringing.keep_survey_file(
            owner=request.user, name=name, content=content, texts=form.said()
        )
        if is_quick(content):
            bringing.read_file(file=file.pk)
        return redirect("surveys:bring-report", file.pk)
    return render(request, "surveys/author/bring_upload.html", {"form": form})


@takes_form
def bring_report(request: Request, file: int) -> HttpResponse:
    """Say what of a file will come in and what will not; on POST, make the draft."""
    found = _own(request, file)
    texts = _texts(request, found)
    form = None if texts.purpose else PurposeForm(request.POST or None)
    if form is not None and form.is_valid():
        texts = replace(texts, purpose=form.cleaned_data["purpose"])
    if request.method == "POST" and texts.purpose:
        try:
            survey = bringing.make_draft(file=found, kind=found.texts["kind"], texts=texts)
        except RefusedError as error:
            messages.error(request, str(error))
            return redirect("surveys:bring-report", found.pk)
        messages.success(request, _("The survey is here, as a draft. Nobody sees it yet."))
        return redirect("surveys:build", survey.pk)
    said = {"title": texts.title, "purpose": texts.purpose}
    not_translated = still_said(found.report, said)[1] if texts.purpose else []
    context = {"file": found, "report": found.report, "texts": texts, "form": form}
    context |= {"not_translated": [str(OWN_WHAT[name]) for name in not_translated]}
    return render(request, "surveys/author/bring_report.html", context)


@require_safe
def bring_left_out(request: Request, file: int) -> HttpResponse:
    """Send everything that a file has and the survey has not, or has otherwise, as a table."""
    found = _own(request, file)
    _texts(request, found)
    if not found.left_out:
        raise Http404
    return csv_file(f"survey-file-{found.pk}.csv", found.left_out)


@require_POST
def bring_discard(request: Request, file: int) -> HttpResponse:
    """Forget an uploaded survey."""
    found = _own(request, file)
    bringing.forget_survey_file(file=found)
    messages.success(request, _("The file is deleted. Nothing was made of it."))
    return redirect("surveys:author-list")


def _own(request: Request, pk: int) -> SurveyFile:
    """Return this person's upload without what may be long in it, or answer 404."""
    own = SurveyFile.objects.visible_to(request.user)
    return get_object_or_404(own.defer("content", "left_out"), pk=pk)


def _texts(request: Request, file: SurveyFile) -> Texts:
    """Return what its author typed; 404 where the initiative is not theirs any more."""
    initiatives = authorable_initiatives(request.user)
    initiative = get_object_or_404(initiatives, pk=file.texts["initiative"])
    title = file.texts["title"] or file.report.get("title") or file.name
    purpose = file.texts["purpose"] or file.report.get("purpose", "")
    definition = file.report.get("definition", {})
    return Texts(title, purpose, initiative, definition.get("intro", ""))


@require_safe
def survey_form(request: Request, survey: int) -> HttpResponse:
    """Send the questions of a survey as an XLSForm."""
    found = survey_of(request, survey)
    definition = found.latest_version.definition
    content = write_xlsform(definition, found, name=f"survey_{found.pk}")
    return _sent(request, found, content, MEDIA_TYPE, "xlsx")


@require_safe
def survey_json(request: Request, survey: int) -> HttpResponse:
    """Send the questions of a survey in our own format."""
    found = survey_of(request, survey)
    definition = found.latest_version.definition
    text = write_own(definition, found)
    return _sent(request, found, text.encode(), "application/json", "json")


def _sent(
    request: Request, survey: Survey, content: bytes, media_type: str, ending: str
) -> HttpResponse:
    """Return a file as a download, and record that it left."""
    detail = _("Questions: %(survey)s") % {"survey": survey}
    record_event(kind=EventKind.EXPORTED, actor=request.user, detail=detail[:200])
    headers = {"Content-Disposition": f'attachment; filename="survey-{survey.pk}.{ending}"'}
    return HttpResponse(content, content_type=media_type, headers=headers)
