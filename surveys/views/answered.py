"""Pages on which coordinators follow how many of their people have answered what others ask."""

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from buyin.http import Request
from surveys.queries.running import field_near, may_look, rates_near, waves_near

ON_A_PAGE = 20


@require_safe
def answered_list(request: Request) -> HttpResponse:
    """List the waves that ask people of this person's departments, each with its response rate."""
    if not may_look(request.user):
        raise Http404
    page = Paginator(waves_near(request.user), ON_A_PAGE).get_page(request.GET.get("page"))
    lines = rates_near(request.user, list(page))
    return render(request, "surveys/answered/list.html", {"page": page, "lines": lines})


@require_safe
def answered(request: Request, wave: int) -> HttpResponse:
    """Show how many have answered a wave in this person's departments, and what helps there."""
    found = get_object_or_404(waves_near(request.user), pk=wave)
    context = {"field": field_near(found, request.user), "wave": found}
    return render(request, "surveys/answered/wave.html", context)
