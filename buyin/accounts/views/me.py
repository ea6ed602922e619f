"""One's own account."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from buyin.accounts.permissions import Request


@require_safe
def me(request: Request) -> HttpResponse:
    """Show what the portal knows of the person who is signed in, and the keys to their door."""
    roles = request.user.role_assignments.select_related("department")
    return render(request, "accounts/me.html", {"roles": roles})


@login_not_required
def closed(request: HttpRequest) -> HttpResponse:
    """Answer that there is no such page: the roster decides who has an account and which address."""
    raise Http404
