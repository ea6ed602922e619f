"""The register of AI systems for everybody: no account, no cookies, the same for all visitors."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_cookie, vary_on_headers

from buyin.accounts.models import User
from buyin.http import once_for_visitors
from buyin.initiatives.forms import RegisterForm
from buyin.initiatives.models import Publication
from buyin.initiatives.queries.public import (
    facts_of,
    is_empty,
    listed,
    measured_of,
    parts_of,
    past_of,
    says_no_ai,
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
        # A record may withhold all that the list is filtered by.
        "is_empty": not any(in_use.values()) and is_empty(),
        "says_no_ai": (says_none := says_no_ai()),
        "is_contradicted": settings.USES_NO_AI and not says_none and _leads(request),
    }
    return once_for_visitors(request, render(request, "initiatives/public/list.html", context))


def _leads(request: HttpRequest) -> bool:
    """Return whether this is somebody who leads the agency or administers it."""
    return isinstance(request.user, User) and request.user.leads_agency


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
