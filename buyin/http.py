"""The request that signed-in pages receive, what every template may use, and pages behind tokens."""

import re
from collections.abc import Callable, Collection
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
from django.utils.translation import gettext as _
from rest_framework.exceptions import ValidationError
from rest_framework.pagination import LimitOffsetPagination

from buyin.accounts.permissions import Request

__all__ = ["Request", "agency"]

NUMBER = re.compile(r"\d{1,18}", re.ASCII)
LARGEST = 10**18 - 1
PAGING = ("limit", "offset")
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


class Pages(LimitOffsetPagination):
    """How programs read long lists: a hundred rows at a time, a thousand at most."""

    default_limit = 100
    max_limit = 1000

    def paginate_queryset(self, queryset: Any, request: Any, view: Any = None) -> list[Any] | None:
        """Return the rows that are asked for; a filter that there is not is refused by its name."""
        refuse_unknown(request, {*PAGING, *getattr(view, "filters", ())})
        return super().paginate_queryset(queryset, request, view)

    def get_limit(self, request: Any) -> int:
        """Return how many rows are asked for, and never more than the most."""
        wanted = _whole_number(request, "limit", self.default_limit, least=1)
        return min(wanted, self.max_limit)

    def get_offset(self, request: Any) -> int:
        """Return how many rows to leave out first."""
        return _whole_number(request, "offset", 0, least=0)

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        """Return what the schema says of both, with what they may be."""
        parameters = super().get_schema_operation_parameters(view)
        for one in parameters:
            one["schema"] |= {"minimum": 1 if one["name"] == "limit" else 0, "maximum": LARGEST}
        return parameters


def refuse_unknown(request: Any, known: Collection[str]) -> None:
    """Refuse words of an address that mean nothing: a slip in a name must not pass in silence."""
    unknown = sorted(set(request.query_params) - set(known))
    if unknown:
        raise ValidationError({name: [_("There is no such filter.")] for name in unknown})


def _whole_number(request: Any, name: str, usual: int, *, least: int) -> int:
    """Return a number of the address; one that cannot be read is refused by its name."""
    text = request.query_params.get(name)
    if text is None:
        return usual
    if not NUMBER.fullmatch(text) or int(text) < least:
        message = _("This is no whole number from %(n)d on.") % {"n": least}
        raise ValidationError({name: [message]})
    return int(text)
