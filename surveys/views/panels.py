"""Pages on which coordinators and leads keep named lists of people."""

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from buyin.accounts.models import User
from buyin.http import Request
from buyin.methods import takes_form
from surveys.actions import panels as actions
from surveys.forms.panels import AddPeopleForm, PanelForm
from surveys.models import Panel
from surveys.models.panels import keeps_panels
from surveys.queries.panels import people_named, with_sizes

PAGE = 50


@require_safe
def panel_list(request: Request) -> HttpResponse:
    """List the panels that this person may see, each with its size."""
    if not keeps_panels(request.user):
        raise Http404
    found = with_sizes(Panel.objects.visible_to(request.user))
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    return render(request, "surveys/panels/list.html", {"page": page})


@takes_form
def panel_create(request: Request) -> HttpResponse:
    """Make a panel and lead to the page where people are added."""
    if not keeps_panels(request.user):
        raise Http404
    form = PanelForm(request.POST or None)
    if form.is_valid():
        panel = actions.create_panel(owner=request.user, **form.cleaned_data)
        return redirect("surveys:panel", panel.pk)
    return render(request, "surveys/panels/create.html", {"form": form})


@takes_form
def panel(request: Request, pk: int) -> HttpResponse:
    """Show who is in a panel; on POST, add people by their addresses."""
    found = panel_of(request, pk)
    form = AddPeopleForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        unknown = _add(request, found, form)
        if not unknown:
            return redirect("surveys:panel", pk)
        form = form.with_left(unknown)
    sized, page = with_sizes(Panel.objects.filter(pk=pk)).get(), _people(request, found)
    hidden = sized.size + sized.closed - page.paginator.count
    context = {"panel": sized, "form": form, "page": page, "hidden": hidden}
    return render(request, "surveys/panels/panel.html", context)


@takes_form
def panel_rename(request: Request, pk: int) -> HttpResponse:
    """Change what a panel is called and what it is for."""
    found = panel_of(request, pk)
    form = PanelForm(request.POST or None, initial={"name": found.name, "purpose": found.purpose})
    if form.is_valid():
        actions.rename_panel(panel=found, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("surveys:panel", pk)
    return render(request, "surveys/panels/rename.html", {"form": form, "panel": found})


@require_POST
def panel_remove(request: Request, pk: int, person: int) -> HttpResponse:
    """Take one person out of a panel."""
    found = panel_of(request, pk)
    leaving = get_object_or_404(found.people.visible_to(request.user), pk=person)
    actions.take_from_panel(panel=found, person=leaving)
    messages.success(request, _("%(name)s is no longer in it.") % {"name": leaving})
    return redirect("surveys:panel", pk)


@takes_form
def panel_delete(request: Request, pk: int) -> HttpResponse:
    """Ask whether to delete a panel; on POST, delete it."""
    found = panel_of(request, pk)
    if request.method == "POST":
        actions.delete_panel(panel=found)
        messages.success(request, _("The panel is deleted."))
        return redirect("surveys:panels")
    return render(request, "surveys/panels/delete.html", {"panel": found})


def panel_of(request: Request, pk: int) -> Panel:
    """Return a panel that this person may see, or answer 404."""
    found: Panel = get_object_or_404(Panel.objects.visible_to(request.user), pk=pk)
    return found


def _people(request: Request, panel: Panel) -> Page[User]:
    """Return a page of those in a panel whom this person may still look up."""
    people = panel.people.visible_to(request.user).select_related("department")
    paginator = Paginator(people.order_by("name", "email"), PAGE)
    return paginator.get_page(request.GET.get("page"))


def _add(request: Request, panel: Panel, form: AddPeopleForm) -> list[str]:
    """Add the people who can be added, say how many, and return the addresses of nobody."""
    named = people_named(form.cleaned_data["found"].addresses, request.user)
    added = actions.add_to_panel(panel=panel, people=named.people)
    words = ngettext("%(n)d person was added.", "%(n)d people were added.", added)
    said = [words % {"n": added}]
    there = len(named.people) - added + form.cleaned_data["found"].repeated
    if there:
        words = ngettext("%(n)d was there already.", "%(n)d were there already.", there)
        said.append(words % {"n": there})
    if named.people:
        messages.success(request, " ".join(said))
    return named.unknown
