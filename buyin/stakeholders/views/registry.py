"""One stakeholder: their page, and adding, changing and archiving them."""

from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Min
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from buyin.accounts.forms import offer_people
from buyin.accounts.models import Role
from buyin.accounts.queries.history import in_words
from buyin.http import Request
from buyin.initiatives.models import Initiative
from buyin.initiatives.queries import opened as opened_initiative
from buyin.keys import key_in
from buyin.methods import takes_form
from buyin.saving import saved
from buyin.stakeholders.actions import archive, save_stakeholder
from buyin.stakeholders.actions.registry import keeps_all
from buyin.stakeholders.forms import NEW_FORMS, DayForm, StakeholderForm, form_for
from buyin.stakeholders.models import Assessment, Interest, Relationship, Stakeholder
from buyin.stakeholders.queries import (
    Search,
    find,
    may_add,
    opened,
    relations_of,
    shown,
    time_line,
)
from buyin.stakeholders.queries.changes import changes_of
from buyin.stakeholders.queries.fatigue import contacts_of
from buyin.stakeholders.queries.ledger import ledgers_of
from buyin.stakeholders.queries.merges import kept_instead
from buyin.stakeholders.queries.plans import with_plans
from buyin.stakeholders.queries.representation import fitting

CHANGES = 50  # on a page
FOUND = 10  # of those who are in the list already
LONGEST_WORDS = 100
ASKED = ("initiative", "category", "department")  # what the form for a new one begins with


def led_on(view: Callable[[Request, int], HttpResponse]) -> Callable[[Request, int], HttpResponse]:
    """Let the address of one who was merged lead to the one into whom they were."""

    @wraps(view)
    def answer(request: Request, pk: int) -> HttpResponse:
        try:
            return view(request, pk)
        except Http404:
            if kept := kept_instead(request.user, pk):
                return redirect("stakeholders:stakeholder", kept)
            raise

    return answer


@require_safe
@led_on
def stakeholder(request: Request, pk: int) -> HttpResponse:
    """Show one stakeholder: who it is, how they stand, and everything that is noted."""
    found = opened(request.user, pk)
    viewer = request.user
    rows = Interest.objects.visible_to(viewer).filter(stakeholder=found)
    interests = list(rows.select_related("initiative", "stakeholder__person"))
    is_known = Stakeholder.objects.known_to(viewer).filter(pk=pk).exists()
    relations = relations_of(viewer=viewer, stakeholder=found)
    context = {
        "stakeholder": found,
        "posts": found.person.posts.select_related("department", "organisation")
        if found.person
        else (),
        "interests": interests,
        "assessable": with_plans(viewer, interests),
        "relations": relations,
        "events": time_line(viewer=viewer, stakeholder=found),
        "may_merge": viewer.leads_agency,
        "may_remove": found.person is not None and viewer.holds(Role.ADMINISTRATOR),
        "may_change": Stakeholder.objects.changeable_by(viewer).filter(pk=pk).exists(),
        "is_known": is_known,
    }
    if is_known:
        context |= _evidence(request, found, relations)
    return render(request, "stakeholders/stakeholder.html", context)


def _evidence(
    request: Request, found: Stakeholder, relations: Sequence[Relationship]
) -> dict[str, Any]:
    """Return what stands beside the levels, as of the day that is asked for, and recent contact."""
    form = DayForm(request.GET or None)
    day = form.asked
    today = timezone.localdate()
    readable = Interest.objects.visible_to(request.user).filter(stakeholder=found).order_by()
    noted = Assessment.objects.filter(about__in=readable.values("pk"))
    return {
        "ledgers": ledgers_of(request.user, found, day),
        "holding": sum(one.holds_on(day or today) for one in relations),
        "contact": contacts_of([found])[found.pk],
        "day_form": DayForm(initial={"day": day or today}),
        "day": day,
        "today": today,
        "first_day": noted.aggregate(first=Min("assessed_on"))["first"],
    }


@require_safe
def add(request: Request) -> HttpResponse:
    """Ask who it is: somebody who is in the list already, or a new person, organisation or group."""
    initiative = _for_initiative(request)
    words = request.GET.get("q", "").strip()[:LONGEST_WORDS]
    kept = {name: value for name, value in request.GET.items() if name in ASKED}
    context = {"initiative": initiative, "words": words, "kept": kept}
    if words or (initiative and kept.keys() - {"initiative"}):
        context |= _in_the_list(request, words, initiative)
    return render(request, "stakeholders/add.html", context)


