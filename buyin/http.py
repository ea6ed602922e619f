"""The request that signed-in pages receive, and what every template may use."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from rest_framework.pagination import LimitOffsetPagination

from buyin.accounts.permissions import Request

__all__ = ["Request", "agency"]


def agency(request: HttpRequest) -> dict[str, Any]:
    """Return the agency's name, tag line and contact, and whether this is a trial copy."""
    return {
        "agency_name": settings.AGENCY_NAME,
        "agency_tagline": settings.AGENCY_TAGLINE,
        "agency_contact": settings.AGENCY_CONTACT,
        "brand_version": settings.AGENCY_BRAND_COLOUR.lstrip("#"),
        "is_evaluation": settings.EVALUATION,
    }


class Pages(LimitOffsetPagination):
    """How programs read long lists: a hundred rows at a time, a thousand at most."""

    default_limit = 100
    max_limit = 1000
