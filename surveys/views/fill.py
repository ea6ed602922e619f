"""Filling in a survey page by page: shown, saved while it is typed, sent on, handed in."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse, QueryDict
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from buyin.methods import takes_form
from buyin.typed import is_foreign
from surveys import actions
from surveys.answers import Edit, Typed, shown_in, typed_in, unstorable
from surveys.queries.filling import typed_so_far

from . import keeping
from .doors import AUTOSAVE, Door
from .language import chosen_in, keep_language
from .sheet import Sheet

SECOND = "second"  # in the address of the thanks: other answers came after the first ones


# Neither a session that ran out nor a token that was renewed may cost what somebody typed. So this
# page lets every request in and asks for both itself, where it can answer with the text still there.
@login_not_required
@csrf_exempt
@keeping.kept_by_nobody
@takes_form
def fill(request: HttpRequest, door: type[Door], page: int, **place: Any) -> HttpResponseBase:
    """Show one page of a survey to whoever is asked, and take what they typed."""
    way = door(request, **place)
    return way.refuse(page) or _filled(Sheet(way, page))


def _filled(sheet: Sheet) -> HttpResponseBase:
    response: HttpResponseBase
    if sheet.asked.receipt:
        response = _answered(sheet)
    elif sheet.request.method == "POST":
        response = _refuse(sheet) or _take(sheet)
    else:
        response = _open(sheet)
    if sheet.door.secret.is_new and sheet.asked.is_anonymous:
        sheet.door.secret.give(response)
    return response


def _open(sheet: Sheet) -> HttpResponse:
    """Show the page with what was rescued before a sign-in, or with the draft."""
    if waiting := sheet.door.waiting():
        return waiting
    fields = sheet.door.rescued(sheet.number)
    if fields is not None:
        form = QueryDict(mutable=True)
        for name, values in fields.items():
            form.setlist(name, values)
        typed = typed_in(sheet.body.items, form.getlist)
        notice = _(
            "We kept what you typed before you signed in. Check it and press the button again."
        )
        return sheet.show(typed, shown=shown_in(form.get("shown", "")), notice=notice)
    draft = sheet.draft
    if not sheet.is_asked(draft):
        # An answer was changed, or somebody went back: where would they be without this page?
        return redirect(sheet.url_before(draft))
    errors = sheet.errors_in(draft) if "check" in sheet.request.GET else {}
    return sheet.show(draft, shown=draft, errors=errors, notice=_grace(sheet))


def _grace(sheet: Sheet) -> str:
    """Return what to tell a person who is still filling in after the end, or nothing."""
    if sheet.asked.is_open:
        return ""
    return _("This survey has closed. We still take what you send until %(end)s.") % {
        "end": date_format(timezone.localtime(sheet.asked.ends_at), "DATETIME_FORMAT")
    }


def _refuse(sheet: Sheet) -> HttpResponseBase | None:
    """Return the page again where this form is not to be trusted, None where it is."""
    request, wave = sheet.request, sheet.asked.wave.pk
    failure = keeping.csrf_failure(request)
    if failure is not None and is_foreign(request):
        return failure
    if failure is not None:
        notice = _(
            "Nothing was stored yet and nothing is lost. This page had become too old, for example "
            "because you signed in again somewhere else. Please press the button once more."
        )
        return _again(sheet, sheet.edit(), notice=notice, status=403)
    if not keeping.is_owner(request.POST.get("owner", ""), sheet.door.respondent, wave):
        notice = _(
            "Nothing was stored: this page was opened by another person than the one who is signed "
            "in now. Sign in as the person who typed these answers, then press the button again."
        )
        return _again(sheet, sheet.edit(), notice=notice, status=409)
    doubt = sheet.door.doubt()
    return _again(sheet, sheet.edit(), **doubt._asdict()) if doubt else None


def _again(sheet: Sheet, edit: Edit, *, notice: str, status: int) -> HttpResponse:
    """Show what was typed once more; nothing of it has been stored."""
    return sheet.show(edit.typed, shown=edit.shown, notice=notice, status=status)


def _take(sheet: Sheet) -> HttpResponseBase:
    """Save the page, or hand everything in, and go where the button leads."""
    edit = sheet.edit()
    errors = unstorable(edit.typed)
    if errors:
        return sheet.show(edit.typed, shown=edit.shown, errors=errors, status=422)
    try:
        if sheet.button == "submit" and sheet.is_last:
            return _hand_in(sheet, edit)
        typed = actions.save_page(filling=sheet.door.filling, edit=edit)
    except actions.ClosedError:
        notice = _(
            "This survey has closed, and these answers were not stored. They are still here, so "
            "that you can copy what you want to keep."
        )
        return _again(sheet, edit, notice=notice, status=410)
    except actions.PausedError:
        return _again(sheet, edit, notice=_paused(), status=409)
    except actions.AnsweredError:
        return _answered(sheet)
    return _go_on(sheet, edit, typed)


def _paused() -> str:
    return _(
        "This survey is paused, and nothing was handed in. What you typed is kept. Come back when it "
        "goes on, then press the button again."
    )


def _go_on(sheet: Sheet, edit: Edit, typed: Typed) -> HttpResponseBase:
    """Answer after a save: to the script, with the next page, or with what has to be mended."""
    if sheet.button == AUTOSAVE:
        now = time_format(timezone.localtime(), "TIME_FORMAT")
        return JsonResponse({"saved": now, "shown": sheet.body.shown(edit.typed)})
    if left := _leaving(sheet):
        return left
    elsewhere = _elsewhere(sheet, typed)
    if elsewhere:
        return keep_language(redirect(elsewhere), chosen_in(sheet.request, sheet.offered))
    if sheet.button == "next" and not sheet.is_last:
        errors = sheet.errors_in(typed)
        if errors:
            return sheet.show(typed, shown=typed, errors=errors, status=422)
        return redirect(sheet.url_after(typed))
    return sheet.show(typed, shown=typed, notice=_("Saved. Nothing was handed in yet."))


def _leaving(sheet: Sheet) -> HttpResponse | None:
    """Return where somebody goes who has saved and goes on later, None where they stay."""
    if sheet.button == "save":
        return sheet.door.leave()
    return sheet.door.shut() if sheet.button == "shut" else None


def _elsewhere(sheet: Sheet, typed: Typed) -> str:
    """Return where a button leads whatever was typed, or nothing."""
    if sheet.button == "check":
        return sheet.door.url("check")
    if chosen_in(sheet.request, sheet.offered):
        return sheet.url_of(sheet.number)
    return sheet.url_before(typed) if sheet.button == "back" else ""


def _hand_in(sheet: Sheet, edit: Edit) -> HttpResponseBase:
    """Hand everything in; where something is missing, lead to the first page that lacks it."""
    result = actions.submit(filling=sheet.door.filling, edit=edit, receipt=sheet.receipt)
    if result.outcome is not actions.Outcome.INCOMPLETE:
        is_second = result.outcome is actions.Outcome.ANSWERED_BEFORE
        return _thanked(sheet, is_second=is_second)
    pages = sheet.definition.pages
    first = next(
        number
        for number, page in enumerate(pages, 1)
        if any(item.code in result.errors for item in page.items())
    )
    if first != sheet.number:
        return redirect(f"{sheet.url_of(first)}?check=1")
    typed = typed_so_far(sheet.door.filling)
    # In the language of this respondent; the action knows that in which the questions are written.
    errors = {**result.errors, **sheet.errors_in(typed)}
    return sheet.show(typed, shown=typed, errors=errors, status=422)


def _answered(sheet: Sheet) -> HttpResponse:
    """Lead a person who has answered to the thanks, and say so where they sent other answers."""
    if sheet.button == AUTOSAVE:
        return HttpResponse(status=409)
    is_second = sheet.button == "submit" and sheet.receipt != sheet.asked.receipt
    return _thanked(sheet, is_second=is_second)


def _thanked(sheet: Sheet, *, is_second: bool) -> HttpResponse:
    """Lead to the thanks, which say so where other answers than the first ones were sent."""
    response = redirect(sheet.door.url("thanks") + (f"?{SECOND}" if is_second else ""))
    return sheet.door.remember(response, sheet.asked.receipt or sheet.receipt)
