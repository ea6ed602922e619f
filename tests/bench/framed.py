"""The portal with one page more, the reference for lists: a plain table in the portal's frame.

Whoever is signed in goes the same way (session, policy, header, navigation, footer); then one query
finds as many rows of one table as the list has, and a template draws them in as many columns.
"""

from functools import cache
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import path

from buyin import urls as portal
from tests.bench.models import BareAnswers

TABLE = (
    "{% extends 'base.html' %}{% block title %}Table{% endblock %}{% block main %}<h1>Table</h1>"
    "<table class='table table--stacked'><tbody>{% for row in rows %}<tr>"
    "{% for cell in row.answers.cells %}<td>{{ cell }}</td>{% endfor %}</tr>{% endfor %}</tbody>"
    "</table>{% endblock %}"
)


@cache
def drawn() -> Any:
    """Return the page's template, read once as those in files are."""
    return engines["django"].from_string(TABLE)


@login_not_required
def table(request: HttpRequest) -> HttpResponse:
    """Draw as many rows of a table without rules as are asked for."""
    rows = BareAnswers.objects.order_by("pk")[: int(request.GET["rows"])]
    return HttpResponse(drawn().render({"rows": rows}, request))


urlpatterns = [*portal.urlpatterns, path("bench/table/", table, name="bench-table")]
