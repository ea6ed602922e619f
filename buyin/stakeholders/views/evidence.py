"""Where level and evidence disagree, and who had much contact lately."""

from urllib.parse import quote

from django.core.paginator import Paginator
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from buyin.accounts.actions import record_event
from buyin.accounts.models import EventKind
from buyin.fatigue import DAYS, MUCH_MAILS, MUCH_MEETINGS, MUCH_SURVEYS
from buyin.http import Request
from buyin.spreadsheets import csv_file_stream
from buyin.stakeholders import exports
from buyin.stakeholders.forms.representing import InitiativeForm
from buyin.stakeholders.models import Interest
from buyin.stakeholders.queries import for_those_who_work_with_stakeholders
from buyin.stakeholders.queries.disagreements import disagreements, with_names
from buyin.stakeholders.queries.fatigue import places, tired, with_next
from buyin.stakeholders.queries.levels import levels_page
from buyin.stakeholders.queries.opened import assessable

PAGE = 50


@require_safe
def disagreeing(request: Request) -> HttpResponse:
    """List how stakeholders stand where what happened since says something else."""
    form = _asked(request)
    asked = request.GET.get("page")
    found = levels_page(request.user, form.wanted.get("initiative"), asked)
    context = {
        "form": form,
        "page": found.page,
        "rows": found.rows,
        "looked_at": found.looked_at,
        "back": quote(request.get_full_path(), safe=""),
        "assessable": assessable(request.user, [row.about.interest for row in found.rows]),
    }
    return render(request, "stakeholders/disagreeing.html", context)


@require_safe
def disagreeing_csv(request: Request) -> StreamingHttpResponse:
    """Give the same as a file, and write down that it left."""
    readable = Interest.objects.visible_to(request.user).of_current()
    found = disagreements(request.user, readable.filter(**_asked(request).wanted))
    return _file(
        request,
        _("Level and evidence"),
        exports.csv_of_disagreements((row.about, row.found) for row in with_names(found)),
        _("level-and-evidence"),
    )


def _asked(request: Request) -> InitiativeForm:
    """Return the form that narrows it, for those who work with stakeholders."""
    for_those_who_work_with_stakeholders(request.user)
    return InitiativeForm(request.GET or None, user=request.user)


@require_safe
def contacts(request: Request) -> HttpResponse:
    """List which stakeholders had much contact in the last 30 days."""
    for_those_who_work_with_stakeholders(request.user)
    page = Paginator(tired(request.user), PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "tired": with_next(request.user, page),
        "looks": _contact_looks(in_departments=False),
        "days": DAYS,
        "much": {"surveys": MUCH_SURVEYS, "mails": MUCH_MAILS, "meetings": MUCH_MEETINGS},
    }
    return render(request, "stakeholders/contacts.html", context)


@require_safe
def contacts_in(request: Request) -> HttpResponse:
    """List the departments whose people had contact in the last 30 days, with how much."""
    for_those_who_work_with_stakeholders(request.user)
    page = Paginator(places(request.user), PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "looks": _contact_looks(in_departments=True), "days": DAYS}
    return render(request, "stakeholders/contacts_by_department.html", context)


def _contact_looks(*, in_departments: bool) -> list[tuple[str, str, bool]]:
    """Return the two looks at contact: label, address, and whether it is this one."""
    return [
        (_("Stakeholders"), reverse("stakeholders:contacts"), not in_departments),
        (_("Departments"), reverse("stakeholders:contacts-in"), in_departments),
    ]


@require_safe
def contacts_csv(request: Request) -> StreamingHttpResponse:
    """Give who had much contact as a file, and write down that it left."""
    for_those_who_work_with_stakeholders(request.user)
    rows = exports.csv_of_contacts(tired(request.user), places(request.user))
    return _file(request, _("Contact lately"), rows, _("contact-lately"))


def _file(request: Request, what: str, table: exports.Table, name: str) -> StreamingHttpResponse:
    record_event(kind=EventKind.EXPORTED, actor=request.user, detail=what)
    return csv_file_stream(f"{name}.csv", *table)
