"""Who is missing in an initiative, who sponsors it, and the same over all of them."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from buyin.accounts.actions import record_event
from buyin.accounts.models import Department, EventKind, in_tree_order
from buyin.http import Request
from buyin.spreadsheets import csv_file_stream
from buyin.stakeholders import exports
from buyin.stakeholders.forms.representing import MissingForm
from buyin.stakeholders.models import Stakeholder
from buyin.stakeholders.queries import for_those_who_work_with_stakeholders
from buyin.stakeholders.queries.by_stage import lines_by_stage, periods_of
from buyin.stakeholders.queries.involvement import Member, Party
from buyin.stakeholders.queries.missing_page import may_open, page_of_all, page_of_missing
from buyin.stakeholders.queries.representation import Represented, Warned, represented
from buyin.stakeholders.representation import RULES

from .looks import Look, look_at

CHUNK = 200


def _look(request: Request, kind: str, pk: int) -> tuple[Look, Represented]:
    look = look_at(request, kind, pk)
    if look is None:
        raise Http404
    (found,) = represented(request.user, [look.initiative])
    return look, found


@require_safe
def people_represented(request: Request, pk: int) -> HttpResponse:
    """Show who is involved at each stage of an initiative, and who is missing."""
    look, found = _look(request, "represented", pk)
    periods = periods_of(look.initiative)
    context = look.context(
        found=found,
        periods=periods,
        lines=lines_by_stage(found.party, periods),
        departments=_departments(found),
        rules=RULES,
    )
    return render(request, "stakeholders/represented.html", context)


@require_safe
def people_sponsors(request: Request, pk: int) -> HttpResponse:
    """Show who sponsors an initiative, department by department, and where nobody does."""
    look, found = _look(request, "sponsors", pk)
    sponsors = [one.stakeholder for one in found.party.sponsors]
    rows = Stakeholder.objects.known_to(request.user).filter(pk__in=sponsors).order_by()
    known = set(rows.values_list("pk", flat=True))
    context = look.context(
        found=found,
        departments=_departments(found, known),
        elsewhere=_told(_elsewhere(found.party), known),
    )
    return render(request, "stakeholders/sponsors.html", context)


@dataclass(frozen=True)
class Sponsors:
    """Those whom the viewer knows by name, and how many others there are."""

    named: list[Member]
    others: int

    @property
    def number(self) -> int:
        """How many they are together."""
        return len(self.named) + self.others


def _told(sponsors: Sequence[Member], known: Collection[int]) -> Sponsors:
    named = [one for one in sponsors if one.stakeholder in known]
    return Sponsors(named, len(sponsors) - len(named))


@dataclass(frozen=True)
class Row:
    """A department that takes part: who is involved, and who sponsors, with what is missing."""

    depth: int
    department: Department
    involved: int
    speakers: int
    sponsors: Sponsors
    gap: Warned | None
    unsponsored: Warned | None


def _departments(found: Represented, known: Collection[int] = ()) -> list[Row]:
    party = found.party
    gaps = {one.department: one for one in found.now if one.department}
    none = {one.department: one for one in found.sponsors if one.department}
    rows = []
    for depth, department in in_tree_order(party.departments):
        members = [one for one in party.members_in(department.pk) if one.is_involved]
        speakers = sum(one.category == "representative" for one in members)
        sponsors = _told(party.sponsors_in(department.pk), known)
        gap, unsponsored = gaps.get(department), none.get(department)
        rows.append(Row(depth, department, len(members), speakers, sponsors, gap, unsponsored))
    return rows


def _elsewhere(party: Party) -> list[Member]:
    """Return the sponsors who belong to no department that takes part."""
    inside = {one.stakeholder for place in party.departments for one in party.sponsors_in(place.pk)}
    return [one for one in party.sponsors if one.stakeholder not in inside]


@require_safe
def representation(request: Request) -> HttpResponse:
    """List the initiatives that this person may open with who is missing in each."""
    form = _asked(request)
    page_of = page_of_missing if form.wants_missing else page_of_all
    found = page_of(request.user, form.wanted_stage, request.GET.get("page"))
    context = {"form": form, "page": found.page, "rows": found.rows, "looked_at": found.looked_at}
    return render(request, "stakeholders/representation.html", context)


@require_safe
def representation_csv(request: Request) -> StreamingHttpResponse:
    """Give what is missing in the initiatives as a file, and write down that it left."""
    form = _asked(request)
    record_event(kind=EventKind.EXPORTED, actor=request.user, detail=_("Who is missing"))

    def rows() -> Iterator[Represented]:
        initiatives = list(may_open(request.user, form.wanted_stage))
        for start in range(0, len(initiatives), CHUNK):
            for one in represented(request.user, initiatives[start : start + CHUNK]):
                if one.warnings or not form.wants_missing:
                    yield one

    table = exports.missing_columns(), exports.missing_rows(rows())
    return csv_file_stream(f"{_('who-is-missing')}.csv", *table)


def _asked(request: Request) -> MissingForm:
    """Return the form that narrows it, for those who work with stakeholders."""
    for_those_who_work_with_stakeholders(request.user)
    return MissingForm(request.GET or None)
