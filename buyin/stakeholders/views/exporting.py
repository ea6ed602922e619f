"""Stakeholders as files: those that the list shows, and everything that is kept about one person."""

from collections.abc import Iterator
from typing import Any

from django.http import Http404, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from buyin.accounts.actions import record_event
from buyin.accounts.models import EventKind, Role
from buyin.accounts.permissions import holders_only
from buyin.http import Request
from buyin.spreadsheets import CSV, csv_stream
from buyin.stakeholders import exports
from buyin.stakeholders.forms import FindForm
from buyin.stakeholders.models import Stakeholder
from buyin.stakeholders.queries import (
    find,
    for_those_who_work_with_stakeholders,
    opened_person,
    shown,
)
from buyin.stakeholders.queries.dossier import dossier_of
from buyin.workbooks.writing import MEDIA_TYPE, SheetRows, workbook_stream

AT_ONCE = 500
TYPES = {"csv": CSV, "json": "application/json", "xlsx": MEDIA_TYPE}


@require_safe
def stakeholders_file(request: Request, form: str) -> HttpResponseBase:
    """Give the stakeholders whom the list shows as a file, and write down that they left."""
    for_those_who_work_with_stakeholders(request.user)
    if form not in TYPES:
        raise Http404
    asked = FindForm(request.GET or None, viewer=request.user)
    if request.GET and not asked.is_valid():
        return redirect(f"{reverse('stakeholders:list')}?{request.GET.urlencode()}")
    search = asked.search
    found = find(viewer=request.user, search=search)
    rows = shown(found, viewer=request.user, initiative=search.initiative)
    detail = _("Stakeholders: %(n)d") % {"n": found.count()}
    record_event(kind=EventKind.EXPORTED, actor=request.user, detail=detail)
    return _download(_("stakeholders"), form, _written(form, rows.iterator(chunk_size=AT_ONCE)))


def _written(form: str, rows: Iterator[Stakeholder]) -> Iterator[Any]:
    if form == "json":
        return exports.json_stream(exports.stakeholder_entries(rows))
    heads = list(exports.stakeholder_columns().values())
    table = exports.stakeholder_rows(rows)
    if form == "csv":
        return csv_stream(heads, table)
    return workbook_stream([SheetRows(_("Stakeholders"), _headed(heads, table))])


def _headed(heads: list[Any], rows: Iterator[list[Any]]) -> Iterator[list[Any]]:
    yield heads
    yield from rows


def _download(name: str, form: str, parts: Iterator[Any]) -> StreamingHttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}.{form}"'}
    return StreamingHttpResponse(parts, content_type=TYPES[form], headers=headers)


@require_safe
@holders_only(Role.LEAD, Role.ADMINISTRATOR)
def dossier(request: Request, pk: int) -> HttpResponse:
    """Show everything that is kept about one person, for who asks what it is."""
    found = opened_person(request.user, pk)
    context = {"stakeholder": found, "sections": dossier_of(found)}
    return render(request, "stakeholders/dossier.html", context)


@require_safe
def dossier_file(request: Request, pk: int, form: str) -> HttpResponseBase:
    """Give everything that is kept about one person as a file, and write down that it left."""
    found = opened_person(request.user, pk)
    if form not in {"csv", "json"} or not request.user.leads_agency:
        raise Http404
    detail = _("Everything about stakeholder %(number)d") % {"number": found.pk}
    record_event(kind=EventKind.EXPORTED, actor=request.user, detail=detail)
    return _download(
        f"{_('stakeholder')}-{pk}", form, exports.dossier_parts(dossier_of(found), form)
    )
