"""The benefits of all initiatives that a person may open, as a page and as a file."""

from django.core.paginator import Paginator
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from buyin.accounts.actions import record_event
from buyin.accounts.models import EventKind
from buyin.http import Request
from buyin.initiatives import exports
from buyin.initiatives.forms import BenefitFilterForm
from buyin.initiatives.queries import register, standings
from buyin.initiatives.rendering import told
from buyin.spreadsheets import csv_file_stream

PAGE = 50


@require_safe
def benefit_register(request: Request) -> HttpResponse:
    """List the benefits of the agency's initiatives."""
    form = BenefitFilterForm(request.GET, user=request.user)
    found = register(request.user, **form.wanted())
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    context = {"form": form, "page": page, "told": told(standings(page.object_list))}
    return render(request, "initiatives/benefits/register.html", context)


@require_safe
def benefit_register_csv(request: Request) -> StreamingHttpResponse:
    """Give the benefits that the page lists as a file, and write down that they left."""
    form = BenefitFilterForm(request.GET, user=request.user)
    found = register(request.user, **form.wanted())
    record_event(kind=EventKind.EXPORTED, actor=request.user, detail=_("Benefits register"))
    table = exports.benefit_columns(), exports.benefit_rows(standings(found))
    return csv_file_stream(f"{_('benefits')}.csv", *table)
