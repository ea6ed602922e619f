"""What everybody may read of a public questionnaire once its results are published."""

from hashlib import sha256

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import quote_etag
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_cookie, vary_on_headers

from surveys.models import SharedResult
from surveys.queries.sharing import shared_as, with_waves

from .shared import everything, told

FRESH = 60  # seconds for which nobody asks again; what is taken back is gone as soon as that


@login_not_required
@require_safe
@vary_on_headers("Accept-Language")
@vary_on_cookie
def public_results(request: HttpRequest, address: str) -> HttpResponseBase:
    """Show what was heard and decided, and all figures; or that they were taken back."""
    shares = with_waves(SharedResult.objects.published())
    share = get_object_or_404(shares, result__wave__address=address)
    if share.withdrawn_at:
        context = {"share": share, "title": share.result.wave.survey.title}
        return render(request, "surveys/public/withdrawn.html", context)
    found = shared_as(share, None)
    context = told(share, found) | everything(found, is_open=True)
    return _cacheable(request, render(request, "surveys/public/results.html", context))


def _cacheable(request: HttpRequest, response: HttpResponse) -> HttpResponseBase:
    """Return the page for visitors so that it is sent once; those who signed in see their own."""
    if request.user.is_authenticated:
        return response
    patch_cache_control(response, public=True, max_age=FRESH)
    response.headers["ETag"] = etag = quote_etag(sha256(response.content).hexdigest()[:32])
    return get_conditional_response(request, etag=etag, response=response) or response
