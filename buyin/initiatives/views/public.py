"""The register of AI systems for everybody: no account, no cookies, the same for all visitors."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_cookie, vary_on_headers

from buyin.http import once_for_visitors
from buyin.initiatives.forms import RegisterForm
from buyin.initiatives.models import Publication
from buyin.initiatives.queries.public import (
    facts_of,
    listed,
    measured_of,
    parts_of,
    past_of,
    stories_of,
    values_in_use,
)
from buyin.initiatives.record import pairs
from buyin.initiatives.rendering import told
from buyin.initiatives.wording import told_value
from buyin.typed import may_send, offered

PAGE = 25


@require_safe
@login_not_required
@vary_on_headers("Accept-Language")
@vary_on_cookie
def register(request: HttpRequest) -> HttpResponseBase:
    """List the AI systems that the agency has published, with search and filters."""
    if not may_send(request, "public_read"):
        return render(request, "429.html", {"typed": offered(request)}, status=429)
    in_use = values_in_use()
    form = RegisterForm(request.GET, in_use=in_use)
    wanted = form.wanted()
    found = listed(**wanted).defer("words")
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "wanted": wanted,
        "is_empty": not any(in_use.values()),
        "uses_no_ai": settings.USES_NO_AI,
    }
    return once_for_visitors(request, render(request, "initiatives/public/list.html", context))


@require_safe
@login_not_required
@vary_on_headers("Accept-Language")
@vary_on_cookie
def record(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Show one AI system in plain language."""
    if not may_send(request, "public_read"):
        return render(request, "429.html", {"typed": offered(request)}, status=429)
    found = get_object_or_404(
        Publication.objects.current().select_related("record__initiative"), record=pk
    )
    context = {
        "publication": found,
        "facts": list(facts_of(found)),
        "parts": list(parts_of(found)),
        "myths": list(pairs(found.values.get("myths", ""))),
        "measured": told(measured_of(found)),
        "stories": [(one, told_value(seen)) for one, seen in stories_of(found)],
        "past": past_of(found),
    }
    return once_for_visitors(request, render(request, "initiatives/public/record.html", context))
