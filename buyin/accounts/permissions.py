"""Who is asking, and what only some may ask for."""

import ipaddress
from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core.checks import CheckMessage, Error
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django_htmx.middleware import HtmxDetails
from rest_framework.permissions import SAFE_METHODS, BasePermission

from .models import Role, User

# Who may open the list of people: each sees there whom they may look up.
PEOPLE_READERS = (Role.COORDINATOR, Role.LEAD, Role.ADMINISTRATOR)


class Request(HttpRequest):
    """A request from someone who has signed in, which the middleware makes sure of."""

    user: User
    htmx: HtmxDetails


type View[**P] = Callable[Concatenate[Request, P], HttpResponse]


def holders_only[**P](*roles: Role, anywhere: bool = False) -> Callable[[View[P]], View[P]]:
    """Answer 404 to people who hold none of these roles for the agency, or for any department."""

    def decorate(view: View[P]) -> View[P]:
        @wraps(view)
        def guarded(request: Request, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            user = request.user
            if not any(user.has_role(role) if anywhere else user.holds(role) for role in roles):
                raise Http404
            return view(request, *args, **kwargs)

        return guarded

    return decorate


def network_of(request: HttpRequest | None) -> str:
    """Return the address of the client without the part that tells one device from another."""
    try:
        address = ipaddress.ip_address(get_adapter().get_client_ip(request) if request else "")
    except (ValueError, PermissionDenied):
        return ""
    length = 24 if address.version == 4 else 48  # noqa: PLR2004
    return str(ipaddress.ip_network(f"{address}/{length}", strict=False))


class Denied(BasePermission):
    """The default for every API view, so that a forgotten permission shows at once."""

    def has_permission(self, request: Any, view: Any) -> bool:
        """Return False."""
        return False


class EverybodyReads(BasePermission):
    """Reading for everybody, also without an account: what an agency has published."""

    def has_permission(self, request: Any, view: Any) -> bool:
        """Return whether somebody wants to read."""
        return request.method in SAFE_METHODS


class SignedInReads(BasePermission):
    """Reading for people who have signed in; which rows, the view's queryset says."""

    def has_permission(self, request: Any, view: Any) -> bool:
        """Return whether someone who has signed in wants to read."""
        return bool(request.user.is_authenticated and request.method in SAFE_METHODS)


class AdministratorReads(BasePermission):
    """Reading for administrators of the agency."""

    def has_permission(self, request: Any, view: Any) -> bool:
        """Return whether an administrator wants to read."""
        user = request.user
        reads = request.method in SAFE_METHODS
        return bool(reads and user.is_authenticated and user.holds(Role.ADMINISTRATOR))


def check_second_factor_roles(**_kwargs: Any) -> list[CheckMessage]:
    """Refuse a role that does not exist: nobody would be asked for the second factor it demands."""
    unknown = [name for name in settings.SECOND_FACTOR_ROLES if name not in Role.values]
    if not unknown:
        return []
    message = _("SECOND_FACTOR_ROLES names %(unknown)s, which is no role.")
    hint = _("The roles are %(roles)s.") % {"roles": ", ".join(Role.values)}
    return [Error(message % {"unknown": ", ".join(unknown)}, hint=hint, id="buyin.E005")]
