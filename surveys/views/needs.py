"""What people need: read by everybody in plain words, kept by the survey team."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from buyin.accounts.actions import record_event
from buyin.accounts.models import EventKind
from buyin.http import Request
from buyin.initiatives.models import Initiative
from buyin.initiatives.queries import decisions_resting_on, opened
from buyin.methods import takes_form
from surveys.actions import needs as actions
from surveys.actions.refusals import RefusedError
from surveys.charts import needs_figure
from surveys.forms.evidence import EvidenceForm
from surveys.forms.needs import MergeForm, NeedEditForm, NeedFilterForm, RemedyForm
from surveys.models import Evidence, Need
from surveys.queries.alike import alike
from surveys.queries.authoring import authorable_initiatives
from surveys.queries.evidence import read_for
from surveys.queries.needs import (
    for_everybody,
    keeps_needs,
    standing_for,
    told_to,
    worked_on_of,
    works_on_needs,
)
from surveys.rendering.evidence import Piece, pieces_of

from .chosen import chosen_initiative
from .saving import saved

PAGE = 25
CHARTED = 10
MERGED_MEANWHILE = _lazy(
    "Somebody else has put this need together with another one while you were typing. What you typed "
    "is still here. Save again to put it in place of the words of the other one."
)


@require_safe
def needs(request: Request) -> HttpResponse:
    """Show in plain words what people need and what happens about it."""
    chosen = chosen_initiative(request, Initiative.objects.visible_to)
    found = for_everybody(request.user)
    if chosen:
        found = found.filter(initiative=chosen)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    works = works_on_needs(request.user)
    context = {
        "chosen": chosen,
        "page": page,
        "told": told_to(page.object_list),
        "works": works,
        "worked_on": worked_on_of(request.user, page.object_list) if works else set(),
    }
    return render(request, "surveys/needs/everybody.html", context)


@require_safe
def needs_of_initiative(request: Request, pk: int) -> HttpResponse:
    """Show what people need of one initiative, as everybody reads it."""
    initiative = opened(request.user, pk)
    found = for_everybody(request.user).filter(initiative=initiative)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    works = works_on_needs(request.user)
    context = {
        "initiative": initiative,
        "may_change": initiative.may_be_changed_by(request.user),
        "page": page,
        "told": told_to(page.object_list),
        "works": works,
        "worked_on": worked_on_of(request.user, page.object_list) if works else set(),
    }
    return render(request, "surveys/needs/of_initiative.html", context)


@require_safe
def needs_kept(request: Request) -> HttpResponse:
    """List the needs that this person works on, the most pressing first."""
    if not works_on_needs(request.user):
        raise Http404
    form = NeedFilterForm(request.GET, initiatives=authorable_initiatives(request.user))
    mine = Need.objects.worked_on_by(request.user).ranked()
    found = form.filtered(mine, user=request.user)
    found = found.select_related("initiative", "owner").prefetch_related("departments", "remedies")
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    first = list(page.object_list)[:CHARTED]
    context = {
        "form": form,
        "page": page,
        "figure": needs_figure(first) if first else None,
        "keeps": keeps_needs(request.user),
    }
    return render(request, "surveys/needs/kept.html", context)


def kept_need(request: Request, pk: int) -> Need:
    """Return a need that this person works on, or answer 404."""
    found = Need.objects.kept_by(request.user).select_related("initiative", "owner")
    return get_object_or_404(found, pk=pk)


def worked_on(request: Request, pk: int) -> Need:
    """Return a need that this person keeps or takes care of, or answer 404."""
    found = Need.objects.worked_on_by(request.user).select_related("initiative", "owner")
    return get_object_or_404(found, pk=pk)


@contextmanager
def told(request: Request, done: str) -> Iterator[None]:
    """Say that something is done, or why it is not: somebody else was first."""
    try:
        yield
    except RefusedError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, done)


def back_to(need: Need) -> HttpResponse:
    """Lead to a need, or to the one that it was put together with meanwhile."""
    return redirect("surveys:need", standing_for(need.pk))


@never_cache
@require_safe
def need(request: Request, pk: int) -> HttpResponse:
    """Show a need with its evidence and what is done about it."""
    return need_page(request, worked_on(request, pk))


def need_page(request: Request, found: Need, **forms: Any) -> HttpResponse:
    """Show a need with what somebody typed and has to mend."""
    others = list(_others(request, found))
    read = read_for(request.user, found.evidence.select_related("department"))
    pieces = pieces_of(read)
    record_reading(request, pieces)
    context = {
        "need": found,
        "keeps": found.is_kept_by(request.user),
        "decisions": decisions_resting_on(request.user, reverse("surveys:need", args=[found.pk])),
        "pieces": pieces,
        "most": max((one.people or 0 for one in read), default=0),
        "alike": alike(found.statement, others),
        "remedies": found.remedies.all(),
        "departments": found.departments.all(),
        "evidence_form": EvidenceForm(prefix="evidence"),
        "remedy_form": RemedyForm(prefix="remedy"),
        "merge_form": MergeForm(others=others) if others else None,
    }
    return render(request, "surveys/needs/need.html", context | forms)


def _others(request: Request, found: Need) -> QuerySet[Need]:
    """Return the other needs of the same initiative."""
    others = Need.objects.kept_by(request.user).filter(initiative=found.initiative_id)
    return others.exclude(pk=found.pk).order_by("statement")


def record_reading(request: Request, pieces: Iterable[Piece]) -> None:
    """Write down that somebody read what people wrote in surveys, as the pages of results do."""
    for kind, where in {(one.evidence.kind, one.context) for one in pieces if one.is_quote}:
        if kind == Evidence.Kind.WRITTEN:
            detail = _("Texts read: %(wave)s, as evidence of a need") % {"wave": where}
            record_event(kind=EventKind.EXPORTED, actor=request.user, detail=detail)


@takes_form
def need_edit(request: Request, pk: int) -> HttpResponse:
    """Put a need in other words, or rate it otherwise; who was second is told and loses nothing."""
    stands = standing_for(pk) if request.method == "POST" else pk
    found = kept_need(request, stands)

    def shown() -> dict[str, Any]:
        return NeedEditForm.initial_of(found)

    def save(revision: int) -> None:
        wanted, named = form.need(found), form.chosen()
        actions.change_need(need=wanted, departments=named, revision=revision, by=request.user)

    initiatives = authorable_initiatives(request.user)
    form = NeedEditForm(request.POST or None, initiatives=initiatives, initial=shown())
    if form.is_valid() and stands != pk:
        form.again(found, MERGED_MEANWHILE, shown())
    elif form.is_valid() and saved(form, found, save, shown=shown):
        messages.success(request, _("Saved."))
        return redirect("surveys:need", found.pk)
    action = reverse("surveys:need-edit", args=[found.pk])
    context = {"form": form, "need": found, "action": action}
    return render(request, "surveys/needs/edit.html", context)


@require_POST
def need_merge(request: Request, pk: int) -> HttpResponse:
    """Put a need together with another one that means the same."""
    found = kept_need(request, pk)
    form = MergeForm(request.POST, others=list(_others(request, found)))
    if not form.is_valid():
        return need_page(request, found, merge_form=form)
    try:
        kept = actions.merge_needs(need=found, into=form.chosen(), by=request.user)
    except RefusedError as error:
        form.add_error("into", str(error))
        return need_page(request, found, merge_form=form)
    messages.success(request, _("Put together."))
    return redirect("surveys:need", kept.pk)
