"""The list of people, and one person."""

from typing import Any

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from buyin.accounts.actions import save_person
from buyin.accounts.forms import PersonForm, RoleForm, SearchForm
from buyin.accounts.forms.people import State
from buyin.accounts.models import Department, Role, User
from buyin.accounts.permissions import PEOPLE_READERS, Request, holders_only
from buyin.accounts.queries.people import Search, find_people
from buyin.methods import takes_form

PAGE = 50


@require_safe
@holders_only(*PEOPLE_READERS, anywhere=True)
def people(request: Request) -> HttpResponse:
    """List the people whom this person may look up, by name, department, role and state."""
    departments = list(Department.objects.visible_to(request.user))
    form = SearchForm(request.GET or None, departments=departments)
    asked = form.cleaned_data if form.is_valid() else {}
    state = asked.get("state") or State.OPEN
    search = Search(
        words=asked.get("q", ""),
        department=asked.get("department", ""),
        role=asked.get("role", ""),
        is_active=None if state == State.ALL else state == State.OPEN,
    )
    found = find_people(viewer=request.user, search=search)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    return render(request, "accounts/people.html", {"form": form, "page": page})


@require_safe
def person(request: Request, pk: int) -> HttpResponse:
    """Show one person, and to administrators what they may do there."""
    found = get_object_or_404(User.objects.visible_to(request.user), pk=pk)
    context = {
        "person": found,
        "roles": found.role_assignments.select_related("department"),
        "may_manage": request.user.may_manage(found),
        "form": role_form(request, found) if governs_any(request.user) else None,
    }
    return render(request, "accounts/person.html", context)


@takes_form
@holders_only(Role.ADMINISTRATOR, anywhere=True)
def person_edit(request: Request, pk: int | None = None) -> HttpResponse:
    """Add a person, or change one."""
    found = User() if pk is None else manageable(request, pk)
    form = PersonForm(
        request.POST or None,
        departments=governed(request.user),
        initial=PersonForm.initial_for(found),
    )
    if request.method == "POST" and form.is_valid():
        fields = form.cleaned_data
        if not request.user.governs(fields["department"]):
            form.add_error("department", _("Choose a department that you administer."))
        else:
            try:
                saved = save_and_invite(request, found, fields)
            except ValidationError as problem:
                form.add_error(None, problem)
            else:
                messages.success(request, _("Saved."))
                return redirect("accounts:person", saved.pk)
    context = {"form": form, "person": found, "has_server": bool(settings.MAIL_HOST)}
    return render(request, "accounts/person_edit.html", context)


@transaction.atomic
def save_and_invite(request: Request, person: User, fields: dict[str, Any]) -> User:
    """Save a person; who is new gets a link to set a password, or neither happens.

    So does who was never here and whose address was put right: the first link went elsewhere.
    """
    address = person.email
    saved = save_person(actor=request.user, person=person, **fields)
    never_here = saved.last_login is None and not saved.has_usable_password()
    if never_here and saved.email != address:
        get_adapter(request).invite(saved)
    return saved


def manageable(request: Request, pk: int) -> User:
    """Return a person whose account the viewer may change, or 404."""
    found: User = get_object_or_404(User.objects.visible_to(request.user), pk=pk)
    if not request.user.may_manage(found):
        raise Http404
    return found


def governs_any(user: User) -> bool:
    """Return whether the person administers anything."""
    return user.has_role(Role.ADMINISTRATOR)


def governed(user: User) -> list[Department]:
    """Return the departments that the person administers."""
    if user.holds(Role.ADMINISTRATOR):
        return list(Department.objects.all())
    return list(Department.objects.filter(pk__in=user.department_ids_held(Role.ADMINISTRATOR)))


def role_form(request: Request, person: User) -> RoleForm:
    """Return the form that grants a role, with the departments that the viewer governs."""
    return RoleForm(
        request.POST or None,
        departments=governed(request.user),
        agency=request.user.governs(None),
        prefix="role",
    )
