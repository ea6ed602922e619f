"""The figures of the pages as files to take away."""

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from buyin.accounts.actions import record_event
from buyin.accounts.models import EventKind
from buyin.http import Request
from buyin.readiness import exports, queries
from buyin.spreadsheets import csv_file

from .look import Look, look_at


@require_safe
def dashboard_csv(request: Request) -> HttpResponse:
    """Give the figures of the dashboard as a file."""
    look = look_at(request)
    if look is None:
        raise Http404
    board = look.reading.board(look.scope)
    whole = [board.whole] if board.whole else []
    parts = [part for part in board.parts if not whole or part.code != whole[0].code]
    return _file(request, look, exports.csv_of([*whole, *parts]))


@require_safe
def department_csv(request: Request, code: str) -> HttpResponse:
    """Give the figures of one department as a file."""
    look = look_at(request, code)
    if look is None or look.scope is None:
        raise Http404
    return _file(request, look, exports.csv_of([look.reading.standing(look.scope)]))


@require_safe
def trend_csv(request: Request, code: str) -> HttpResponse:
    """Give the score of one department in each wave as a file."""
    look = look_at(request, code)
    if look is None or look.scope is None:
        raise Http404
    lens = look.reading.lens
    waves = queries.trend(look.so_far, look.scope, user=request.user, lens=lens)
    return _file(request, look, exports.trend_csv_of(waves, lens=lens))


def _file(request: Request, look: Look, text: str) -> HttpResponse:
    """Answer with the file, and write down that its figures have left the portal."""
    week = look.snapshot.period
    words = {"initiative": look.snapshot.initiative, "week": week}
    detail = _("Readiness: %(initiative)s, %(week)s") % words
    record_event(kind=EventKind.EXPORTED, actor=request.user, detail=detail)
    return csv_file(_("readiness") + f"-{week}.csv", text)
