"""The figures of the pages as files to take away."""

from collections.abc import Iterable

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from buyin.http import Request
from buyin.readiness import exports
from buyin.readiness.models import Snapshot
from buyin.readiness.standing import Standing

from .look import look_at


@require_safe
def dashboard_csv(request: Request) -> HttpResponse:
    """Give the figures of the dashboard as a file."""
    look = look_at(request)
    if look is None:
        raise Http404
    board = look.reading.board(look.scope)
    whole = [board.whole] if board.whole else []
    parts = [part for part in board.parts if not whole or part.code != whole[0].code]
    return _file([*whole, *parts], look.snapshot)


@require_safe
def department_csv(request: Request, code: str) -> HttpResponse:
    """Give the figures of one department as a file."""
    look = look_at(request, code)
    if look is None or look.scope is None:
        raise Http404
    return _file([look.reading.standing(look.scope)], look.snapshot)


def _file(standings: Iterable[Standing], snapshot: Snapshot) -> HttpResponse:
    answer = HttpResponse(exports.csv_of(standings), content_type="text/csv; charset=utf-8")
    name = _("readiness") + f"-{snapshot.period}.csv"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
