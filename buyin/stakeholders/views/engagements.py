"""The log of engagements: noted in a minute on a phone, and what came up taken care of."""

from urllib.parse import quote

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from buyin.accounts.forms import offer_people
from buyin.fatigue import DAYS
from buyin.http import Request
from buyin.initiatives.models import Initiative
from buyin.keys import key_in
from buyin.methods import takes_form
from buyin.saving import saved
from buyin.stakeholders.actions import add_points, finish_point, note_engagement
from buyin.stakeholders.forms.engagements import EngagementForm, LogForm, PointsForm
from buyin.stakeholders.models import DiscussionPoint, Engagement, PlannedActivity, Stakeholder
from buyin.stakeholders.queries import for_those_who_work_with_stakeholders
from buyin.stakeholders.queries.engagements import likely, log
from buyin.stakeholders.queries.fatigue import tired_of
from buyin.stakeholders.queries.opened import changeable
from buyin.stakeholders.queries.overdue import number_overdue, overdue, told
from buyin.stakeholders.queries.plans import MINE

from .noting import back_to

PAGE = 25


@require_safe
def engagement_log(request: Request) -> HttpResponse:
    """List what was spoken about with stakeholders, the newest first."""
    for_those_who_work_with_stakeholders(request.user)
    form = LogForm(request.GET, user=request.user)
    page = Paginator(log(request.user, **form.wanted()), PAGE).get_page(request.GET.get("page"))
    return render(request, "stakeholders/log/log.html", {"form": form, "page": page})


@require_safe
def overdue_contact(request: Request) -> HttpResponse:
    """List with whom contact is overdue by what was planned for each; of oneself alone, if asked."""
    for_those_who_work_with_stakeholders(request.user)
    is_own = request.GET.get("owner") == MINE
    owner = request.user if is_own else None
    pages = Paginator(overdue(request.user, owner=owner), PAGE)
    pages.count = number_overdue(request.user, owner=owner)
    page = pages.get_page(request.GET.get("page"))
    found = told(request.user, page.object_list)
    address = reverse("stakeholders:overdue")
    looks = [
        (_("Everybody"), address, not is_own),
        (_("Whom you look after"), f"{address}?owner={MINE}", is_own),
    ]
    context = {
        "page": page,
        "overdue": found,
        "plannable": changeable(request.user, [one.stakeholder for one in found]),
        "is_own": is_own,
        "looks": looks,
        "back": quote(request.get_full_path(), safe=""),
    }
    return render(request, "stakeholders/log/overdue.html", context)


@takes_form
def engagement_note(request: Request) -> HttpResponse:
    """Note an engagement; the address may name a stakeholder and an initiative to begin with."""
    for_those_who_work_with_stakeholders(request.user)
    first = key_in(request.GET.get("stakeholder"))
    visible = Initiative.objects.visible_to(request.user)
    initiative = visible.filter(pk=key_in(request.GET.get("initiative")) or 0).first()
    offered = likely(request.user, initiative=initiative, first=first)
    form = EngagementForm(
        request.POST or None,
        user=request.user,
        likely=offered,
        initial={"participants": [first] if first else [], "initiative": initiative},
    )
    offer_people(form, request.user)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        if made := saved(form, lambda: note_engagement(actor=request.user, **typed)):
            messages.success(request, _("Noted."))
            return redirect(back_to(request, reverse("stakeholders:engagement", args=[made.pk])))
    back = back_to(request, reverse("stakeholders:log"))
    context = {"form": form, "tired": tired_of(offered), "days": DAYS, "back": back}
    return render(request, "stakeholders/log/note.html", context)


def readable(request: Request, pk: int) -> Engagement:
    """Return an engagement that this person may read, or answer 404."""
    rows = Engagement.objects.visible_to(request.user).select_related("initiative", "entered_by")
    found: Engagement = get_object_or_404(rows, pk=pk)
    return found


@takes_form
def engagement(request: Request, pk: int) -> HttpResponse:
    """Show one engagement; whoever may change it adds what came up as well."""
    found = readable(request, pk)
    may_change = found.may_be_changed_by(request.user)
    if request.method == "POST" and not may_change:
        raise Http404
    form = offer_people(PointsForm(request.POST or None), request.user)
    if request.method == "POST" and form.is_valid():
        points = form.cleaned_data["points"]
        add_points(actor=request.user, engagement=found, points=points)
        messages.success(request, _("Saved."))
        return redirect("stakeholders:engagement", found.pk)
    known = Stakeholder.objects.known_to(request.user).filter(engagements=found)
    context = {
        "engagement": found,
        "participants": found.participants.all(),
        "known": set(known.values_list("pk", flat=True)),
        "points": found.points.select_related("owner"),
        "follow_ups": PlannedActivity.objects.visible_to(request.user).filter(springs_from=found),
        "may_change": may_change,
        "form": form,
    }
    return render(request, "stakeholders/log/engagement.html", context)


@require_POST
def point_done(request: Request, point: int) -> HttpResponse:
    """Say that a point is taken care of, or that it is not after all."""
    rows = DiscussionPoint.objects.select_related("engagement__initiative")
    found = get_object_or_404(rows, pk=point)
    is_own = found.owner_id == request.user.pk
    if not is_own and not found.engagement.may_be_changed_by(request.user):
        raise Http404
    finish_point(actor=request.user, point=found, is_done=request.POST.get("done") != "no")
    messages.success(request, _("Saved."))
    if Engagement.objects.visible_to(request.user).filter(pk=found.engagement_id).exists():
        return redirect("stakeholders:engagement", found.engagement_id)
    return redirect("stakeholders:points")
