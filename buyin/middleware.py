"""The doors of every page: what can be read comes in, and nothing typed is lost; and the clock."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.middleware.common import CommonMiddleware
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_cache_control

from buyin.accounts.models import User

from . import typed
from .http import forget_links

NUL = "\0"
AUTOSAVE = "autosave"  # the button that a page presses by itself while somebody types


class HeadMiddleware(CommonMiddleware):
    """Sends no body where only the head is asked for, whose length stays that of the page.

    Not every server leaves it out by itself, and whoever reads on would take it for the next answer.
    """

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        """Give the answer its length, and then take its body out."""
        answer = super().process_response(request, response)
        if request.method == "HEAD" and isinstance(answer, StreamingHttpResponse):
            answer.streaming_content = []
        elif request.method == "HEAD" and isinstance(answer, HttpResponse):
            answer.content = b""
        return answer


class ReadableMiddleware:
    """Refuses addresses with a NUL character, which PostgreSQL can neither store nor look up.

    What is typed into forms they refuse themselves, each text at its field.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer that the request could not be read; a cookie of that kind counts as none."""
        request.COOKIES = {
            name: text for name, text in request.COOKIES.items() if NUL not in name + text
        }
        words = [word for name, texts in request.GET.lists() for word in (name, *texts)]
        if any(NUL in word for word in (request.path, *words)):
            raise BadRequest("There is a NUL character in the address.")
        return self.get_response(request)


class SignInMiddleware(LoginRequiredMiddleware):
    """Sends strangers to the sign-in page, and keeps what they sent until they are back."""

    def process_view(
        self,
        request: HttpRequest,
        view_func: Callable[..., HttpResponseBase],
        view_args: tuple[Any, ...],
        view_kwargs: dict[str, Any],
    ) -> HttpResponseBase | None:
        """Forget what was kept once it is sent again; keep or give back what a stranger sends."""
        if request.method == "POST" and request.user.is_authenticated:
            typed.forget_if_sent(request)
        refusal = super().process_view(request, view_func, view_args, view_kwargs)
        if refusal is None or request.method != "POST":
            return refusal
        if request.POST.get("go") == AUTOSAVE:
            return HttpResponse(status=HTTPStatus.UNAUTHORIZED)  # the script keeps it and says so
        if typed.keep(request):
            return redirect_to_login(reverse("again"))
        return typed.give_back(request) or refusal

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """Let no cache between us and a person keep what is theirs, nor their browser after them."""
        if request.user.is_authenticated:
            if not response.has_header("Cache-Control"):
                patch_cache_control(response, private=True, no_cache=True)
        elif request.method == "POST" and request.path == reverse("account_logout"):
            response["Clear-Site-Data"] = '"cache"'
            forget_links(response)
        return response


class TimeZoneMiddleware:
    """Shows and reads times in the zone of the person who is signed in."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer with the person's own clock; for strangers the agency's goes on."""
        if not isinstance(request.user, User):
            return self.get_response(request)
        with timezone.override(request.user.zone):
            return self.get_response(request)
