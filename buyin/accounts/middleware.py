"""What stands between a session and a page: how long it lives, and a demanded second factor."""

import time
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from allauth.mfa.utils import is_mfa_enabled
from auditlog.middleware import AuditlogMiddleware
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from rest_framework.permissions import SAFE_METHODS

BEGAN = "session_began"
SEEN = "session_seen"
WANTED = "wanted_before_second_factor"  # the page that is shown once a demanded factor is set up
PROGRAMS = "/api/v1/"
Answer = Callable[[HttpRequest], HttpResponse]

# What a person without the demanded second factor can still reach.
SET_UP = {"account_logout", "account_reauthenticate", "mfa_reauthenticate"}
SET_UP |= {"mfa_index", "mfa_activate_totp", "mfa_list_webauthn", "mfa_add_webauthn"}
SET_UP |= {"health-live", "health-ready", "brand", "icon", "accessibility", "privacy"}


class SessionLimitMiddleware:
    """Ends sessions that were idle too long or that began too long ago."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer as nobody where the time is over; else note that the person is there."""
        if request.user.is_authenticated:
            self.limit(request)
        return self.get_response(request)

    @staticmethod
    def limit(request: HttpRequest) -> None:
        """Drop the session or move its idle time on, which is written a few times an hour only."""
        now, session = int(time.time()), request.session
        idle = settings.IDLE_MINUTES * 60
        step = max(1, idle // 6)
        began, seen = session.get(BEGAN, now), session.get(SEEN, now)
        if now - began > settings.SESSION_HOURS * 3600 or now - seen > idle + step:
            session.flush()
            request.user = AnonymousUser()
        elif BEGAN not in session or now - seen >= step:
            session[BEGAN], session[SEEN] = began, now


class AuditMiddleware(AuditlogMiddleware):
    """Tells the audit trail who it is that changes something."""

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer; requests that only read are not announced, which would cost each of them."""
        pass_on: Answer = self.get_response if request.method in SAFE_METHODS else super().__call__
        return pass_on(request)


class SecondFactorMiddleware:
    """Sends people whose role demands a second factor to its set-up before anything else."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on; the check waits until the address is known."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """Return the way to the set-up where it is demanded and missing."""
        user = request.user
        if not settings.SECOND_FACTOR_ROLES or not user.is_authenticated:
            return None
        name = request.resolver_match.url_name if request.resolver_match else None
        if name in SET_UP or not user.has_role(*settings.SECOND_FACTOR_ROLES):
            return None
        if is_mfa_enabled(user) or came_by_trusted_door(request):
            if WANTED in request.session and name != "mfa_view_recovery_codes":
                del request.session[WANTED]
            return None
        if request.path.startswith(PROGRAMS):
            message = _("This account needs a second factor. Set it up in a browser first.")
            return JsonResponse({"detail": message}, status=HTTPStatus.FORBIDDEN)
        wanted = request.get_full_path() if request.method in SAFE_METHODS else "/"
        request.session.setdefault(WANTED, wanted)
        return redirect("mfa_index")


def came_by_trusted_door(request: HttpRequest) -> bool:
    """Return whether the agency's own sign-in, which asks for a second factor, was used."""
    methods = request.session.get("account_authentication_methods", [])
    return settings.OIDC_IS_SECOND_FACTOR and any(
        method.get("method") == "socialaccount" for method in methods
    )
