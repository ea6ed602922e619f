"""What is done about a need: said, changed, done or taken away by who takes care of it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from buyin.http import Request
from surveys.actions import needs as actions
from surveys.actions.refusals import ChangedMeanwhileError, RefusedError
from surveys.forms.needs import RemedyEditForm, RemedyForm
from surveys.models import Remedy

from .needs import back_to, need_page, told, worked_on


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


@require_http_methods(["GET", "HEAD", "POST"])
def remedy_edit(request: Request, pk: int, remedy: int) -> HttpResponse:
    """Say otherwise what is done about a need, or until when."""
    found = worked_on(request, pk)
    chosen = get_object_or_404(found.remedies, pk=remedy)
    chosen.need = found
    initial = RemedyEditForm.initial_of(chosen)
    form = RemedyEditForm(request.POST or None, initial=initial)
    if form.is_valid() and _saved(request, chosen, form):
        messages.success(request, _("Saved."))
        return back_to(found)
    context = {"form": form, "need": found, "remedy": chosen}
    return render(request, "surveys/needs/remedy.html", context)


def _saved(request: Request, chosen: Remedy, form: RemedyEditForm) -> bool:
    """Save what is done; where somebody else was first, let the form say so."""
    revision = form.cleaned_data["revision"]
    try:
        actions.change_remedy(remedy=form.changed(chosen), revision=revision, by=request.user)
    except ChangedMeanwhileError as error:
        chosen.refresh_from_db()
        form.again(chosen, error, RemedyEditForm.initial_of(chosen))
    except RefusedError as error:
        form.add_error(None, str(error))
    else:
        return True
    return False


@require_POST
def remedy_remove(request: Request, pk: int, remedy: int) -> HttpResponse:
    """Take away what is not done about a need after all."""
    found = worked_on(request, pk)
    chosen = get_object_or_404(found.remedies, pk=remedy)
    chosen.need = found
    with told(request, _("Taken away.")):
        actions.remove_remedy(remedy=chosen)
    return back_to(found)
