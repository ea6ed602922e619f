"""The agency's colour as a style sheet and an icon, which every page may keep for a day."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from buyin import branding


@require_safe
@login_not_required
@cache_control(public=True, max_age=86_400)
def brand(_request: HttpRequest) -> HttpResponse:
    """Answer the style sheet with the agency's colour."""
    return HttpResponse(branding.stylesheet(settings.AGENCY_BRAND_COLOUR), content_type="text/css")


@require_safe
@login_not_required
@cache_control(public=True, max_age=86_400)
def icon(_request: HttpRequest) -> HttpResponse:
    """Answer the mark that browsers show beside a page's title."""
    drawing = branding.icon(settings.AGENCY_BRAND_COLOUR)
    return HttpResponse(drawing, content_type="image/svg+xml")
