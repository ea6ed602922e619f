"""Stakeholders that are one: found, compared, merged, and made two again."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from buyin.accounts.models import Role
from buyin.accounts.permissions import holders_only
from buyin.http import Request
from buyin.methods import takes_form
from buyin.saving import saved
from buyin.stakeholders.actions import merge, set_apart, unmerge
from buyin.stakeholders.forms.merging import ApartForm, MergeForm, OtherForm
from buyin.stakeholders.models import LikelyDouble, MergeRecord, Stakeholder
from buyin.stakeholders.queries import merges as reading
from buyin.stakeholders.queries import opened
from buyin.stakeholders.queries.comparing import mark_of, noted, side_by_side
from buyin.stakeholders.queries.doubles import likely_ones, looked_for_at, shown_doubles

PAGE = 25
MOST_LISTED = 1_000  # pairs; the next ones come up as these are decided
MOST_FOUND = 20
FOR_LEADS = holders_only(Role.LEAD, Role.ADMINISTRATOR)


@require_safe
@FOR_LEADS
def doubles(request: Request) -> HttpResponse:
    """List the pairs that may be one, the likeliest first, as many as somebody can go through."""
    pairs = LikelyDouble.objects.visible_to(request.user)
    many = pairs.order_by()[: MOST_LISTED + 1].count()
    paginator = Paginator(pairs[:MOST_LISTED], PAGE)
    paginator.count = min(many, MOST_LISTED)  # counted already, without putting them in order
    page = paginator.get_page(request.GET.get("page"))
    context = {
        "page": page,
        "doubles": shown_doubles(page),
        "looked_at": looked_for_at(),
        "has_more": many > MOST_LISTED,
    }
    return render(request, "stakeholders/merging/doubles.html", context)


@require_POST
@FOR_LEADS
def doubles_apart(request: Request) -> HttpResponse:
    """Note that two who look alike are two."""
    form = ApartForm(request.POST)
    if not form.is_valid() or len(set(form.cleaned_data.values())) == 1:
        raise Http404
    first, second = (opened(request.user, form.cleaned_data[n]) for n in ("first", "second"))
    set_apart(actor=request.user, first=first, second=second)
    messages.success(request, _("Noted: these are two. They are not proposed again."))
    return redirect("stakeholders:doubles")


@require_safe
@FOR_LEADS
def merge_with(request: Request, pk: int) -> HttpResponse:
    """Ask with whom a stakeholder is one: the likely ones, and a search."""
    found = opened(request.user, pk)
    form = OtherForm(request.GET or None)
    words = form.cleaned_data["q"] if form.is_valid() else ""
    others = reading.others_like(found, viewer=request.user, words=words)
    context = {
        "stakeholder": found,
        "form": form,
        "words": words,
        "likely": likely_ones(request.user, found, MOST_FOUND),
        "looked_at": looked_for_at(),
        "others": others[:MOST_FOUND] if words else (),
    }
    return render(request, "stakeholders/merging/choose.html", context)


@takes_form
@FOR_LEADS
def merge_two(request: Request, pk: int, other: int) -> HttpResponse:
    """Show two stakeholders side by side; then merge the second into the first."""
    if done := MergeRecord.objects.in_force().filter(kept=pk, absorbed=other).first():
        messages.info(request, _("These two are one already."))
        return redirect("stakeholders:merge-record", done.pk)
    kept, absorbed = _pair(request, pk, other)
    compared = side_by_side(kept, absorbed)
    mark = mark_of(kept, absorbed)
    form = MergeForm(request.POST or None, compared=compared, mark=mark)
    if request.method == "POST" and form.is_valid():
        done = saved(
            form, lambda: merge(actor=request.user, kept=kept, absorbed=absorbed, **form.said)
        )
        if done:
            messages.success(request, _("Merged. This can be undone at any time."))
            return redirect("stakeholders:merge-record", done.pk)
    context = {"kept": kept, "absorbed": absorbed, "compared": compared, "form": form}
    context["counts"] = [
        (*one, two[1]) for one, two in zip(noted(kept), noted(absorbed), strict=True)
    ]
    return render(request, "stakeholders/merging/compare.html", context)


def _pair(request: Request, pk: int, other: int) -> tuple[Stakeholder, Stakeholder]:
    """Return two different stakeholders of the same sort, or answer 404."""
    kept, absorbed = opened(request.user, pk), opened(request.user, other)
    if pk == other or type(kept.party) is not type(absorbed.party):
        raise Http404
    return kept, absorbed


@require_safe
@FOR_LEADS
def merge_list(request: Request) -> HttpResponse:
    """List the merges, the newest first."""
    page = Paginator(reading.merges(request.user), PAGE).get_page(request.GET.get("page"))
    return render(request, "stakeholders/merging/merges.html", {"page": page})


@require_safe
@FOR_LEADS
def merge_record(request: Request, record: int) -> HttpResponse:
    """Show one merge: what moved, and after it was undone what did not go back."""
    found = get_object_or_404(reading.merges(request.user), pk=record)
    context = {"record": found, "moved": reading.moved(found), "stayed": reading.stayed(found)}
    return render(request, "stakeholders/merging/record.html", context)


@require_POST
@FOR_LEADS
def merge_undo(request: Request, record: int) -> HttpResponse:
    """Make two of the one again."""
    found = get_object_or_404(reading.merges(request.user), pk=record)
    try:
        done = unmerge(actor=request.user, record=found)
    except ValidationError as problem:
        messages.error(request, " ".join(problem.messages))
    else:
        text = _("Undone, but not everything could go back: see below.")
        messages.success(request, text if done.stayed else _("Undone. These are two again."))
    return redirect("stakeholders:merge-record", found.pk)
