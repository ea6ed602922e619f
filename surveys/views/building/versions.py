"""The versions of a survey and what changed between two of them, and copying a survey."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from buyin.http import Request
from buyin.methods import takes_form
from surveys.actions.building import copy_survey
from surveys.building.differences import changes_between
from surveys.forms.authoring import NewSurveyForm
from surveys.queries.authoring import authorable_initiatives

from .drafts import draft_of

LONGEST_TITLE = 200


@require_safe
def version_list(request: Request, survey: int) -> HttpResponse:
    """List every version of a survey, the newest first, with the waves that asked it."""
    draft = draft_of(request, survey)
    versions = list(
        draft.survey.versions.defer("definition").prefetch_related("waves").order_by("-number")
    )
    numbers = [version.number for version in versions]
    lines = list(zip(versions, [*numbers[1:], None], strict=True))
    return render(request, "surveys/build/versions.html", {**draft.context, "lines": lines})


@require_safe
def version_changes(request: Request, survey: int, old: int, new: int) -> HttpResponse:
    """Say in words what is different in one version from another."""
    draft = draft_of(request, survey)
    before = get_object_or_404(draft.survey.versions, number=old)
    after = get_object_or_404(draft.survey.versions, number=new)
    context = {
        **draft.context,
        "before": before,
        "after": after,
        "changes": changes_between(before.definition, after.definition),
        "was_anonymity": before.get_anonymity_display(),
        "is_anonymity": after.get_anonymity_display(),
    }
    return render(request, "surveys/build/changes.html", context)


@takes_form
def survey_copy(request: Request, survey: int) -> HttpResponse:
    """Make a new survey of the same questions, with the same protection of who answers."""
    draft = draft_of(request, survey)
    found = draft.survey
    title = (_("%s (copy)") % found.title)[:LONGEST_TITLE]
    form = NewSurveyForm(
        request.POST if request.method == "POST" else None,
        initiatives=authorable_initiatives(request.user),
        initial={"title": title, "purpose": found.purpose, "initiative": found.initiative_id},
    )
    if form.is_valid():
        copied = copy_survey(survey=found, owner=request.user, texts=form.texts())
        messages.success(request, _("The copy is here, as a draft. Nobody sees it yet."))
        return redirect("surveys:author-survey", copied.pk)
    return render(request, "surveys/build/copy.html", {**draft.context, "form": form})
