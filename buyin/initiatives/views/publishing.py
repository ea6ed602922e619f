"""Putting a record into the public register, and taking it out."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from buyin.http import Request
from buyin.initiatives.actions import (
    publish_record,
    reasons_against,
    take_back_record,
    what_is_new,
)
from buyin.initiatives.forms import PublishForm, TakeBackForm
from buyin.initiatives.queries import opened, published_of, record_of
from buyin.methods import takes_form
from buyin.saving import saved

from .record import IN_TAB, record_page


@takes_form
def record_publish(request: Request, pk: int) -> HttpResponse:
    """Show what would become public, and publish it."""
    initiative = opened(request.user, pk, to_change=True)
    found = record_of(initiative)
    published = published_of(found)
    form = PublishForm(
        request.POST or None, initial={"seen": found.revision, "shows_benefits": True}
    )
    if form.is_valid():
        wanted = {"initiative": initiative, **form.cleaned_data}
        if saved(form, lambda: publish_record(actor=request.user, **wanted)):
            messages.success(request, _("Everybody can read it now."))
            return redirect("initiatives:record", pk)
    context = {
        **IN_TAB,
        "initiative": initiative,
        "may_change": True,
        "record": found,
        "published": published,
        "changes": what_is_new(found, published),
        "reasons_against": reasons_against(found),
        "form": form,
    }
    return render(request, "initiatives/record/publish.html", context)


@require_POST
def record_take_back(request: Request, pk: int) -> HttpResponse:
    """Take the record out of the register."""
    initiative = opened(request.user, pk, to_change=True)
    form = TakeBackForm(request.POST)
    if form.is_valid():
        try:
            take_back_record(actor=request.user, initiative=initiative, **form.cleaned_data)
        except ValidationError as problem:
            form.add_error(None, problem)
        else:
            messages.success(request, _("It is out of the register."))
            return redirect("initiatives:record", pk)
    return record_page(request, initiative, take_back_form=form)
