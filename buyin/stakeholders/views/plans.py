"""The engagement plan: of the agency, of one initiative, and as a file."""

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from buyin.accounts.actions import record_event
from buyin.accounts.models import EventKind
from buyin.http import Request
from buyin.spreadsheets import csv_file_stream
from buyin.stakeholders import exports
from buyin.stakeholders.forms.plans import PlanFilterForm
from buyin.stakeholders.models import Interest
from buyin.stakeholders.queries import changes_any, for_those_who_work_with_stakeholders
from buyin.stakeholders.queries.plans import gaps_without_plan, loads, plan_list

from .looks import look_at

PAGE = 25
FIRST_GAPS = 5


@require_safe
def plan(request: Request) -> HttpResponse:
    """Show what is planned with stakeholders, by whom and until when."""
    for_those_who_work_with_stakeholders(request.user)
    form = PlanFilterForm(request.GET, user=request.user)
    found = plan_list(request.user, **form.wanted())
    context = {
        "form": form,
        "page": Paginator(found, PAGE).get_page(request.GET.get("page")),
        "loads": loads(request.user),
        "may_plan": changes_any(request.user),
    }
    return render(request, "stakeholders/plan/plan.html", context)


@require_safe
def plan_csv(request: Request) -> StreamingHttpResponse:
    """Give the activities that the page lists as a file, and write down that they left."""
    for_those_who_work_with_stakeholders(request.user)
    form = PlanFilterForm(request.GET, user=request.user)
    found = plan_list(request.user, **form.wanted())
    record_event(kind=EventKind.EXPORTED, actor=request.user, detail=_("Engagement plan"))
    table = exports.plan_columns(), exports.plan_rows(found)
    return csv_file_stream(f"{_('engagement-plan')}.csv", *table)


@require_safe
def people_plan(request: Request, pk: int) -> HttpResponse:
    """Show the engagement plan of one initiative, and the gaps about which nothing is planned."""
    look = look_at(request, "plan", pk)
    if look is None:
        raise Http404
    user, initiative = request.user, look.initiative
    form = PlanFilterForm(request.GET, user=user, initiative=initiative)
    found = plan_list(user, **form.wanted())
    gaps = gaps_without_plan(viewer=user, initiative=initiative)
    first = list(gaps[:FIRST_GAPS])
    changeable = Interest.objects.changeable_by(user).filter(pk__in=[one.pk for one in first])
    context = look.context(
        plan_form=form,
        page=Paginator(found, PAGE).get_page(request.GET.get("page")),
        loads=loads(user, initiative),
        gaps=first,
        all_gaps=gaps.count(),
        assessable=set(changeable.values_list("pk", flat=True)),
    )
    return render(request, "stakeholders/plan/people.html", context)
