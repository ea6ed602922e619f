"""The request that signed-in pages receive, and what every template may use."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from buyin.accounts.models import User


class Request(HttpRequest):
    """A request from someone who has signed in, which the middleware makes sure of."""

    user: User
    htmx: HtmxDetails


def agency(request: HttpRequest) -> dict[str, Any]:
    """Return the agency's name, tag line and contact, and whether this is a trial copy."""
    return {
        "agency_name": settings.AGENCY_NAME,
        "agency_tagline": settings.AGENCY_TAGLINE,
        "agency_contact": settings.AGENCY_CONTACT,
        "brand_version": settings.AGENCY_BRAND_COLOUR.lstrip("#"),
        "is_evaluation": settings.EVALUATION,
    }
