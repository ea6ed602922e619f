"""What administrators do to a person's rights. Each is one button, and each is written down."""

from allauth.account.adapter import get_adapter
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from buyin.accounts import actions
from buyin.accounts.models import Role, User
from buyin.accounts.permissions import Request, holders_only

from .people import manageable, role_form


@require_POST
@holders_only(Role.ADMINISTRATOR, anywhere=True)
def grant(request: Request, pk: int) -> HttpResponse:
    """Grant a role to a person whom the viewer may look up, within what the viewer governs."""
    person = get_object_or_404(User.objects.visible_to(request.user), pk=pk)
    form = role_form(request, person)
    if form.is_valid():
        try:
            granted = actions.grant_role(actor=request.user, person=person, **form.cleaned_data)
        except ValidationError as problem:
            form.add_error(None, problem.messages)
        else:
            messages.success(request, _("Granted. %(role)s") % {"role": granted})
            return redirect("accounts:person", pk)
    context = {
        "person": person,
        "roles": person.role_assignments.select_related("department"),
        "may_manage": request.user.may_manage(person),
        "form": form,
    }
    return render(request, "accounts/person.html", context)


@require_POST
@holders_only(Role.ADMINISTRATOR, anywhere=True)
def revoke(request: Request, pk: int, assignment: int) -> HttpResponse:
    """Take a role away from a person."""
    person = get_object_or_404(User.objects.visible_to(request.user), pk=pk)
    held = get_object_or_404(person.role_assignments.select_related("department"), pk=assignment)
    if not request.user.governs(held.department):
        raise Http404
    try:
        actions.revoke_role(actor=request.user, assignment=held)
    except ValidationError as problem:
        messages.error(request, " ".join(problem.messages))
    else:
        messages.success(request, _("Taken away. %(role)s") % {"role": held})
    return redirect("accounts:person", pk)


@require_POST
@holders_only(Role.ADMINISTRATOR, anywhere=True)
def close(request: Request, pk: int) -> HttpResponse:
    """Close an account."""
    try:
        actions.close_account(actor=request.user, person=manageable(request, pk))
    except ValidationError as problem:
        messages.error(request, " ".join(problem.messages))
    else:
        messages.success(request, _("The account is closed, and nobody is signed in with it."))
    return redirect("accounts:person", pk)


@require_POST
@holders_only(Role.ADMINISTRATOR, anywhere=True)
def reopen(request: Request, pk: int) -> HttpResponse:
    """Open a closed account and send its owner a link to set a new password."""
    person = manageable(request, pk)
    with transaction.atomic():
        actions.open_account(actor=request.user, person=person)
        get_adapter(request).invite(person)
    messages.success(request, _("The account is open. A link to set a password goes out by mail."))
    return redirect("accounts:person", pk)


@require_POST
@holders_only(Role.ADMINISTRATOR, anywhere=True)
def forget_factors(request: Request, pk: int) -> HttpResponse:
    """Remove the second factors of somebody who lost them."""
    actions.forget_second_factors(actor=request.user, person=manageable(request, pk))
    messages.success(request, _("The second factors are removed. The password still counts."))
    return redirect("accounts:person", pk)
