"""Pages of readiness: the agency, one department, and the method."""

from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from buyin.accounts.models import Role, User
from buyin.http import Request
from buyin.readiness import advice, charts, queries, wording
from buyin.readiness.index import DIMENSIONS
from buyin.readiness.standing import Board

from .look import Look, look_at


@require_safe
def dashboard(request: Request) -> HttpResponse:
    """Show where departments stand and why, how sure that is, and what would help most."""
    look = look_at(request)
    if look is None:
        return render(request, "readiness/empty.html")
    board = look.reading.board(look.scope)
    csv_url = reverse("readiness:dashboard-csv") + look.query
    csv_url += f"&department={look.scope.code}" if look.scope else ""
    context = _board_context(look, board) | {
        "form": look.form(),
        "figure": charts.departments_figure(board, csv_url=csv_url) if board.scored else None,
        "csv_url": csv_url,
        "title": wording.title_of(board),
        "sentence": wording.sentence_of(board),
    }
    return render(request, "readiness/dashboard.html", context)


@require_safe
def department(request: Request, code: str) -> HttpResponse:
    """Show one department: its profile, its barrier, its answers and how it has moved."""
    look = look_at(request, code)
    if look is None or look.scope is None:
        raise Http404
    board, standing = look.reading.board(look.scope), look.reading.standing(look.scope)
    csv_url = reverse("readiness:department-csv", args=[code]) + look.query
    trend_url = reverse("readiness:trend-csv", args=[code])
    waves = queries.trend(look.so_far, look.scope, user=request.user, lens=board.lens)
    context = _board_context(look, board) | {
        "standing": standing,
        "above": None if standing.is_shown else look.reading.shown_above(look.scope, look.user),
        "figure": charts.profile_figure(standing, ready_from=board.ready_from, csv_url=csv_url),
        "trend": charts.trend_figure(
            waves, standing=standing, board=board, csv_url=trend_url + look.query
        ),
        "spreads": charts.spreads_of(standing),
        "barriers": charts.barriers_of(standing),
        "csv_url": csv_url,
        "dashboard_url": look.dashboard_url,
        "title": wording.standing_title(standing),
        "sentence": wording.standing_sentence(standing, board),
    }
    return render(request, "readiness/department.html", context)


@login_not_required
@require_safe
def method(request: HttpRequest) -> HttpResponse:
    """Explain how each number is made, with the agency's own numbers for those who sign in."""
    context: dict[str, Any] = {
        "dimensions": DIMENSIONS,
        "ready_from": settings.READY_FROM,
        "smallest": settings.SMALLEST_GROUP,
        "facts": None,
        "snapshot": None,
    }
    if isinstance(request.user, User):
        newest = queries.newest_summary(request.user)
        context["facts"] = wording.method_facts(newest.summary) if newest else None
        context["snapshot"] = newest
    return render(request, "readiness/method.html", context)


def _board_context(look: Look, board: Board) -> dict[str, Any]:
    """Return what the pages of a board share."""
    is_author = look.user.has_role(Role.LEAD, Role.ADMINISTRATOR)
    return {
        "board": board,
        "snapshot": look.snapshot,
        "query": look.query,
        "dimensions": charts.asked_about(board),
        "heat_title": wording.heat_title(board),
        "heat_rows": charts.heat_rows(board, query=look.query),
        "sure": wording.sureness_of(board),
        "steps": advice.steps_for(
            board, look.snapshot, today=timezone.localdate(), is_author=is_author
        ),
    }
