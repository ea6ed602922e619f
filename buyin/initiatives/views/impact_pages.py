"""The pages of an impact assessment that ask its questions: each is saved by itself."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache

from buyin.accounts.models import User
from buyin.http import Request
from buyin.initiatives.actions import impact as actions
from buyin.initiatives.assessment import LANGUAGES, Section, shown
from buyin.initiatives.forms.impact import SectionForm
from buyin.initiatives.models import ImpactAssessment
from buyin.initiatives.queries.impact import opened_assessment, section_after, section_of
from buyin.methods import takes_form

from .impact_language import chosen_in, keep_language, language_for


@never_cache
@takes_form
def impact_section(request: Request, pk: int, number: int, section: str) -> HttpResponse:
    """Ask the questions of one section; on POST, keep the answers and lead on."""
    assessment = opened_assessment(request.user, pk, number, to_change=True)
    found = section_of(assessment, section)
    if request.method != "POST" and assessment.finished_at:
        return redirect("initiatives:impact-version", pk, number)
    form = _form(request.POST or None, assessment, found, language_for(request))
    if form.is_valid() and _saved(request.user, assessment, form):
        return keep_language(request, _after(request, assessment, found, form))
    context = _context(assessment, found, language_for(request))
    return render(request, "initiatives/impact/section.html", {**context, "form": form})


def _form(typed: Any, assessment: ImpactAssessment, section: Section, language: str) -> SectionForm:
    asked = shown(assessment.questionnaire, assessment.answers)[section.name]
    names = [question.name for question in asked]
    initial = {
        **assessment.answers,
        "shown": ",".join(names),
        "was_seen": actions.seen(assessment.answers, names),
    }
    return SectionForm(typed, section=section, asked=asked, answers=initial, language=language)


def _saved(actor: User, assessment: ImpactAssessment, form: SectionForm) -> bool:
    try:
        saved = actions.save_answers(
            actor=actor,
            assessment=assessment,
            answers=form.answers(),
            was_seen=form.cleaned_data["was_seen"],
        )
    except ValidationError as problem:
        fresh = ImpactAssessment.objects.filter(pk=assessment.pk).first() or assessment
        form.show_again(actions.seen(fresh.answers, form.names), " ".join(problem.messages))
        return False
    assessment.answers = saved.answers
    return True


def _after(
    request: Request, assessment: ImpactAssessment, section: Section, form: SectionForm
) -> HttpResponse:
    """Lead to what comes after a page: questions that its answers opened, the next page, the end."""
    version = (assessment.initiative_id, assessment.number)
    here = reverse("initiatives:impact-section", args=[*version, section.name])
    if chosen_in(request):
        return redirect(here)
    asked = shown(assessment.questionnaire, assessment.answers).get(section.name, [])
    if more := [one.name for one in asked if one.name not in form.names]:
        told = ngettext(
            "Saved. Your answers open %(number)s more question on this page.",
            "Saved. Your answers open %(number)s more questions on this page.",
            len(more),
        )
        messages.info(request, told % {"number": len(more)})
        fresh: Any = _form(None, assessment, section, language_for(request))
        return redirect(f"{here}#{fresh[more[0]].anchor}")
    messages.success(request, _("Saved."))
    following = section_after(assessment, section.name)
    if request.POST.get("go") == "stop" or following is None:
        return redirect("initiatives:impact-version", *version)
    return redirect("initiatives:impact-section", *version, following.name)


def _context(assessment: ImpactAssessment, section: Section, language: str) -> dict[str, Any]:
    names = list(shown(assessment.questionnaire, assessment.answers))
    return {
        "initiative": assessment.initiative,
        "may_change": True,
        "assessment": assessment,
        "title": section.title[language],
        "intro": section.intro.get(language, ""),
        "place": names.index(section.name) + 1,
        "total": len(names),
        "language": language,
        "languages": LANGUAGES,
    }
