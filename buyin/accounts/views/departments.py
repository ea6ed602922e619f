"""The department tree."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from buyin.accounts.actions import save_department
from buyin.accounts.forms import DepartmentForm
from buyin.accounts.models import Department, Role
from buyin.accounts.models.departments import LOOKING_ROLES
from buyin.accounts.permissions import Request, holders_only
from buyin.accounts.queries.people import department_tree
from buyin.methods import takes_form


@require_safe
@holders_only(*LOOKING_ROLES, anywhere=True)
def departments(request: Request) -> HttpResponse:
    """Show the departments that this person may look into as a tree, with heads and sizes."""
    tree = department_tree(viewer=request.user)
    context = {"tree": tree, "may_edit": request.user.holds(Role.ADMINISTRATOR)}
    return render(request, "accounts/departments.html", context)


@takes_form
@holders_only(Role.ADMINISTRATOR)
def department_edit(request: Request, code: str = "") -> HttpResponse:
    """Add a department, or change one."""
    found = get_object_or_404(Department, code=code) if code else Department()
    form = DepartmentForm(
        request.POST or None,
        departments=list(Department.objects.all()),
        initial=DepartmentForm.initial_for(found),
    )
    if request.method == "POST" and form.is_valid():
        try:
            save_department(actor=request.user, department=found, **form.cleaned_data)
        except ValidationError as problem:
            form.add_error(None, problem)
        else:
            messages.success(request, _("Saved."))
            return redirect("accounts:departments")
    context = {"form": form, "is_new": not code}
    return render(request, "accounts/department_edit.html", context)
