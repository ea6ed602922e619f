"""What pages of all apps share: their request, what templates may use, cookies, and caches."""

from collections.abc import Callable
from functools import wraps
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import (
    add_never_cache_headers,
    get_conditional_response,
    patch_cache_control,
)
from django.utils.http import quote_etag

from buyin.accounts.permissions import Request

__all__ = ["Request", "agency"]

FRESH = 60  # seconds for which nobody asks again; what is taken back is gone as soon as that
# Holds the personal links that were opened in a browser; whoever signs out there closes them too.
LINKS_COOKIE = f"{settings.COOKIE_PREFIX}invited"


def agency(request: HttpRequest) -> dict[str, Any]:
    """Return the agency's name, tag line and contact, and whether this is a trial copy."""
    return {
        "agency_name": settings.AGENCY_NAME,
        "agency_tagline": settings.AGENCY_TAGLINE,
        "agency_contact": settings.AGENCY_CONTACT,
        "brand_version": settings.AGENCY_BRAND_COLOUR.lstrip("#"),
        "is_evaluation": settings.EVALUATION,
    }


def give_cookie(
    response: HttpResponseBase, name: str, text: str, *, max_age: int | None = None
) -> None:
    """Let the browser keep a text that no script reads and no form of another site brings along.

    It is kept for so many seconds, or until the browser is closed.
    """
    response.set_cookie(
        name,
        text,
        max_age=max_age,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def forget_links(response: HttpResponse) -> None:
    """Let the browser forget all personal links that were opened in it."""
    response.delete_cookie(LINKS_COOKIE, samesite="Lax")


def without_trace[**P, R: HttpResponse](view: Callable[P, R]) -> Callable[P, R]:
    """Return the view of an address that holds a token: nothing keeps it, no other page is told it."""

    @wraps(view)
    def answer(*args: P.args, **kwargs: P.kwargs) -> R:
        response = view(*args, **kwargs)
        response.headers["Referrer-Policy"] = "no-referrer"
        add_never_cache_headers(response)
        return response

    return answer


def once_for_visitors(request: HttpRequest, response: HttpResponse) -> HttpResponseBase:
    """Return what is the same for all visitors so that it is sent once; who signed in gets it anew."""
    if request.user.is_authenticated:
        return response
    patch_cache_control(response, public=True, max_age=FRESH)
    response.headers["ETag"] = etag = quote_etag(sha256(response.content).hexdigest()[:32])
    return get_conditional_response(request, etag=etag, response=response) or response
