"""Importing people and departments: choose a file, see what will happen, confirm."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from buyin.accounts.actions import apply_roster_file, keep_roster_file
from buyin.accounts.forms import RosterForm
from buyin.accounts.models import Role, RosterFile, RosterKind
from buyin.accounts.permissions import Request, holders_only
from buyin.accounts.queries.roster import plan_roster
from buyin.accounts.roster import DEPARTMENT_COLUMNS, PEOPLE_COLUMNS
from buyin.methods import takes_form
from buyin.spreadsheets import UnreadableError


@takes_form
@holders_only(Role.ADMINISTRATOR)
def upload(request: Request) -> HttpResponse:
    """Take a file, say what is wrong with it as a whole, or lead to its preview."""
    form = RosterForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file, kind = form.cleaned_data["file"], RosterKind(form.cleaned_data["kind"])
        try:
            kept = keep_roster_file(
                actor=request.user, kind=kind, name=file.name, content=file.read()
            )
        except UnreadableError as problem:
            form.add_error("file", str(problem))
        else:
            return redirect("accounts:import-preview", kept.pk)
    columns = [(_("Departments"), DEPARTMENT_COLUMNS), (_("People"), PEOPLE_COLUMNS)]
    return render(request, "accounts/import.html", {"form": form, "columns": columns})


@takes_form
@holders_only(Role.ADMINISTRATOR)
def preview(request: Request, pk: int) -> HttpResponse:
    """Show what a kept file of one's own would change, and change it once it is confirmed."""
    if request.method == "POST":
        try:
            plan = apply_roster_file(file=request.user.roster_files.get(pk=pk))
        except RosterFile.DoesNotExist:
            text = _(
                "This file is not here any more: it was imported, or it waited for over a day."
            )
            messages.info(request, text)
            return redirect("accounts:import")
        counts = {"created": len(plan.created), "updated": len(plan.updated)}
        messages.success(request, _("%(created)d created, %(updated)d updated.") % counts)
        is_people = plan.kind == RosterKind.PEOPLE
        return redirect("accounts:people" if is_people else "accounts:departments")
    kept = get_object_or_404(request.user.roster_files, pk=pk)
    plan = plan_roster(kind=RosterKind(kept.kind), text=kept.text)
    return render(request, "accounts/import_preview.html", {"file": kept, "plan": plan})
