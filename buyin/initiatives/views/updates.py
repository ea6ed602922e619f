"""Updates of an initiative: read by everybody whom it concerns, written by who leads it."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from buyin.editing import held
from buyin.http import Request
from buyin.initiatives.actions import change_update, publish_update
from buyin.initiatives.forms import UpdateForm
from buyin.initiatives.models import Initiative
from buyin.initiatives.queries import opened
from buyin.methods import takes_form
from buyin.saving import saved

PAGE = 20


@never_cache
@takes_form
def updates(request: Request, pk: int) -> HttpResponse:
    """Show what was told, the newest first, and let those who may tell more."""
    posts = request.method == "POST"
    found = opened(request.user, pk, to_change=posts)
    may_change = posts or found.may_be_changed_by(request.user)
    form = UpdateForm(request.POST or None) if may_change else None
    if posts and form and form.is_valid() and _published(request, found, form):
        return redirect("initiatives:updates", pk)
    told = found.updates.select_related("by")
    context = {
        "initiative": found,
        "may_change": may_change,
        "form": form,
        "page": Paginator(told, PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "initiatives/updates.html", context)


def _published(request: Request, initiative: Initiative, form: UpdateForm) -> bool:
    """Publish what was typed; where that is refused, the form says why."""
    told = {"initiative": initiative, **form.cleaned_data}
    if not saved(form, lambda: publish_update(actor=request.user, **told)):
        return False
    messages.success(request, _("Published. It will stand in the next weekly report, too."))
    return True


@takes_form
@transaction.atomic
def update_edit(request: Request, pk: int, row: int) -> HttpResponse:
    """Put an update right."""
    found = opened(request.user, pk, to_change=True)
    rows = held(found.updates.all(), is_sent=request.method == "POST")
    update = get_object_or_404(rows, pk=row)
    form = UpdateForm(request.POST or None, initial=UpdateForm.initial_for(update), record=update)
    if request.method == "POST" and form.is_valid():
        title, text = form.cleaned_data["title"], form.cleaned_data["text"]
        change_update(actor=request.user, update=update, title=title, text=text)
        messages.success(request, _("Saved."))
        return redirect("initiatives:updates", pk)
    context = {"initiative": found, "form": form, "in_tab": "initiatives:updates"}
    context["may_change"] = True
    return render(request, "initiatives/update_edit.html", context)
