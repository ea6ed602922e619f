"""The time line of one initiative: what happened in it and with its stakeholders."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from buyin.http import Request
from buyin.initiatives.queries import opened
from buyin.keys import key_in
from buyin.stakeholders.forms.life import LifeForm
from buyin.stakeholders.queries.life import life_of

PAGE = 30
MOST_PAGES = 1000


@require_safe
def life(request: Request, pk: int) -> HttpResponse:
    """Show what happened in an initiative, the newest first, as far as one may read it."""
    initiative = opened(request.user, pk)
    form = LifeForm(request.GET or None)
    page = min(max(key_in(request.GET.get("page")) or 1, 1), MOST_PAGES)
    part = life_of(
        viewer=request.user,
        initiative=initiative,
        sort=form.sort,
        first=(page - 1) * PAGE,
        size=PAGE,
    )
    context = {
        "initiative": initiative,
        "may_change": initiative.may_be_changed_by(request.user),
        "in_tab": "initiatives:initiative",
        "form": form,
        "part": part,
        "newer": page - 1,
        "older": page + 1 if part.has_more else None,
    }
    return render(request, "stakeholders/life.html", context)
