"""Who does what for the deliverables of an initiative."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from buyin.http import Request
from buyin.initiatives.queries import opened as opened_initiative
from buyin.methods import takes_form
from buyin.saving import saved
from buyin.stakeholders.actions import give_part, take_part_away
from buyin.stakeholders.forms import PartForm
from buyin.stakeholders.models import Raci
from buyin.stakeholders.queries import deliverables

from .looks import look_at


@takes_form
def raci(request: Request, pk: int) -> HttpResponse:
    """Show who has which part in each deliverable, and give parts."""
    look = look_at(request, "raci", pk)
    if look is None:
        raise Http404
    context = look.context()
    begun = {name: request.GET[name] for name in ("deliverable", "part") if name in request.GET}
    form = PartForm(request.POST or None, initiative=look.initiative, initial=begun)
    if request.method == "POST" and not context["may_change"]:
        raise Http404
    if request.method == "POST" and form.is_valid():
        part = {"initiative": look.initiative, **form.cleaned_data}
        if saved(form, lambda: give_part(actor=request.user, **part)):
            messages.success(request, _("Saved."))
            return redirect("stakeholders:people-raci", pk)
    found = deliverables(viewer=request.user, initiative=look.initiative)
    return render(
        request, "stakeholders/raci.html", {**context, "deliverables": found, "part_form": form}
    )


@require_POST
def part_away(request: Request, pk: int, part: int) -> HttpResponse:
    """Take a part back."""
    initiative = opened_initiative(request.user, pk, to_change=True)
    found = get_object_or_404(
        Raci.objects.select_related("initiative"), pk=part, initiative=initiative
    )
    take_part_away(actor=request.user, part=found)
    messages.success(request, _("Taken away."))
    return redirect("stakeholders:people-raci", pk)
