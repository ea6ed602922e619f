"""What is noted about one stakeholder: each a form of its own, the page before and after it."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from buyin.http import Request
from buyin.methods import takes_form
from buyin.saving import saved
from buyin.stakeholders import actions
from buyin.stakeholders.forms import (
    AssessmentForm,
    ConsentForm,
    InterestForm,
    NewPostForm,
    RelationForm,
)
from buyin.stakeholders.models import Post, Relationship, Stakeholder
from buyin.stakeholders.queries import opened, opened_interest, opened_person
from buyin.stakeholders.queries.plans import with_plans


@takes_form
def assess(request: Request, pk: int, interest: int) -> HttpResponse:
    """Note how a stakeholder stands to an initiative."""
    found = opened_interest(request.user, pk, interest)
    form = AssessmentForm(request.POST or None, initial=AssessmentForm.initial_for(found))
    title = _("How %(name)s stands to “%(initiative)s”") % {
        "name": found.stakeholder,
        "initiative": found.initiative,
    }

    def note(**said: Any) -> Model:
        return actions.assess(actor=request.user, about=found, **said)

    gap = {"interest": found, "assessable": with_plans(request.user, [found])}
    return _noted(request, found.stakeholder, form, note, title, gap)


@takes_form
def post_add(request: Request, pk: int) -> HttpResponse:
    """Note a post that a person holds."""
    found = opened_person(request.user, pk, to_change=True)
    form = NewPostForm(request.POST or None, user=request.user)

    def note(**said: Any) -> Model:
        return actions.add_post(actor=request.user, stakeholder=found, **said)

    return _noted(request, found, form, note, _("A post of %(name)s") % {"name": found})


@require_POST
def post_end(request: Request, pk: int, post: int) -> HttpResponse:
    """Note that a post ends today."""
    found = opened_person(request.user, pk, to_change=True)
    held = get_object_or_404(Post.objects.held(), pk=post, person=found.person)
    actions.end_post(actor=request.user, stakeholder=found, post=held, on=timezone.localdate())
    messages.success(request, _("Saved."))
    return redirect("stakeholders:stakeholder", pk)


@takes_form
def consent(request: Request, pk: int) -> HttpResponse:
    """Note what a person said about being contacted."""
    found = opened_person(request.user, pk, to_change=True)
    form = ConsentForm(request.POST or None)

    def note(**said: Any) -> Model:
        return actions.note_consent(actor=request.user, stakeholder=found, **said)

    return _noted(request, found, form, note, _("May %(name)s be contacted?") % {"name": found})


@takes_form
def take_up(request: Request, pk: int) -> HttpResponse:
    """Put a stakeholder on an initiative's list."""
    found = opened(request.user, pk, to_change=True)
    form = InterestForm(request.POST or None, user=request.user, stakeholder=found)

    def note(**said: Any) -> Model:
        return actions.take_up(actor=request.user, stakeholder=found, **said)

    return _noted(request, found, form, note, _("%(name)s in an initiative") % {"name": found})


@takes_form
def relate(request: Request, pk: int) -> HttpResponse:
    """Note what a stakeholder is to another one."""
    found = opened(request.user, pk, to_change=True)
    form = RelationForm(request.POST or None, user=request.user)

    def note(**said: Any) -> Model:
        return actions.relate(actor=request.user, first=found, **said)

    return _noted(request, found, form, note, _("A relation of %(name)s") % {"name": found})


@require_POST
def relation_end(request: Request, pk: int, relation: int) -> HttpResponse:
    """Note that a relation ends today."""
    found = opened(request.user, pk, to_change=True)
    rows = Relationship.objects.visible_to(request.user).holding()
    held = get_object_or_404(rows, pk=relation, first=found)
    actions.end_relation(actor=request.user, relation=held, on=timezone.localdate())
    messages.success(request, _("Saved."))
    return redirect("stakeholders:stakeholder", pk)


def _noted(
    request: Request,
    stakeholder: Stakeholder,
    form: forms.Form,
    note: Callable[..., Model],
    title: str,
    gap: dict[str, Any] | None = None,
) -> HttpResponse:
    """Show the form, or note what was typed and go back to where somebody came from."""
    back = back_to(request, reverse("stakeholders:stakeholder", args=[stakeholder.pk]))
    if request.method == "POST" and form.is_valid():
        try:
            noted = saved(form, lambda: note(**form.cleaned_data))
        except PermissionDenied as problem:
            raise Http404 from problem
        if noted:
            messages.success(request, _("Saved."))
            return redirect(back)
    context = {"form": form, "stakeholder": stakeholder, "title": title, "back": back, "gap": gap}
    return render(request, "stakeholders/noting.html", context | (gap or {}))


def back_to(request: Request, usual: str) -> str:
    """Return the page of the portal that somebody came from, else the usual one."""
    asked = request.GET.get("back", "")
    if asked.startswith("/") and url_has_allowed_host_and_scheme(asked, allowed_hosts=None):
        return asked
    return usual
