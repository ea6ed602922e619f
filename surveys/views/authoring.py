"""Pages on which a survey is made: the list, the template, the texts, the audience, publishing."""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from buyin.http import Request
from buyin.methods import takes_form
from surveys import definitions
from surveys.actions import authoring, publishing
from surveys.actions.refusals import RefusedError
from surveys.building import EMPTY
from surveys.building.bank import with_source
from surveys.content import planned_letter
from surveys.forms.authoring import BlankSurveyForm, NewSurveyForm, TextsForm
from surveys.forms.editing import EditorForm
from surveys.forms.finding import SurveyFilterForm
from surveys.forms.planning import PlanForm
from surveys.instruments import all_instruments, instrument
from surveys.models import Survey, WavePlan
from surveys.queries.audience import people_under_departments
from surveys.queries.authoring import (
    authorable_initiatives,
    basis_of,
    may_author,
)
from surveys.queries.fatigue import Load, load_of
from surveys.queries.overview import may_ask_again, survey_lines, wave_lines, with_waves
from surveys.queries.panels import panels_to_choose
from surveys.queries.publication import check_publication, warnings_of_guests

from .followed import survey_of
from .saving import saved

PAGE = 25


@require_safe
def author_list(request: Request) -> HttpResponse:
    """List the surveys that this person may build and follow, the newest first."""
    if not may_author(request.user):
        raise Http404
    initiatives = authorable_initiatives(request.user)
    form = SurveyFilterForm(request.GET, initiatives=initiatives)
    surveys = form.filtered(Survey.objects.visible_to(request.user).in_waves())
    page = Paginator(with_waves(surveys), PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "lines": survey_lines(list(page.object_list)),
        "may_make": initiatives.exists(),
    }
    return render(request, "surveys/author/list.html", context)


@require_safe
def author_choose(request: Request) -> HttpResponse:
    """Offer the templates, each with what it asks."""
    if not authorable_initiatives(request.user).exists():
        raise Http404
    offers = [(one, definitions.read(one.definition)) for one in all_instruments()]
    return render(request, "surveys/author/choose.html", {"offers": offers})


@takes_form
def author_create(request: Request, template: str) -> HttpResponse:
    """Make a survey from a template."""
    initiatives = authorable_initiatives(request.user)
    chosen = instrument(template)
    if chosen is None or not initiatives.exists():
        raise Http404
    form = NewSurveyForm(
        request.POST or None, initiatives=initiatives, initial={"title": chosen.title}
    )
    if form.is_valid():
        survey = authoring.create_survey(
            owner=request.user,
            kind=chosen.kind,
            definition=with_source(chosen.definition, chosen.attribution),
            texts=form.texts(),
        )
        page = "surveys:series" if survey.is_in_sessions else "surveys:author-survey"
        return redirect(page, survey.pk)
    return render(request, "surveys/author/create.html", {"form": form, "chosen": chosen})


@takes_form
def author_blank(request: Request) -> HttpResponse:
    """Make a survey without questions, and lead to where they are written."""
    initiatives = authorable_initiatives(request.user)
    if not initiatives.exists():
        raise Http404
    form = BlankSurveyForm(request.POST or None, initiatives=initiatives)
    if form.is_valid():
        survey = authoring.create_survey(
            owner=request.user, kind=form.cleaned_data["kind"], definition=EMPTY, texts=form.texts()
        )
        return redirect("surveys:build", survey.pk)
    return render(request, "surveys/author/create.html", {"form": form, "chosen": None})


@require_safe
def author_survey(request: Request, survey: int) -> HttpResponse:
    """Show one survey: what is left to do, what it asks, and its waves."""
    found = get_object_or_404(with_waves(Survey.objects.visible_to(request.user)), pk=survey)
    version = found.latest_version
    plan = WavePlan.objects.filter(survey=found).first()
    waves = wave_lines(list(found.waves.all()))
    is_public = plan.is_public if plan else any(line.wave.is_public for line in waves)
    context = {
        "survey": found,
        "may_plan": not (plan or found.is_in_sessions) and may_ask_again(waves),
        "version": version,
        "definition": definitions.read(version.definition),
        "plan": plan,
        "ready": check_publication(found, plan) if plan else None,
        "basis": basis_of(found) if is_public else None,
        "waves": waves,
    }
    return render(request, "surveys/author/survey.html", context)


