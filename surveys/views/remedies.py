"""What is done about a need: said, changed, done or taken away by who takes care of it."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from buyin.http import Request
from buyin.methods import takes_form
from surveys.actions import needs as actions
from surveys.forms.needs import RemedyEditForm, RemedyForm

from .needs import back_to, need_page, told, worked_on
from .saving import saved


@require_POST
def need_remedy(request: Request, pk: int) -> HttpResponse:
    """Say what is done about a need."""
    found = worked_on(request, pk)
    form = RemedyForm(request.POST, prefix="remedy")
    if not form.is_valid():
        return need_page(request, found, remedy_form=form)
    with told(request, _("Added. Everybody reads it under “What people need”.")):
        actions.add_remedy(remedy=form.remedy(found))
    return back_to(found)


@require_POST
def need_done(request: Request, pk: int, remedy: int) -> HttpResponse:
    """Note that something has been done."""
    found = worked_on(request, pk)
    chosen = get_object_or_404(found.remedies, pk=remedy)
    with told(request, _("Done.")):
        actions.finish_remedy(remedy=chosen)
    return back_to(found)


@takes_form
def remedy_edit(request: Request, pk: int, remedy: int) -> HttpResponse:
    """Say otherwise what is done about a need, or until when."""
    found = worked_on(request, pk)
    chosen = get_object_or_404(found.remedies, pk=remedy)
    chosen.need = found

    def shown() -> dict[str, Any]:
        return RemedyEditForm.initial_of(chosen)

    def save(revision: int) -> None:
        actions.change_remedy(remedy=form.changed(chosen), revision=revision, by=request.user)

    form = RemedyEditForm(request.POST or None, initial=shown())
    if form.is_valid() and saved(form, chosen, save, shown=shown):
        messages.success(request, _("Saved."))
        return back_to(found)
    context = {"form": form, "need": found, "remedy": chosen}
    return render(request, "surveys/needs/remedy.html", context)


@require_POST
def remedy_remove(request: Request, pk: int, remedy: int) -> HttpResponse:
    """Take away what is not done about a need after all."""
    found = worked_on(request, pk)
    chosen = get_object_or_404(found.remedies, pk=remedy)
    chosen.need = found
    with told(request, _("Taken away.")):
        actions.remove_remedy(remedy=chosen)
    return back_to(found)
