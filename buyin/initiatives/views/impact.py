"""The impact assessment of an initiative: where it stands, its versions, and their results."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from buyin.http import Request
from buyin.initiatives.actions import impact as actions
from buyin.initiatives.assessment import (
    LANGUAGES,
    counted,
    progress,
    questionnaire,
    written,
)
from buyin.initiatives.assessment.levels import DIRECTIVE
from buyin.initiatives.forms.impact import AnswersFileForm
from buyin.initiatives.models import ImpactAssessment
from buyin.initiatives.queries import opened
from buyin.initiatives.queries.impact import answers_in, lacking_section, opened_assessment
from buyin.methods import takes_form

from .impact_language import keep_language, language_for

NAMED = 10  # answers of a file that are named where they do not fit


@require_safe
def impact(request: Request, pk: int) -> HttpResponse:
    """Say where the assessment of an initiative stands, and lead to its versions."""
    initiative = opened(request.user, pk)
    found = list(initiative.impact_assessments.defer("answers").select_related("finished_by"))
    finished = [one for one in found if one.finished_at]
    may_change = initiative.may_be_changed_by(request.user)
    context = {
        "initiative": initiative,
        "may_change": may_change,
        "begun": next((one for one in found if not one.finished_at), None) if may_change else None,
        "latest": finished[0] if finished else None,
        "earlier": finished[1:],
        "questions": questionnaire(),
    }
    return render(request, "initiatives/impact/assessment.html", context)


@require_POST
def impact_begin(request: Request, pk: int) -> HttpResponse:
    """Begin an assessment, or go on with the one that is being filled in."""
    initiative = opened(request.user, pk, to_change=True)
    begun = actions.begin_assessment(actor=request.user, initiative=initiative)
    return redirect("initiatives:impact-version", pk, begun.number)


@takes_form
def impact_import(request: Request, pk: int) -> HttpResponse:
    """Begin an assessment with the answers of a file."""
    initiative = opened(request.user, pk, to_change=True)
    form = AnswersFileForm(request.POST or None, request.FILES or None, questions=questionnaire())
    if form.is_valid():
        try:
            made = actions.bring_assessment(
                actor=request.user, initiative=initiative, answers=form.answers
            )
        except ValidationError as problem:
            form.add_error(None, problem)
        else:
            _tell_brought(request, len(form.answers), form.left_out)
            return redirect("initiatives:impact-version", pk, made.number)
    context = {"initiative": initiative, "form": form}
    return render(request, "initiatives/impact/import.html", context)


def _tell_brought(request: Request, number: int, left_out: list[str]) -> None:
    told = ngettext(
        "%(number)s answer was taken over.", "%(number)s answers were taken over.", number
    )
    messages.success(request, told % {"number": number})
    if left_out:
        names = ", ".join(left_out[:NAMED]) + ("…" if len(left_out) > NAMED else "")
        told = ngettext(
            "%(number)s answer belongs to no question here, or is none of its choices: %(names)s",
            "%(number)s answers belong to no question here, or are none of its choices: %(names)s",
            len(left_out),
        )
        messages.warning(request, told % {"number": len(left_out), "names": names})


@never_cache
@require_safe
def impact_version(request: Request, pk: int, number: int) -> HttpResponse:
    """Show the result of a finished assessment, or how far one is that is being filled in."""
    assessment = opened_assessment(request.user, pk, number)
    language = language_for(request)
    context = _told(assessment, language)
    context["may_change"] = assessment.initiative.may_be_changed_by(request.user)
    if assessment.finished_at:
        page = "initiatives/impact/result.html"
        context["answers"] = answers_in(assessment, language)
    else:
        page = "initiatives/impact/begun.html"
        steps = progress(assessment.questionnaire, assessment.answers)
        context["steps"] = [(one, one.section.title[language]) for one in steps]
    return keep_language(request, render(request, page, context))


def _told(assessment: ImpactAssessment, language: str) -> dict[str, Any]:
    score = assessment.score
    return {
        "initiative": assessment.initiative,
        "in_tab": "initiatives:impact",
        "assessment": assessment,
        "score": score,
        "sections": [(one, one.section.title[language]) for one in score.sections],
        "language": language,
        "languages": LANGUAGES,
        "directive": DIRECTIVE,
    }


@require_POST
def impact_finish(request: Request, pk: int, number: int) -> HttpResponse:
    """Keep the result; from then on this version never changes."""
    assessment = opened_assessment(request.user, pk, number, to_change=True)
    try:
        actions.finish_assessment(actor=request.user, assessment=assessment)
    except ValidationError as problem:
        messages.error(request, " ".join(problem.messages))
        if not assessment.finished_at and (section := lacking_section(assessment)):
            return redirect("initiatives:impact-section", pk, number, section.name)
    else:
        messages.success(
            request, _("Finished. You can take the result over into the AI system record.")
        )
    return redirect("initiatives:impact-version", pk, number)


@takes_form
def impact_give_up(request: Request, pk: int, number: int) -> HttpResponse:
    """Ask once more, then delete an assessment that is not finished."""
    assessment = opened_assessment(request.user, pk, number, to_change=True)
    if request.method != "POST":
        context = {"initiative": assessment.initiative, "assessment": assessment}
        return render(request, "initiatives/impact/give_up.html", context)
    try:
        actions.give_up_assessment(actor=request.user, assessment=assessment)
    except ValidationError as problem:
        messages.error(request, " ".join(problem.messages))
    else:
        messages.success(request, _("The assessment is gone. Finished versions are as they were."))
    return redirect("initiatives:impact", pk)


@require_safe
def impact_file(request: Request, pk: int, number: int) -> HttpResponse:
    """Send the answers as the file that the published tool opens."""
    assessment = opened_assessment(request.user, pk, number)
    answers = counted(assessment.questionnaire, assessment.answers)
    name = f"impact-assessment-{pk}-{number}.json"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    content = written(answers, assessment.questions)
    return HttpResponse(content, content_type="application/json", headers=headers)
