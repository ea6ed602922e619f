"""When something went wrong: what happened, and how to go on; for programs in one line of JSON."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from buyin.programs import NOT_THERE
from buyin.typed import is_foreign, kept, offered

type Answers = Callable[..., HttpResponse]

PROGRAMS = ("/api/v1/", "/api/schema/")


def told_to_programs(detail: str | Promise, *, status: int) -> Callable[[Answers], Answers]:
    """Answer a program in the words and the form in which its other errors come."""

    def decorate(page: Answers) -> Answers:
        @wraps(page)
        def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.path.startswith(PROGRAMS):
                return JsonResponse({"detail": str(detail)}, status=status)
            return page(request, *args, **kwargs)

        return answered

    return decorate


@told_to_programs(_("This request could not be read."), status=400)
def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that the request could not be read."""
    return render(request, "400.html", {"typed": offered(request)}, status=400)


@told_to_programs(_("This is not for this account."), status=403)
def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that this person may not do that."""
    return render(request, "403.html", {"typed": offered(request)}, status=403)


@told_to_programs(NOT_THERE, status=404)
def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that there is no such page, or none for this person."""
    return render(request, "404.html", {"typed": offered(request)}, status=404)


@login_not_required
@told_to_programs(_("Too many attempts. Wait five minutes, then try again."), status=429)
def too_many(request: HttpRequest) -> HttpResponse:
    """Say that this was tried too often, and how long to wait."""
    return render(request, "429.html", {"typed": offered(request)}, status=429)


@told_to_programs(_("The portal failed. Please try again later."), status=500)
def server_error(request: HttpRequest) -> HttpResponse:
    """Say that the portal failed, and offer to send once more what was typed.

    Asks neither the database nor the session anything.
    """
    context = {
        "agency_name": settings.AGENCY_NAME,
        "agency_contact": settings.AGENCY_CONTACT,
        "typed": offered(request),
        "csrf_token": get_token(request),
    }
    return HttpResponse(render_to_string("500.html", context), status=500)


@login_not_required
@told_to_programs(_("The token that guards forms is missing or old."), status=403)
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Show what was typed again, with a fresh form that sends it to the same address.

    A form that came from another site is not offered again: there the check did its work.
    """
    context = {"typed": offered(request), "is_foreign": is_foreign(request)}
    return render(request, "403_csrf.html", context, status=403)


@require_safe
def again(request: HttpRequest) -> HttpResponse:
    """Show what was typed before the person was signed out, ready to be sent."""
    typed = kept(request)
    return render(request, "again.html", {"typed": typed}) if typed.sent else redirect("home")
