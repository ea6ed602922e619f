"""Bare pages, the reference: what Django does with no portal around it."""

import os
from functools import cache
from pathlib import Path

from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.template import Context, Engine
from django.urls import path
from django.utils.decorators import decorator_from_middleware

from tests.bench.models import BareAnswers


@cache
def body() -> bytes:
    """The bytes of the survey page that this is compared with."""
    return Path(os.environ["BARE_BODY"]).read_bytes()


def page(_request: HttpRequest) -> HttpResponse:
    """Answer with a page as long as the survey page, from memory."""
    return HttpResponse(body())


def signed_in(request: HttpRequest) -> HttpResponse:
    """Answer a person whom the session names, after the one query that finds them."""
    if not request.user.is_authenticated:
        return HttpResponse(status=401)
    return HttpResponse(body())


LIST = Engine().from_string(
    "<!doctype html><title>List</title><p>{{ page.paginator.count }}</p><table>{% for row in page %}"
    "<tr><td><a href='/{{ row.pk }}/'>{{ row.answers.name }}</a></td><td>{{ row.answers.text }}</td>"
    "</tr>{% endfor %}</table>"
)


def rows(request: HttpRequest) -> HttpResponse:
    """List one page of a table that has no rules, to a person whom the session names."""
    if not request.user.is_authenticated:
        return HttpResponse(status=401)
    paginator = Paginator(BareAnswers.objects.order_by("pk"), int(request.GET["rows"]))
    return HttpResponse(LIST.render(Context({"page": paginator.get_page(1)})))


def write(request: HttpRequest) -> HttpResponse:
    """Check that each answer is a point from 1 to 5 and write them as one JSON row."""
    answers = {k: str(v) for k, v in request.POST.items() if k.startswith("q")}
    if not all(value in {"1", "2", "3", "4", "5"} for value in answers.values()):
        return HttpResponseBadRequest()
    BareAnswers.objects.create(answers={code: int(value) for code, value in answers.items()})
    return HttpResponse(status=302, headers={"Location": "/"})


with_session = decorator_from_middleware(SessionMiddleware)
with_person = decorator_from_middleware(AuthenticationMiddleware)

urlpatterns = [
    path("page", page),
    path("signed-in", with_session(with_person(signed_in))),
    path("list", with_session(with_person(rows))),
    path("write", write),
]
