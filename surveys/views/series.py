"""Series of interviews and usability tests: the list, one series, a new session."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from buyin.http import Request
from buyin.methods import takes_form
from surveys.actions.sessions import start_session
from surveys.charts import sus_figure, tasks_figure, themes_figure
from surveys.forms.sessions import NewSessionForm
from surveys.models import Kind, Survey
from surveys.queries.authoring import authorable_initiatives, may_author
from surveys.queries.findings import findings_of
from surveys.queries.sessions import (
    last_consent_text,
    saturation_of,
    series_for,
    sessions_of,
    tasks_of,
    untagged_of,
)

from .chosen import chosen_initiative

PAGE = 25


def series_of(request: Request, survey: int) -> Survey:
    """Return a series that this person follows, or answer 404."""
    found = Survey.objects.visible_to(request.user).in_sessions().select_related("initiative")
    return get_object_or_404(found, pk=survey)


@require_safe
def series_list(request: Request) -> HttpResponse:
    """List the series of interviews and tests that this person follows."""
    if not may_author(request.user):
        raise Http404
    chosen = chosen_initiative(request, authorable_initiatives)
    found = series_for(request.user)
    if chosen:
        found = found.filter(initiative=chosen)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "may_make": authorable_initiatives(request.user).exists(),
        "chosen": chosen,
    }
    return render(request, "surveys/sessions/list.html", context)


@require_safe
def series(request: Request, survey: int) -> HttpResponse:
    """Show the sessions of a series, what participants agreed to, and whether more would help."""
    found = series_of(request, survey)
    is_test = found.kind == Kind.USABILITY
    context = {
        "survey": found,
        "sessions": sessions_of(found),
        "saturation": saturation_of(found),
        "is_test": is_test,
        "tasks": tasks_of(found) if is_test else [],
    }
    return render(request, "surveys/sessions/series.html", context)


@require_safe
def series_summary(request: Request, survey: int) -> HttpResponse:
    """Show what a series has brought: themes, quotations, tasks, the SUS."""
    found = series_of(request, survey)
    findings = findings_of(found)
    figures = [themes_figure(findings)] if findings.themes else []
    if findings.tasks:
        figures.insert(0, tasks_figure(findings))
    if findings.sus:
        figures.append(sus_figure(findings.sus))
    context = {
        "survey": found,
        "findings": findings,
        "figures": figures,
        "untagged": untagged_of(found).count(),
    }
    return render(request, "surveys/sessions/summary.html", context)


@takes_form
def session_new(request: Request, survey: int) -> HttpResponse:
    """Begin a session: what the participant agrees to comes first."""
    found = series_of(request, survey)
    if found.kind == Kind.USABILITY and not found.tasks.exists():
        messages.info(request, _("Write the tasks first."))
        return redirect("surveys:series-tasks", found.pk)
    initial = NewSessionForm.initial_with(last_consent_text(found))
    form = NewSessionForm(request.POST or None, initial=initial)
    if form.is_valid():
        session = start_session(
            survey=found,
            leader=request.user,
            made_by_form=form.cleaned_data["made_by_form"],
            participant=form.participant(),
            agreed=form.agreed(),
            held_on=form.cleaned_data["held_on"],
        )
        return redirect("surveys:session-sheet", found.pk, session.number)
    return render(request, "surveys/sessions/new.html", {"form": form, "survey": found})
