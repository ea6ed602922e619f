"""The pages for when something went wrong: what happened, and how to go on."""

import re

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

# What nobody should find on a page again: passwords, codes of a second factor, and the old token.
SECRET_FIELD = re.compile(r"password|secret|token|otp|^code$|credential", re.IGNORECASE)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that the request could not be read."""
    return render(request, "400.html", status=400)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that this person may not do that."""
    return render(request, "403.html", status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that there is no such page, or none for this person."""
    return render(request, "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Say that the portal failed; asks neither the database nor the session anything."""
    context = {"agency_name": settings.AGENCY_NAME, "agency_contact": settings.AGENCY_CONTACT}
    return HttpResponse(render_to_string("500.html", context), status=500)


@login_not_required
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Show what was typed again, with a fresh form that sends it to the same address.

    A form that came from another site is not offered again: there the check did its work.
    """
    sent = [
        (name, text)
        for name, texts in request.POST.lists()
        for text in texts
        if not SECRET_FIELD.search(name)
    ]
    context = {
        "sent": sent,
        "written": [text for _name, text in sent if " " in text.strip()],
        "lost_secrets": any(
            map(SECRET_FIELD.search, request.POST.keys() - {"csrfmiddlewaretoken"})
        ),
        "lost_files": bool(request.FILES),
        "is_foreign": request.headers.get("Sec-Fetch-Site") == "cross-site",
    }
    return render(request, "403_csrf.html", context, status=403)
