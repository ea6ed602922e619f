"""What everybody may read of a public questionnaire once its results are published."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_cookie, vary_on_headers

from buyin.http import once_for_visitors
from buyin.typed import may_send
from buyin.views import too_many
from surveys.queries.sharing import published, shared_as

from .shared import everything, told


@login_not_required
@require_safe
@vary_on_headers("Accept-Language")
@vary_on_cookie
def public_results(request: HttpRequest, address: str) -> HttpResponseBase:
    """Show what was heard and decided, and all figures; or that they were taken back."""
    if not may_send(request, "public_read"):
        return too_many(request)
    share = get_object_or_404(published(), result__wave__address=address)
    if share.withdrawn_at:
        context = {"share": share, "title": share.result.wave.survey.title}
        return render(request, "surveys/public/withdrawn.html", context)
    found = shared_as(share, None)
    context = told(share, found) | everything(found)
    return once_for_visitors(request, render(request, "surveys/public/results.html", context))
