"""The list of stakeholders, the searches kept for it, and changes to several at once."""

from collections.abc import Iterable
from typing import Any, cast
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Page, Paginator
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from buyin.accounts.forms import offer_people
from buyin.accounts.models import Role
from buyin.http import Request
from buyin.keys import keys_in
from buyin.stakeholders.actions import change_many, drop_search, keep_search
from buyin.stakeholders.forms import BulkForm, FindForm, SearchNameForm
from buyin.stakeholders.models import SavedSearch, Stakeholder
from buyin.stakeholders.queries import (
    Search,
    changes_any,
    find,
    for_those_who_work_with_stakeholders,
    may_add,
)
from buyin.stakeholders.queries.listing import ListedInterest, ListedStakeholder, listed
from buyin.stakeholders.queries.plans import with_plans

from .noting import back_to

PAGE = 50


@require_safe
def stakeholders(request: Request) -> HttpResponse:
    """List the stakeholders whom this person works with, by what they look for."""
    for_those_who_work_with_stakeholders(request.user)
    form = FindForm(request.GET or None, viewer=request.user)
    search = form.search
    page = _page(request, search)
    context = {
        "form": form,
        "page": page,
        "assessable": with_plans(request.user, _seen(page)),
        "words": form.words,
        "search": search,
        "kept": SavedSearch.objects.visible_to(request.user),
        "name_form": SearchNameForm(),
        "bulk": BulkForm(prefix="bulk"),
        "may_add": may_add(request.user),
        "may_merge": request.user.leads_agency,
        "may_remove": request.user.holds(Role.ADMINISTRATOR),
        "may_import": request.user.leads_agency,
        "may_change": request.user.leads_agency or changes_any(request.user),
    }
    return render(request, "stakeholders/list.html", context)


@require_POST
def search_keep(request: Request) -> HttpResponse:
    """Keep the search that the list was asked for."""
    for_those_who_work_with_stakeholders(request.user)
    asked = FindForm(QueryDict(request.POST.get("words", "")), viewer=request.user)
    form = SearchNameForm(request.POST)
    if form.is_valid() and asked.words:
        keep_search(actor=request.user, words=asked.words, **form.cleaned_data)
        messages.success(request, _("Kept."))
    else:
        messages.error(request, _("Look for something and give the search a name to keep it."))
    return redirect(_list(asked.words))


@require_POST
def search_drop(request: Request, pk: int) -> HttpResponse:
    """Forget a search."""
    found = get_object_or_404(SavedSearch.objects.visible_to(request.user), pk=pk)
    drop_search(actor=request.user, search=found)
    messages.success(request, _("Forgotten."))
    return redirect("stakeholders:list")


@require_POST
def bulk(request: Request) -> HttpResponse:
    """Show what is about to happen to the stakeholders that were ticked; then do it."""
    for_those_who_work_with_stakeholders(request.user)
    rows = Stakeholder.objects.changeable_by(request.user)
    chosen = list(
        rows.filter(pk__in=keys_in(request.POST.getlist("chosen"))).select_related("department")
    )
    form = offer_people(BulkForm(request.POST, prefix="bulk"), request.user)
    back = back_to(request, reverse("stakeholders:list"))
    if not chosen:
        messages.error(request, _("Tick the stakeholders that are to change."))
        return redirect(back)
    if form.is_valid() and request.POST.get("confirmed"):
        try:
            number = change_many(actor=request.user, stakeholders=chosen, **form.cleaned_data)
        except ValidationError as problem:
            form.add_error(None, problem)
        else:
            words = ngettext("%(n)d changed.", "%(n)d changed.", number) % {"n": number}
            messages.success(request, words)
            return redirect(back)
    context = {"form": form, "chosen": chosen, "back": back}
    return render(request, "stakeholders/bulk.html", context)


def _page(request: Request, search: Search) -> Page[ListedStakeholder]:
    """Return the page that is asked for; only its rows are looked up with what they say."""
    found = find(viewer=request.user, search=search)
    # Words are looked for in each of them: once, and not for the number of pages and then again.
    all_of_them: Any = list(found.values_list("pk", flat=True)) if search.q else found
    page: Any = Paginator(all_of_them, PAGE).get_page(request.GET.get("page"))
    few = page.object_list if search.q else page.object_list.values("pk")
    rows = Stakeholder.objects.filter(pk__in=few).order_by(*found.query.order_by)
    page.object_list = listed(rows, viewer=request.user, initiative=search.initiative)
    return cast("Page[ListedStakeholder]", page)


def _list(words: dict[str, str]) -> str:
    address = reverse("stakeholders:list")
    return f"{address}?{urlencode(words)}" if words else address


def _seen(page: Iterable[ListedStakeholder]) -> list[ListedInterest]:
    """Return how the stakeholders of a page stand."""
    return [interest for one in page for interest in one.seen]
