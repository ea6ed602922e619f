"""What people need: read by everybody in plain words, kept by the survey team."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from buyin.http import Request
from surveys.actions import needs as actions
from surveys.actions.refusals import RefusedError
from surveys.charts import needs_figure
from surveys.forms.needs import EvidenceForm, MergeForm, NeedFilterForm, NeedForm, RemedyForm
from surveys.models import Evidence, Need, Survey, Theme, UsabilityTask
from surveys.queries.authoring import authorable_initiatives
from surveys.queries.needs import for_everybody, keeps_needs, people_behind, told_to

PAGE = 25
CHARTED = 10


@require_safe
def needs(request: Request) -> HttpResponse:
    """Show in plain words what people need and what happens about it."""
    page = Paginator(for_everybody(request.user), PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "told": told_to(page.object_list),
        "keeps": keeps_needs(request.user),
    }
    return render(request, "surveys/needs/everybody.html", context)


@require_safe
def needs_kept(request: Request) -> HttpResponse:
    """List the needs that this person works on, the most pressing first."""
    if not keeps_needs(request.user):
        raise Http404
    form = NeedFilterForm(request.GET, initiatives=authorable_initiatives(request.user))
    found = form.filtered(Need.objects.kept_by(request.user).ranked())
    found = found.select_related("initiative", "owner").prefetch_related("departments", "remedies")
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    first = list(page.object_list)[:CHARTED]
    context = {"form": form, "page": page, "figure": needs_figure(first) if first else None}
    return render(request, "surveys/needs/kept.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def need_new(request: Request) -> HttpResponse:
    """Write a need, by hand or from a theme or a task."""
    if not keeps_needs(request.user):
        raise Http404
    source = _source(request)
    survey = source.survey if source else None
    initial = {
        "made_by_form": uuid4(),
        "statement": source.name if source else "",
        "initiative": survey.initiative_id if survey else None,
    }
    initiatives = authorable_initiatives(request.user)
    form = NeedForm(request.POST or None, initiatives=initiatives, initial=initial)
    if form.is_valid():
        made = actions.make_need(
            need=form.need(Need(owner=request.user)),
            departments=form.chosen(),
            made_by_form=form.cleaned_data["made_by_form"],
            evidence=_evidence(source),
        )
        return redirect("surveys:need", made.pk)
    return render(
        request, "surveys/needs/edit.html", {"form": form, "need": None, "source": source}
    )


def _source(request: Request) -> Theme | UsabilityTask | None:
    """Return the theme or task that a need is made of, or answer 404 where it is not theirs."""
    series = Survey.objects.visible_to(request.user).in_sessions()
    kinds: dict[str, Any] = {"theme": Theme, "task": UsabilityTask}
    for name, model in kinds.items():
        if pk := request.GET.get(name):
            if not (pk.isascii() and pk.isdigit() and len(pk) < PAGE // 2):
                raise Http404
            found: Theme | UsabilityTask = get_object_or_404(model, pk=pk, survey__in=series)
            return found
    return None


def _evidence(source: Theme | UsabilityTask | None) -> Evidence | None:
    if isinstance(source, Theme):
        text = _("Interviews: “%s”") % source.name
        return Evidence(theme=source, text=text, people=people_behind(theme=source))
    if source is not None:
        text = _("Usability test: “%s”") % source.name
        return Evidence(task=source, text=text, people=people_behind(task=source))
    return None


def _kept(request: Request, pk: int) -> Need:
    found = Need.objects.kept_by(request.user).select_related("initiative", "owner")
    return get_object_or_404(found, pk=pk)


@contextmanager
def _told(request: Request, done: str) -> Iterator[None]:
    """Say that something is done, or why it is not: somebody else was first."""
    try:
        yield
    except RefusedError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, done)


def _back(need: Need) -> HttpResponse:
    """Lead to a need, or to the one that it was put together with meanwhile."""
    stands = Need.objects.values_list("merged_into", flat=True).get(pk=need.pk)
    return redirect("surveys:need", stands or need.pk)


@require_safe
def need(request: Request, pk: int) -> HttpResponse:
    """Show a need with its evidence and what is done about it."""
    return _page(request, _kept(request, pk))


def _page(request: Request, found: Need, **forms: Any) -> HttpResponse:
    others = Need.objects.kept_by(request.user).filter(initiative=found.initiative_id)
    others = others.exclude(pk=found.pk).order_by("statement")
    context = {
        "need": found,
        "evidence": found.evidence.select_related("department"),
        "remedies": found.remedies.all(),
        "departments": found.departments.all(),
        "evidence_form": EvidenceForm(prefix="evidence"),
        "remedy_form": RemedyForm(prefix="remedy"),
        "merge_form": MergeForm(others=list(others)) if others else None,
    }
    return render(request, "surveys/needs/need.html", context | forms)


@require_http_methods(["GET", "HEAD", "POST"])
def need_edit(request: Request, pk: int) -> HttpResponse:
    """Put a need in other words, or rate it otherwise."""
    found = _kept(request, pk)
    initial = {
        "made_by_form": found.made_by_form,
        "departments": [str(one.pk) for one in found.departments.all()],
        **{n: getattr(found, n) for n in ("statement", "initiative", "frequency", "severity")},
    }
    initiatives = authorable_initiatives(request.user)
    form = NeedForm(request.POST or None, initiatives=initiatives, initial=initial)
    if form.is_valid():
        with _told(request, _("Saved.")):
            actions.change_need(need=form.need(found), departments=form.chosen())
        return _back(found)
    return render(request, "surveys/needs/edit.html", {"form": form, "need": found, "source": None})


@require_POST
def need_evidence(request: Request, pk: int) -> HttpResponse:
    """Add what else a need rests on."""
    found = _kept(request, pk)
    form = EvidenceForm(request.POST, prefix="evidence")
    if not form.is_valid():
        return _page(request, found, evidence_form=form)
    with _told(request, _("Added.")):
        actions.add_evidence(evidence=form.evidence(found))
    return _back(found)


@require_POST
def need_remedy(request: Request, pk: int) -> HttpResponse:
    """Say what is done about a need."""
    found = _kept(request, pk)
    form = RemedyForm(request.POST, prefix="remedy")
    if not form.is_valid():
        return _page(request, found, remedy_form=form)
    with _told(request, _("Added. Everybody reads it under “What people need”.")):
        actions.add_remedy(remedy=form.remedy(found))
    return _back(found)


@require_POST
def need_done(request: Request, pk: int, remedy: int) -> HttpResponse:
    """Note that something has been done."""
    found = _kept(request, pk)
    chosen = get_object_or_404(found.remedies, pk=remedy)
    with _told(request, _("Done.")):
        actions.finish_remedy(remedy=chosen)
    return _back(found)


@require_POST
def need_merge(request: Request, pk: int) -> HttpResponse:
    """Put a need together with another one that means the same."""
    found = _kept(request, pk)
    others = Need.objects.kept_by(request.user).filter(initiative=found.initiative_id)
    form = MergeForm(request.POST, others=list(others.exclude(pk=pk).order_by("statement")))
    if not form.is_valid():
        return _page(request, found, merge_form=form)
    try:
        kept = actions.merge_needs(need=found, into=form.chosen())
    except RefusedError as error:
        form.add_error("into", str(error))
        return _page(request, found, merge_form=form)
    messages.success(request, _("Put together."))
    return redirect("surveys:need", kept.pk)