def _in_the_list(request: Request, words: str, initiative: Initiative | None) -> dict[str, Any]:
    """Return who is in the list by these words, and which of them may be put on an initiative's.

    Without words, it is who fits what the address asks for and is not on the initiative's list yet.
    """
    if words or not initiative:
        known = find(viewer=request.user, search=Search(q=words))
    else:
        department = key_in(request.GET.get("department"))
        category = request.GET.get("category", "")
        known = fitting(request.user, initiative, category=category, department=department)
    asked = str(initiative.pk) if initiative else ""
    rows = list(shown(known[: FOUND + 1], viewer=request.user, initiative=asked))
    mine = Stakeholder.objects.changeable_by(request.user).filter(pk__in=[one.pk for one in rows])
    changeable = set(mine.order_by().values_list("pk", flat=True))
    return {"found": rows[:FOUND], "has_more": len(rows) > FOUND, "changeable": changeable}


@takes_form
def add_one(request: Request, kind: str) -> HttpResponse:
    """Add a person, an organisation or a group."""
    initiative = _for_initiative(request)
    if kind not in NEW_FORMS:
        raise Http404
    asked = NEW_FORMS[kind].initial_asked(request.GET)
    needs_place = initiative is None and not keeps_all(request.user)
    form = NEW_FORMS[kind](
        request.POST or None, user=request.user, initial=asked, needs_place=needs_place
    )
    offer_people(form, request.user)
    new = Stakeholder(**{kind: form.party()})
    is_said = request.method == "POST" and form.is_valid()
    if is_said and (saved := _saved(request, new, form, initiative)):
        return _after_adding(request, saved, initiative)
    context = {"form": form, "kind": kind, "initiative": initiative}
    return render(request, "stakeholders/add_one.html", context)


def _after_adding(
    request: Request, added: Stakeholder, initiative: Initiative | None
) -> HttpResponse:
    """Lead back to the list that somebody was added to, or to the record, also of a namesake."""
    namesakes = Stakeholder.objects.known_to(request.user).current().exclude(pk=added.pk)
    if namesakes.filter(name__iexact=added.name).exists():
        warning = _("Added, but the list has another “%(name)s”. If it is the same, keep only one.")
        messages.warning(request, warning % {"name": added.name})
    elif initiative:
        said = {"name": added.name, "initiative": initiative}
        messages.success(request, _("%(name)s is on the list of “%(initiative)s” now.") % said)
        is_missing = bool(request.GET.get("category"))
        look = "stakeholders:people-represented" if is_missing else "stakeholders:people"
        return redirect(look, initiative.pk)
    else:
        messages.success(request, _("Added."))
    return redirect("stakeholders:stakeholder", added.pk)


@takes_form
@transaction.atomic
def edit(request: Request, pk: int) -> HttpResponse:
    """Change who a stakeholder is and how to stay in touch."""
    found = opened(request.user, pk, to_change=True, is_sent=request.method == "POST")
    kind = form_for(found)
    initial = kind.initial_for(found)
    form = kind(request.POST or None, user=request.user, initial=initial, record=found)
    offer_people(form, request.user)
    if request.method == "POST" and form.is_valid() and _saved(request, found, form, None):
        messages.success(request, _("Saved."))
        return redirect("stakeholders:stakeholder", found.pk)
    title = str(found)
    found.refresh_from_db(fields=["name"])
    return render(
        request, "stakeholders/edit.html", {"form": form, "stakeholder": found, "title": title}
    )


@require_POST
def archiving(request: Request, pk: int) -> HttpResponse:
    """Archive a stakeholder, or bring one back: what is asked, however often it is sent."""
    found = opened(request.user, pk, to_change=True)
    archived = request.POST.get("archived") == "yes"
    archive(actor=request.user, stakeholder=found, archived=archived)
    messages.success(request, _("Archived.") if archived else _("Brought back."))
    return redirect("stakeholders:stakeholder", pk)


def _saved(
    request: Request,
    stakeholder: Stakeholder,
    form: StakeholderForm,
    initiative: Initiative | None,
) -> Stakeholder | None:
    """Save what was typed; None, with the reason in the form, where that is refused."""
    said = {"stakeholder": stakeholder, "initiative": initiative, **form.said}
    return saved(form, lambda: save_stakeholder(actor=request.user, **said))


def _for_initiative(request: Request) -> Initiative | None:
    """Return the initiative for whose list somebody adds a stakeholder; 404 where they may not."""
    asked = key_in(request.GET.get("initiative"))
    if asked is not None:
        return opened_initiative(request.user, asked, to_change=True)
    if not may_add(request.user):
        raise Http404
    return None


@require_safe
def changes(request: Request, pk: int) -> HttpResponse:
    """List who changed what on one stakeholder, the newest first."""
    found = opened(request.user, pk, to_change=True)
    entries = changes_of(found, viewer=request.user)
    page = Paginator(entries, CHANGES).get_page(request.GET.get("page"))
    context = {"stakeholder": found, "page": page, "lines": in_words(page)}
    return render(request, "stakeholders/changes.html", context)
