"""Evidence: a need made of it, added to a need that is there, typed by hand, taken away."""

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from buyin.accounts.models import User
from buyin.http import Request
from buyin.methods import takes_form
from surveys.actions import needs as actions
from surveys.forms.evidence import AddToForm, EvidenceForm, SourceForm
from surveys.forms.needs import NeedForm
from surveys.models import Evidence, Frequency, Need
from surveys.queries.alike import SAME, alike
from surveys.queries.authoring import authorable_initiatives
from surveys.queries.evidence import Rests, counted_in, find_source, initiative_of, read_for
from surveys.queries.needs import keeps_needs, needs_on
from surveys.rendering.evidence import Piece, first_words, people_words, piece_of

from .needs import back_to, kept_need, need_page, record_reading, told


@dataclass(frozen=True)
class Made:
    """What a need is to be made of, as its page shows it."""

    evidence: Evidence | None = None
    rests: Rests | None = None
    piece: Piece | None = None
    query: str = ""
    there: list[Need] = field(default_factory=list)
    others: list[Need] = field(default_factory=list)

    @property
    def pieces(self) -> list[Piece]:
        """Return the source in words, as the list of one that templates draw."""
        return [self.piece] if self.piece else []

    @property
    def alike(self) -> list[Need]:
        """Return the needs that read like the source."""
        if self.piece is None:
            return []
        return alike(f"{self.piece.words} {self.piece.context}", self.others)


def source_of(request: Request) -> Evidence | None:
    """Return what the address points to, or answer 404 where it is not this person's."""
    form = SourceForm(request.GET)
    if not form.is_valid():
        raise Http404
    source = form.source()
    if not source:
        return None
    found = find_source(request.user, source)
    if found is None:
        raise Http404
    return found


def _made(request: Request) -> Made:
    """Return what a need is to be made of, and the needs that it could belong to."""
    evidence = source_of(request)
    if evidence is None:
        return Made()
    (rests,) = read_for(request.user, [evidence])
    there = list(needs_on(request.user, evidence))
    kept = Need.objects.kept_by(request.user).filter(initiative=initiative_of(evidence))
    others = [one for one in kept.order_by("statement") if one not in there]
    query = request.GET.urlencode()
    return Made(evidence, rests, piece_of(rests), query, there, others)


@never_cache
@takes_form
def need_new(request: Request) -> HttpResponse:
    """Write a need, by hand or made of a source; one that reads alike is shown first, once."""
    if not keeps_needs(request.user):
        raise Http404
    made = _made(request)
    initiatives = authorable_initiatives(request.user)
    form = NeedForm(
        request.POST or None, initiatives=initiatives, initial=_initial(made, request.user)
    )
    if form.is_valid():
        same = [] if form.cleaned_data["is_another"] else _same(request, form)
        if not same:
            need = actions.make_need(
                need=form.need(Need()),
                departments=form.chosen(),
                made_by_form=form.cleaned_data["made_by_form"],
                evidence=made.evidence,
            )
            messages.success(request, _("Written down."))
            return redirect("surveys:need", need.pk)
        form = NeedForm(_bound(request, is_another="on"), initiatives=initiatives)
        return _new_page(request, made, form=form, same=same)
    return _new_page(request, made, form=form, same=[])


def _same(request: Request, form: NeedForm) -> list[Need]:
    """Return the needs that read like what was typed; the same form sent again has none."""
    typed = form.cleaned_data
    if Need.objects.filter(made_by_form=typed["made_by_form"]).exists():
        return []
    kept = Need.objects.kept_by(request.user).filter(initiative=typed["initiative"])
    return alike(typed["statement"], list(kept.order_by("statement")), at_least=SAME)


def _bound(request: Request, **more: str) -> QueryDict:
    """Return what was typed, with something added to it."""
    typed = request.POST.copy()
    for name, value in more.items():
        typed[name] = value
    return typed


def _initial(made: Made, user: User) -> dict[str, Any]:
    """Return what the form says before anybody types."""
    initial: dict[str, Any] = {"made_by_form": uuid4(), "owner": user.email}
    if made.evidence is None or made.rests is None:
        return initial
    initial |= {
        "statement": first_words(made.rests),
        "initiative": initiative_of(made.evidence),
    }
    if made.evidence.department_id:
        initial["departments"] = [str(made.evidence.department_id)]
    if made.rests.told:
        initial["frequency"] = Frequency.of_share(made.rests.told.percent)
    return initial


def _new_page(request: Request, made: Made, **context: Any) -> HttpResponse:
    record_reading(request, [made.piece] if made.piece else [])
    shared = {
        "need": None,
        "made": made,
        "add_form": AddToForm(needs=made.others) if made.evidence and made.others else None,
        "places": _places(request, made),
    }
    return render(request, "surveys/needs/edit.html", shared | context)


def _places(request: Request, made: Made) -> list[tuple[str, str, str]]:
    """Return where else an answer was counted: (department, how many, address)."""
    if made.rests is None or made.rests.told is None:
        return []
    query = request.GET.dict()
    found = []
    for department, rests in counted_in(made.rests):
        there = {**query, "department": department.pk} if department else query
        if department is None:
            there.pop("department", None)
        name = department.name if department else _("All together")
        url = f"{reverse('surveys:need-new')}?{urlencode(there)}"
        found.append((name, people_words(rests), url))
    return found


@require_POST
def need_add(request: Request) -> HttpResponse:
    """Add a source to the need that was chosen from the list."""
    made = _made(request)
    if made.evidence is None or not keeps_needs(request.user):
        raise Http404
    form = AddToForm(request.POST, needs=made.others)
    if not form.is_valid():
        initiatives = authorable_initiatives(request.user)
        empty = NeedForm(initiatives=initiatives, initial=_initial(made, request.user))
        return _new_page(request, made, form=empty, same=[], add_form=form)
    return _added(request, kept_need(request, form.chosen()), made.evidence)


@require_POST
def need_source(request: Request, pk: int) -> HttpResponse:
    """Add a source to a need that is there already."""
    found = kept_need(request, pk)
    evidence = source_of(request)
    if evidence is None:
        raise Http404
    return _added(request, found, evidence)


def _added(request: Request, need: Need, evidence: Evidence) -> HttpResponse:
    evidence.need = need
    with told(request, _("Added. The need rests on one more piece of evidence.")):
        actions.add_evidence(evidence=evidence)
    return back_to(need)


@require_POST
def need_evidence(request: Request, pk: int) -> HttpResponse:
    """Add what else a need rests on."""
    found = kept_need(request, pk)
    form = EvidenceForm(request.POST, prefix="evidence")
    if not form.is_valid():
        return need_page(request, found, evidence_form=form)
    with told(request, _("Added.")):
        actions.add_evidence(evidence=form.evidence(found))
    return back_to(found)


@require_POST
def evidence_remove(request: Request, pk: int, piece: int) -> HttpResponse:
    """Take away what a need does not rest on after all."""
    found = kept_need(request, pk)
    chosen = get_object_or_404(found.evidence, pk=piece)
    chosen.need = found
    with told(request, _("Taken away.")):
        actions.remove_evidence(evidence=chosen)
    return back_to(found)
