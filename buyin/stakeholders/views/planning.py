"""One planned activity: proposed, planned, changed, and closed with what happened."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from buyin.accounts.forms import offer_people
from buyin.editing import held
from buyin.fatigue import DAYS
from buyin.http import Request
from buyin.initiatives.models import Initiative
from buyin.keys import key_in
from buyin.methods import takes_form
from buyin.saving import saved
from buyin.stakeholders.actions import (
    change_activity,
    close_activity,
    drop_activity,
    plan_activity,
)
from buyin.stakeholders.forms.planning import (
    ActivityEditForm,
    CloseForm,
    DropForm,
    PlanForm,
)
from buyin.stakeholders.forms.proposals import proposal_for, touch_for
from buyin.stakeholders.models import Engagement, Interest, PlannedActivity, Stakeholder
from buyin.stakeholders.queries.engagements import likely
from buyin.stakeholders.queries.fatigue import tired_of
from buyin.stakeholders.queries.plans import interests_in, tied_to

from .noting import back_to


@takes_form
def plan_add(request: Request) -> HttpResponse:
    """Plan something; for a gap that the address names it is proposed, and all can be changed."""
    user = request.user
    theirs = Stakeholder.objects.changeable_by(user)
    if not theirs.exists():
        raise Http404
    first = theirs.filter(pk=key_in(request.GET.get("stakeholder")) or 0).first()
    opens = Initiative.objects.visible_to(user)
    initiative = opens.filter(pk=key_in(request.GET.get("initiative")) or 0).first()
    initial, why = _begun(request, first, initiative)
    shown = likely(user, initiative=initiative, first=first.pk if first else None, among=theirs)
    form = PlanForm(request.POST or None, user=user, likely=shown, initial=initial)
    offer_people(form, user)
    back = back_to(request, reverse("stakeholders:plan"))
    if request.method == "POST" and form.is_valid() and _planned(request, form):
        return redirect(back)
    context = {"form": form, "why": why, "stakeholder": first, "back": back}
    context |= {"tired": tired_of(shown), "days": DAYS}
    return render(request, "stakeholders/plan/add.html", context)


def _begun(
    request: Request, first: Stakeholder | None, initiative: Initiative | None
) -> tuple[dict[str, Any], Any]:
    """Return what the form begins with: a proposal where there is a gap, and why."""
    gaps = Interest.objects.changeable_by(request.user).behind()
    gap = gaps.filter(stakeholder=first, initiative=initiative).select_related(
        "stakeholder__owner", "initiative__lead"
    )
    if first and initiative and (found := gap.first()):
        return proposal_for(found, request.user)
    begun: dict[str, Any] = {"initiative": initiative}
    if first:
        begun |= {"participants": [first.pk], "cadence": first.cadence}
    if first and first.cadence:
        return begun | touch_for(first, request.user), _("Somebody is to be in touch with them.")
    return begun, ""


def _planned(request: Request, form: PlanForm) -> bool:
    typed = dict(form.cleaned_data)
    typed["stakeholders"] = typed.pop("participants")
    try:
        made = saved(form, lambda: plan_activity(actor=request.user, **typed))
    except PermissionDenied as problem:
        raise Http404 from problem
    if made is None:
        return False
    messages.success(
        request,
        _("Planned for %(day)s. It waits for %(who)s.")
        % {"day": date_format(made.due_on), "who": made.owner},
    )
    return True


def readable(
    request: Request, pk: int, *, to_change: bool = False, is_sent: bool = False
) -> PlannedActivity:
    """Return an activity that this person may read, or change; Http404 where there is none.

    It is held where its own form is sent.
    """
    rows = PlannedActivity.objects
    found = rows.changeable_by(request.user) if to_change else rows.visible_to(request.user)
    related = found.select_related("initiative__lead", "owner", "closed_by", "planned_by")
    activity: PlannedActivity = get_object_or_404(held(related, is_sent=is_sent), pk=pk)
    return activity


@require_safe
def activity(request: Request, pk: int) -> HttpResponse:
    """Show one activity: with whom, what for, and what came of it."""
    found = readable(request, pk)
    user = request.user
    people = found.stakeholders.all()
    opened = Stakeholder.objects.visible_to(user).filter(pk__in=people.order_by().values("pk"))
    context = {
        "activity": found,
        "people": people,
        "opened": set(opened.values_list("pk", flat=True)),
        "opens_initiative": Initiative.objects.visible_to(user)
        .filter(pk=found.initiative_id or 0)
        .exists(),
        "may_change": found.is_open and found.may_be_changed_by(user),
        "series": PlannedActivity.objects.filter(follows=found).first(),
        "engagement": _engagement_read(request, found.engagement_id),
        "springs_from": _engagement_read(request, found.springs_from_id),
    }
    return render(request, "stakeholders/plan/activity.html", context)


def _engagement_read(request: Request, pk: int | None) -> Engagement | None:
    """Return an engagement that this person may read, None where there is none or they may not."""
    return Engagement.objects.visible_to(request.user).filter(pk=pk).first() if pk else None


@takes_form
@transaction.atomic
def activity_edit(request: Request, pk: int) -> HttpResponse:
    """Change what is planned; whoever did not see the newest state is told."""
    found = readable(request, pk, to_change=True, is_sent=request.method == "POST")
    if not found.is_open:
        return _closed_already(request, found)
    initial = ActivityEditForm.initial_for(found)
    form = ActivityEditForm(request.POST or None, initial=initial, record=found)
    offer_people(form, request.user)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        if saved(form, lambda: change_activity(actor=request.user, activity=found, **typed)):
            messages.success(request, _("Saved."))
            return redirect("stakeholders:activity", pk)
    context = {"activity": found, "form": form, "heading": _("Change what is planned")}
    return render(request, "stakeholders/plan/change.html", context)


@takes_form
def activity_close(request: Request, pk: int) -> HttpResponse:
    """Say what happened, and in the same step, for who likes, how people stand now."""
    found = readable(request, pk, to_change=True)
    form = CloseForm(
        request.POST or None,
        activity=found,
        logged=tied_to(request.user, found),
        interests=list(interests_in(request.user, found)),
    )
    if request.method != "POST" and not found.is_open:
        return _closed_already(request, found)
    if request.method == "POST" and form.is_valid() and (closed := _closed(request, found, form)):
        messages.success(request, _done_words(closed))
        return redirect("stakeholders:activity", pk)
    return render(request, "stakeholders/plan/close.html", {"activity": found, "form": form})


def _closed(request: Request, found: PlannedActivity, form: CloseForm) -> PlannedActivity | None:
    return saved(
        form,
        lambda: close_activity(
            actor=request.user,
            activity=found,
            outcome=form.outcome,
            made_by_form=form.cleaned_data["made_by_form"],
        ),
    )


def _done_words(closed: PlannedActivity) -> str:
    following = PlannedActivity.objects.filter(follows=closed).first()
    if following is None:
        return _("Noted.")
    return _("Noted. The next one is planned for %(day)s.") % {"day": date_format(following.due_on)}


@takes_form
def activity_drop(request: Request, pk: int) -> HttpResponse:
    """Say that it will not happen, and why."""
    found = readable(request, pk, to_change=True)
    form = DropForm(request.POST or None, activity=found)
    if request.method != "POST" and not found.is_open:
        return _closed_already(request, found)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        if saved(form, lambda: drop_activity(actor=request.user, activity=found, **typed)):
            messages.success(request, _("Dropped. The reason stays readable."))
            return redirect("stakeholders:activity", pk)
    context: dict[str, Any] = {"activity": found, "form": form, "heading": _("Drop it")}
    return render(request, "stakeholders/plan/change.html", context)


def _closed_already(request: Request, found: PlannedActivity) -> HttpResponse:
    messages.info(request, _("This is closed already."))
    return redirect("stakeholders:activity", found.pk)