class Editing(NamedTuple):
    """How a form is saved, what it would show of what is saved now, and what speaks against that."""

    save: Callable[[int], None]
    shown: Callable[[], dict[str, Any]]
    warnings: Sequence[str] = ()


@takes_form
def author_texts(request: Request, survey: int) -> HttpResponse:
    """Change the title, the purpose, the initiative and the introduction."""
    found = survey_of(request, survey)

    def shown() -> dict[str, Any]:
        intro = found.latest_version.definition.get("intro", "")
        return TextsForm.initial_of(found, intro)

    initiatives = authorable_initiatives(request.user)
    form = TextsForm(request.POST or None, initiatives=initiatives, initial=shown())

    def save(revision: int) -> None:
        authoring.edit_texts(survey=found, revision=revision, texts=form.texts(), by=request.user)

    return _edit(request, found, form, Editing(save, shown), "surveys/author/texts.html")


@takes_form
def author_plan(request: Request, survey: int) -> HttpResponse:
    """Choose whom the next wave asks, when, and what can be known of who answered."""
    found = survey_of(request, survey)
    plan = get_object_or_404(WavePlan, survey=found)
    form = PlanForm(
        request.POST or None,
        request.FILES or None,
        people=people_under_departments(),
        panels=panels_to_choose(plan, request.user),
        initial=PlanForm.initial_of(plan, found.revision),
    )

    def save(revision: int) -> None:
        authoring.edit_plan(survey=found, revision=revision, plan=form.plan(), by=request.user)
        if said := form.repeated():
            messages.info(request, said)

    editing = Editing(save, lambda: _plan_now(plan, found), warnings_of_guests(plan))
    return _edit(request, found, form, editing, "surveys/author/plan.html")


def _plan_now(plan: WavePlan, survey: Survey) -> dict[str, Any]:
    """Return what the form would show of the plan as it is stored now."""
    stored = WavePlan.objects.filter(pk=plan.pk).first() or plan
    return PlanForm.initial_of(stored, survey.revision)


def _edit(
    request: Request, survey: Survey, form: EditorForm, editing: Editing, page: str
) -> HttpResponse:
    """Save a form that holds and lead back to its survey; else show it with all that was typed."""
    if form.is_valid() and saved(form, survey, editing.save, shown=editing.shown):
        return redirect("surveys:author-survey", survey.pk)
    context = {"form": form, "survey": survey, "warnings": editing.warnings}
    return render(request, page, context)


@takes_form
def author_publish(request: Request, survey: int) -> HttpResponse:
    """Show what will happen and what speaks against it; on POST, publish."""
    found = survey_of(request, survey)
    if request.method == "POST":
        try:
            wave = publishing.publish(survey=found, by=request.user)
            told = _("Published. It is on the page of everybody who is asked.")
            if wave.is_public:
                told = _("Published. Everybody who has the address can answer.")
            messages.success(request, told)
            return redirect("surveys:author-field", found.pk, wave.number)
        except RefusedError as error:
            messages.error(request, str(error))
            return redirect("surveys:author-survey", found.pk)
    plan = get_object_or_404(WavePlan, survey=found)
    minutes = definitions.read(found.latest_version.definition).minutes
    context = {
        "survey": found,
        "plan": plan,
        "letter": planned_letter(found, plan, minutes),
        "ready": check_publication(found, plan),
        "load": Load() if plan.is_public else load_of(plan),
        "minutes": minutes,
    }
    return render(request, "surveys/author/publish.html", context)


@require_POST
def author_again(request: Request, survey: int) -> HttpResponse:
    """Start preparing another wave."""
    found = survey_of(request, survey)
    try:
        authoring.plan_again(survey=found)
        return redirect("surveys:author-plan", found.pk)
    except RefusedError as error:
        messages.error(request, str(error))
        return redirect("surveys:author-survey", found.pk)
