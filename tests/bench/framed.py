"""The portal with one page more, the reference for lists: a list that is found already.

Whoever is signed in goes the same way (session, policy, header, navigation, footer); then one query
finds as many rows of one table as the list has, and the list's own template draws what the list had
found before. What a list costs beyond that are its rules, its filters and the size of the agency.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, NamedTuple
from unittest import mock

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import loader
from django.urls import path

from buyin import urls as portal
from tests.bench.models import BareAnswers


class Found(NamedTuple):
    """What a list is drawn of: its template and what it had found, with so many rows."""

    template: str
    context: Mapping[str, Any]
    rows: int


FOUND: list[Found] = []


@contextmanager
def remembering(rows: int) -> Iterator[str]:
    """Remember what the page that is read meanwhile is drawn of, and yield where it is drawn again."""
    drawn = loader.render_to_string

    def draw(name: str, context: Mapping[str, Any], *others: Any, **more: Any) -> str:
        FOUND.append(Found(name, context, rows))
        return drawn(name, context, *others, **more)

    with mock.patch.object(loader, "render_to_string", draw):
        yield f"/bench/found/{len(FOUND)}/"


@login_not_required
def found(request: HttpRequest, number: int) -> HttpResponse:
    """Draw a list again of what it had found, after one query for as many rows of a plain table."""
    one = FOUND[number]
    list(BareAnswers.objects.order_by("pk")[: one.rows])
    return render(request, one.template, dict(one.context))


urlpatterns = [*portal.urlpatterns, path("bench/found/<int:number>/", found, name="bench-found")]
