"""How long people are kept: who is proposed for removal, legal holds, removals and certificates."""

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from buyin.accounts.models import Role
from buyin.accounts.permissions import holders_only
from buyin.http import Request
from buyin.keys import keys_in
from buyin.methods import takes_form
from buyin.saving import saved
from buyin.stakeholders.actions.erasing import lift_hold, place_hold, remove_due, remove_person
from buyin.stakeholders.forms.retention import HoldForm, WishForm
from buyin.stakeholders.models import Removal, RemovalBasis
from buyin.stakeholders.queries import opened_person
from buyin.stakeholders.queries.retention import counted, due_for_removal, hold_on, with_holds

PAGE = 50
FOR_ADMINISTRATORS = holders_only(Role.ADMINISTRATOR)


@require_safe
@FOR_ADMINISTRATORS
def retention(request: Request) -> HttpResponse:
    """List who is proposed for removal, the longest without a dealing first."""
    page = Paginator(due_for_removal(), PAGE).get_page(request.GET.get("page"))
    days = settings.STAKEHOLDER_KEEP_DAYS
    context = {"page": page, "due": with_holds(list(page.object_list)), "days": days}
    return render(request, "stakeholders/retention/due.html", context)


@require_POST
@FOR_ADMINISTRATORS
def retention_remove(request: Request) -> HttpResponse:
    """Show who is about to be removed; then remove them, all or none."""
    asked = keys_in(request.POST.getlist("chosen"))
    chosen = list(due_for_removal().filter(pk__in=asked))
    if not chosen or len(chosen) != len(set(asked)):
        messages.error(request, _("Tick people who are proposed for removal."))
        return redirect("stakeholders:retention")
    if request.POST.get("confirmed"):
        try:
            made = remove_due(actor=request.user, stakeholders=chosen)
        except ValidationError as problem:
            messages.error(request, " ".join(problem.messages))
            return redirect("stakeholders:retention")
        words = ngettext("%(n)d person was removed.", "%(n)d people were removed.", len(made))
        messages.success(request, words % {"n": len(made)})
        return redirect("stakeholders:certificates")
    return render(request, "stakeholders/retention/remove.html", {"due": with_holds(chosen)})


@require_safe
@FOR_ADMINISTRATORS
def certificates(request: Request) -> HttpResponse:
    """List the certificates of removal, the newest first."""
    rows = Removal.objects.select_related("approved_by")
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "removals": [(one, counted(one)) for one in page]}
    return render(request, "stakeholders/retention/certificates.html", context)


@takes_form
@FOR_ADMINISTRATORS
def hold(request: Request, pk: int) -> HttpResponse:
    """Place a legal hold on a person, or show the one that is there."""
    found = opened_person(request.user, pk)
    form = HoldForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        if saved(form, lambda: place_hold(actor=request.user, stakeholder=found, **typed)):
            messages.success(request, _("Noted. They are kept until the hold is lifted."))
            return redirect("stakeholders:hold", pk)
    there = hold_on(found)
    if there and form.errors:
        messages.error(request, " ".join(map(str, form.non_field_errors())))
    context = {"stakeholder": found, "form": form, "hold": there}
    return render(request, "stakeholders/retention/hold.html", context)


@require_POST
@FOR_ADMINISTRATORS
def hold_lift(request: Request, pk: int) -> HttpResponse:
    """Lift the legal hold on a person; where there is none, none is there afterwards either."""
    if found := hold_on(opened_person(request.user, pk)):
        lift_hold(actor=request.user, hold=found)
    messages.success(request, _("The hold is lifted."))
    return redirect("stakeholders:hold", pk)


@takes_form
@FOR_ADMINISTRATORS
def erase(request: Request, pk: int) -> HttpResponse:
    """Remove a person who asked for it."""
    found = opened_person(request.user, pk)
    form = WishForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        wish = RemovalBasis.WISH
        removed = saved(
            form, lambda: remove_person(actor=request.user, stakeholder=found, basis=wish)
        )
        if removed:
            messages.success(request, _("Removed. This is the certificate."))
            return redirect("stakeholders:certificates")
    context = {"stakeholder": found, "form": form, "hold": hold_on(found)}
    return render(request, "stakeholders/retention/erase.html", context)
