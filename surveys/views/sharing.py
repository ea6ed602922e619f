"""Sharing results: what people will read is looked at first, then shared, and can be taken back."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from buyin.http import Request
from buyin.methods import takes_form
from surveys.actions.refusals import ChangedMeanwhileError, RefusedError
from surveys.actions.sharing import Message, next_version, share_results, withdraw_results
from surveys.forms.sharing import ReaderForm, ShareForm, WithdrawForm
from surveys.models import SharedResult, WaveResult
from surveys.queries import frozen
from surveys.queries.sharing import (
    choosable,
    document_for,
    everybody_under,
    last_words,
    offered_needs,
    shared_as,
    versions_of,
)
from surveys.queries.telling import people_to_tell
from surveys.results.sharing import fingerprint_of

from .shared import everything, told

LOOK, SHARE, CHANGE = "look", "share", "change"


@takes_form
def results_share(request: Request, wave: int) -> HttpResponse:
    """Write what people are told, look at what they will read, and share it."""
    result = _shareable(request, wave)
    form = _form(request, result)
    go = request.POST.get("go", LOOK)
    if go == CHANGE or not form.is_valid():
        return _page(request, result, form=form)
    if go != SHARE:
        return _preview(request, result, form)
    try:
        share_results(
            wave=wave,
            by=request.user,
            message=form.message(),
            seen=form.cleaned_data["seen"],
            made_by_form=form.cleaned_data["made_by_form"],
        )
    except ChangedMeanwhileError as error:
        return _preview(request, result, form, problem=str(error))
    except RefusedError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _said(result))
    return redirect("surveys:results-share", wave)


@require_POST
def results_withdraw(request: Request, wave: int, number: int) -> HttpResponse:
    """Take one version back, with a reason that people read."""
    result = _shareable(request, wave)
    share = get_object_or_404(SharedResult, result=result, number=number)
    form = WithdrawForm(request.POST)
    if not form.is_valid():
        return _page(request, result, form=_form(request, result), withdrawing=form)
    because = form.cleaned_data["because"]
    if withdraw_results(share=share, by=request.user, because=because):
        messages.success(request, _("Taken back. People read your reason instead of the results."))
    else:
        messages.info(request, _("This version was taken back already."))
    return redirect("surveys:results-share", wave)


def _said(result: WaveResult) -> str:
    if result.wave.is_public:
        return _("Published. Everybody reads it at the address of the questionnaire.")
    return _("Shared. People find it on their page “For you”.")


def _shareable(request: Request, wave: int) -> WaveResult:
    """Return the results of a wave that this person may share, or answer 404."""
    results = frozen.with_waves(WaveResult.objects.shareable_by(request.user))
    return get_object_or_404(results, wave__pk=wave)


def _form(request: Request, result: WaveResult) -> ShareForm:
    sent = request.POST if request.POST.get("go") else None
    forms = {str(one) for one in result.shared.values_list("made_by_form", flat=True)}
    return ShareForm(
        sent,
        departments=choosable(result),
        needs=list(offered_needs(result, request.user)),
        is_public=result.wave.is_public,
        is_first=not forms - {request.POST.get("made_by_form")},
        initial=ShareForm.initial_of(last_words(result) if forms and not sent else None),
    )


def _page(request: Request, result: WaveResult, *, form: ShareForm, **more: Any) -> HttpResponse:
    """Show the form, or what is shared now, and all versions there were."""
    versions = list(versions_of(result))
    standing = next((one for one in versions if one.withdrawn_at is None), None)
    context = {
        "result": result,
        "wave": result.wave,
        "form": form,
        "versions": versions,
        "standing": standing,
        "told": people_to_tell(result.wave) if result.wave.is_public and not standing else "",
        "withdrawing": WithdrawForm(),
    }
    return render(request, "surveys/shared/share.html", context | more)


def _preview(
    request: Request, result: WaveResult, form: ShareForm, *, problem: str = ""
) -> HttpResponse:
    """Show exactly what people of a department will read; nothing is stored."""
    draft = _draft(result, form.message())
    reader = None
    if not result.wave.is_public:
        reader = ReaderForm(request.POST, document=draft.document)
    found = shared_as(draft, reader.home() if reader else None)
    context = told(draft, found) | everything(found)
    context |= {
        "form": form.after_looking_at(fingerprint_of(draft.document)),
        "reader": reader,
        "problem": problem,
        "back": reverse("surveys:results-share", args=[result.wave_id]),
    }
    return render(request, "surveys/shared/preview.html", context)


def _draft(result: WaveResult, message: Message) -> SharedResult:
    """Return what would be shared, as a row that is not stored."""
    under = message.departments and everybody_under(result, message.departments)
    return SharedResult(
        result=result,
        number=next_version(result),
        document=document_for(result, departments=under, needs=message.needs),
        learned=message.learned,
        next_steps=message.next_steps,
        different=message.different,
        shared_at=timezone.now(),
    )
