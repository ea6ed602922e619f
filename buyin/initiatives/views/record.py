"""The AI system record of an initiative: read by group, filled in a page a group, and its versions."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from buyin.http import Request
from buyin.initiatives.actions import (
    ChangedMeanwhileError,
    Edit,
    reasons_against,
    review_record,
    save_record,
)
from buyin.initiatives.forms import RecordForm, ReviewForm, TakeBackForm
from buyin.initiatives.models import Initiative, RecordVersion
from buyin.initiatives.queries import facts_for, opened, published_of, record_of, steps_of
from buyin.initiatives.queries.record_rows import ahead_of, sections_of
from buyin.initiatives.record import BY_NAME, GROUPS, Group
from buyin.methods import takes_form
from buyin.reading import read
from buyin.saving import saved

PAGE = 20
HALF_A_YEAR = timedelta(days=182)
IN_TAB: dict[str, Any] = {"in_tab": "initiatives:record"}


@require_safe
def record(request: Request, pk: int) -> HttpResponse:
    """Show what the record says, what is missing in it, and what readers get."""
    return record_page(request, opened(request.user, pk))


def record_page(request: Request, initiative: Initiative, **forms: Any) -> HttpResponse:
    """Show the record with what somebody typed and has to mend."""
    found = record_of(initiative)
    may_change = initiative.may_be_changed_by(request.user)
    context = {
        **IN_TAB,
        "initiative": initiative,
        "may_change": may_change,
        "record": found,
        "sections": sections_of(found),
        "share": found.completeness,
        "missing": found.missing(),
        "ahead": ahead_of(found, request.GET.get("for", "")),
        "published": published_of(found),
        "reasons_against": reasons_against(found) if may_change else [],
        "facts": facts_for(found) if may_change else [],
        "review_form": ReviewForm(initial={"next_due": timezone.localdate() + HALF_A_YEAR}),
        "take_back_form": TakeBackForm(),
    }
    return render(request, "initiatives/record/record.html", context | forms)


@takes_form
def record_group(request: Request, pk: int, group: str) -> HttpResponse:
    """Fill in one group of the record's fields."""
    initiative = opened(request.user, pk, to_change=True)
    chosen = _group(group)
    form = RecordForm(chosen, record_of(initiative), request.POST or None)
    if form.is_valid() and _saved(request, initiative, form):
        messages.success(request, _("Saved."))
        following = GROUPS.index(chosen) + 1
        if "next" in request.POST and following < len(GROUPS):
            return redirect("initiatives:record-group", pk, GROUPS[following].name)
        return redirect("initiatives:record", pk)
    context = {
        **IN_TAB,
        "initiative": initiative,
        "may_change": True,
        "form": form,
        "group": chosen,
        "groups": GROUPS,
        "is_last": chosen == GROUPS[-1],
    }
    return render(request, "initiatives/record/group.html", context)


def _group(name: str) -> Group:
    for group in GROUPS:
        if group.name == name:
            return group
    raise Http404


def _saved(request: Request, initiative: Initiative, form: RecordForm) -> bool:
    """Save what was typed; where that is refused, let the form say why."""
    try:
        save_record(actor=request.user, initiative=initiative, edit=form.edit())
    except ChangedMeanwhileError as error:
        form.again(error)
    except ValidationError as problem:
        form.add_error(None, problem.messages)
    else:
        return True
    return False


@require_safe
def record_versions(request: Request, pk: int) -> HttpResponse:
    """List the versions of the record, each with what it changed."""
    initiative = opened(request.user, pk)
    found = record_of(initiative)
    rows = RecordVersion.objects.select_related("by")
    versions = rows.filter(record=found) if found.pk else rows.none()
    page = Paginator(versions, PAGE).get_page(request.GET.get("page"))
    shown = list(page.object_list)
    older = versions.filter(number__lt=shown[-1].number).first() if shown else None
    context = {
        **IN_TAB,
        "initiative": initiative,
        "may_change": initiative.may_be_changed_by(request.user),
        "page": page,
        "steps": steps_of(shown, older),
    }
    return render(request, "initiatives/record/versions.html", context)


@require_POST
def record_review(request: Request, pk: int) -> HttpResponse:
    """Note that the record was looked through, and when to look again."""
    initiative = opened(request.user, pk, to_change=True)
    form = ReviewForm(request.POST)
    if form.is_valid():
        wanted = {"initiative": initiative, **form.cleaned_data}
        if saved(form, lambda: review_record(actor=request.user, **wanted)):
            messages.success(request, _("Noted."))
            return redirect("initiatives:record", pk)
    return record_page(request, initiative, review_form=form)


@require_POST
def record_fact(request: Request, pk: int) -> HttpResponse:
    """Take over something that the portal knows."""
    initiative = opened(request.user, pk, to_change=True)
    found = record_of(initiative)
    # Browsers end the lines of a text in a way of their own.
    sent = (request.POST.get("name"), request.POST.get("value", "").replace("\r\n", "\n"))
    fact = next((one for one in facts_for(found) if (one.name, one.value) == sent), None)
    if fact is None:
        messages.info(request, _("The record says so already."))
        return redirect("initiatives:record", pk)
    value = fact.added_to(found.values.get(fact.name))
    edit = Edit(values={fact.name: value}, redactions={}, seen=found.revision, note=fact.why)
    try:
        save_record(actor=request.user, initiative=initiative, edit=edit)
    except ChangedMeanwhileError as error:
        messages.error(request, str(error))
    except ValidationError as problem:
        messages.error(request, " ".join(problem.messages))
    else:
        messages.success(request, _("Taken over."))
    address = reverse("initiatives:record-group", args=[pk, fact.field.group])
    return redirect(f"{address}#id_{fact.name}")


@require_POST
def record_meter(request: Request, name: str) -> HttpResponse:
    """Say how plainly a text reads while it is typed."""
    if name not in BY_NAME:
        raise Http404
    text = request.POST.get(name, "")
    reading = read(text, get_language() or "") if text.strip() else None
    return render(request, "initiatives/record/_meter.html", {"reading": reading})
