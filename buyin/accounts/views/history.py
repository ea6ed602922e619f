"""What happened at the doors, and who changed which record."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from buyin.accounts.actions import record_event
from buyin.accounts.forms import HistoryForm
from buyin.accounts.models import EventKind, Role
from buyin.accounts.permissions import Request, holders_only
from buyin.accounts.queries.history import find_changes, find_events, in_words, logged_kinds
from buyin.spreadsheets import csv_file, csv_text

PAGE = 50
MOST_ROWS = 20_000


@require_safe
@holders_only(Role.ADMINISTRATOR)
def events(request: Request) -> HttpResponse:
    """List security events."""
    form = HistoryForm(request.GET or None, kinds=list(EventKind.choices))
    page = Paginator(find_events(form.wanted()), PAGE).get_page(request.GET.get("page"))
    return render(request, "accounts/events.html", {"form": form, "page": page})


@require_safe
@holders_only(Role.ADMINISTRATOR)
def events_csv(request: Request) -> HttpResponse:
    """Download the same events; the download is an event itself."""
    form = HistoryForm(request.GET or None, kinds=list(EventKind.choices))
    found = find_events(form.wanted())[:MOST_ROWS]
    header = [_("When"), _("What"), _("Person"), _("Done by"), _("Network"), _("Detail")]
    rows = [
        (e.at.isoformat(), e.get_kind_display(), e.person or "", e.actor or "", e.network, e.detail)
        for e in found
    ]
    record_event(kind=EventKind.EXPORTED, actor=request.user, detail=_("Security events"))
    return csv_file("security-events.csv", csv_text(header, rows))


@require_safe
@holders_only(Role.ADMINISTRATOR)
def history(request: Request) -> HttpResponse:
    """List who changed which record, and from what to what."""
    form = HistoryForm(request.GET or None, kinds=logged_kinds())
    page = Paginator(find_changes(form.wanted()), PAGE).get_page(request.GET.get("page"))
    context = {"form": form, "page": page, "lines": in_words(page)}
    return render(request, "accounts/history.html", context)
