"""The way to the agency's own sign-in (OpenID Connect) and back."""

import logging
from collections.abc import Callable
from http import HTTPStatus

from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.helpers import render_authentication_error
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.openid_connect import views
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse

from buyin.accounts.actions import record_event
from buyin.accounts.models import EventKind
from buyin.accounts.permissions import network_of

# A provider that cannot be reached, says something else than it should, or leaves out what is needed.
FAILURES = (OSError, ValueError, LookupError)
logger = logging.getLogger(__name__)


@login_not_required
def leave(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Lead a stranger who pressed the button to the agency's sign-in, by a page that goes on itself.

    The policy of our pages lets no form lead to another host, not even by a redirect.
    """
    provider = _provider(request, provider_id)
    if request.user.is_authenticated or request.method != "POST":
        return redirect("home" if request.user.is_authenticated else "account_login")
    answer = _understood(views.login, request, provider_id)
    if not isinstance(answer, HttpResponseRedirect):
        return answer
    way = {"provider": provider, "redirect_to": answer.url}
    return render(request, "socialaccount/login_redirect.html", way)


@login_not_required
def come_back(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Let in whom the agency's sign-in vouches for; else say that it did not work."""
    _provider(request, provider_id)
    answer = _understood(views.callback, request, provider_id)
    is_closed = getattr(answer, "url", "") == reverse("account_inactive")
    if is_closed or answer.status_code == HTTPStatus.OK:  # vouched for, and yet not let in
        record_event(kind=EventKind.REFUSED, network=network_of(request))
    return answer


def _provider(request: HttpRequest, provider_id: str) -> object:
    """Return the provider of this name; 404 where the settings name none."""
    try:
        return get_adapter().get_provider(request, provider_id)
    except SocialApp.DoesNotExist as missing:
        raise Http404 from missing


def _understood(
    view: Callable[[HttpRequest, str], HttpResponse], request: HttpRequest, provider_id: str
) -> HttpResponse:
    """Return the answer of the library's view, or the page of a sign-in that did not work."""
    try:
        return view(request, provider_id)
    except FAILURES:
        logger.exception("The agency's own sign-in failed.")
        provider = _provider(request, provider_id)
        failed: HttpResponse = render_authentication_error(request, provider)
        return failed
