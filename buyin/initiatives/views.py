"""The agency's AI initiatives: a list, and each with what is asked about it."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from buyin.accounts.models import in_tree_order
from buyin.http import Request

from .actions import save_initiative
from .forms import InitiativeForm
from .models import Initiative


@require_safe
def initiatives(request: Request) -> HttpResponse:
    """List the initiatives that this person may open."""
    found = Initiative.objects.visible_to(request.user)
    context = {
        "initiatives": found.select_related("lead").prefetch_related("departments"),
        "may_add": Initiative().may_be_changed_by(request.user),
    }
    return render(request, "initiatives/list.html", context)


@require_safe
def initiative(request: Request, pk: int) -> HttpResponse:
    """Show what an initiative is for, who takes part, and what is asked about it."""
    found = get_object_or_404(Initiative.objects.visible_to(request.user), pk=pk)
    context = {
        "initiative": found,
        "departments": in_tree_order(found.departments.all()),
        "may_change": found.may_be_changed_by(request.user),
    }
    return render(request, "initiatives/initiative.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def initiative_edit(request: Request, pk: int | None = None) -> HttpResponse:
    """Add an initiative, or change one."""
    visible = Initiative.objects.visible_to(request.user)
    found = Initiative() if pk is None else get_object_or_404(visible, pk=pk)
    if not found.may_be_changed_by(request.user):
        raise Http404
    form = InitiativeForm(request.POST or None, initial=InitiativeForm.initial_for(found))
    if request.method == "POST" and form.is_valid():
        try:
            saved = save_initiative(actor=request.user, initiative=found, **form.cleaned_data)
        except ValidationError as problem:
            form.add_error(None, problem)
        else:
            messages.success(request, _("Saved."))
            return redirect("initiatives:initiative", saved.pk)
    return render(request, "initiatives/edit.html", {"form": form, "pk": pk})
