"""One session: the live page for notes, and what its participant agreed to."""

import json
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.formats import time_format
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from buyin.http import Request
from buyin.methods import takes_form
from surveys import rendering
from surveys.actions import sessions as actions
from surveys.actions.refusals import RefusedError
from surveys.answers import Edit, Typed, edit_in, unstorable
from surveys.forms.sessions import YES, ConsentForm
from surveys.models import Kind, Session
from surveys.queries.sessions import Sheet, sheet_for

from .doors import AUTOSAVE

FINISH = "finish"


def session_of(request: Request, survey: int, number: int) -> Session:
    """Return a session that this person may open, or answer 404."""
    found = Session.objects.visible_to(request.user)
    found = found.select_related("survey__initiative", "version", "department", "leader")
    return get_object_or_404(found, survey=survey, number=number)


@never_cache
@takes_form
def session_sheet(request: Request, survey: int, number: int) -> HttpResponse:
    """Show everything that is asked, take notes as they are typed, and finish."""
    session = session_of(request, survey, number)
    if session.withdrawn_on is not None and request.method != "POST":
        return redirect("surveys:session-consent", survey, number)
    sheet = sheet_for(session)
    if request.method != "POST":
        return _show(request, session, sheet, session.typed)
    edit = edit_in(sheet.definition.items(), request.POST.getlist)
    errors = unstorable(edit.typed)
    if errors:
        return _show(request, session, sheet, edit.typed, shown=edit.shown, errors=errors)
    try:
        return _take(request, session, sheet, edit)
    except RefusedError as error:
        status = HTTPStatus.GONE
        return _show(request, session, sheet, edit.typed, notice=str(error), status=status)


def _take(request: Request, session: Session, sheet: Sheet, edit: Edit) -> HttpResponse:
    """Save, and go where the button leads."""
    button = request.POST.get("go", "")
    if button == FINISH:
        errors = actions.finish_session(session=session, edit=edit)
        session.refresh_from_db()
        if errors:
            return _show(request, session, sheet, session.typed, errors=errors)
        messages.success(request, _("%s is finished. Its notes count now.") % session.label)
        return redirect("surveys:series", session.survey_id)
    saved = actions.save_sheet(session=session, edit=edit)
    if button == AUTOSAVE:
        now = time_format(timezone.localtime(), "TIME_FORMAT")
        return JsonResponse({"saved": now, "shown": _shown(edit.typed)})
    messages.success(request, _("Saved."))
    return redirect("surveys:session-sheet", saved.survey_id, saved.number)


def _shown(typed: Typed) -> str:
    return json.dumps({code: value for code, value in typed.items() if value})


def _show(
    request: Request,
    session: Session,
    sheet: Sheet,
    typed: Typed,
    **told: Any,
) -> HttpResponse:
    """Return the sheet with these texts in it; `shown`, `errors`, `notice` and `status` differ."""
    errors = told.get("errors", {})
    status = told.get("status", HTTPStatus.UNPROCESSABLE_ENTITY if errors else HTTPStatus.OK)
    body = rendering.draw_page(sheet.definition, 1)
    context = {
        "session": session,
        "survey": session.survey,
        "is_test": session.survey.kind == Kind.USABILITY,
        "questions": body.filled(typed, errors),
        "problems": body.problems(errors, everything=typed),
        "has_conditions": not body.is_plain,
        "shown": _shown(told.get("shown", typed)),
        "notice": told.get("notice", ""),
        "is_over": status == HTTPStatus.GONE,
    }
    return render(request, "surveys/sessions/sheet.html", context, status=status)


@takes_form
def session_consent(request: Request, survey: int, number: int) -> HttpResponse:
    """Show what a participant agreed to, and note that they decide otherwise about quoting."""
    session = session_of(request, survey, number)
    form = ConsentForm(request.POST or None, initial=ConsentForm.initial_of(session))
    if form.is_valid():
        try:
            may_quote = form.cleaned_data["may_quote"] == YES
            actions.change_quoting(session=session, may_quote=may_quote)
            messages.success(request, _("Saved."))
        except RefusedError as error:
            messages.error(request, str(error))
        return redirect("surveys:session-consent", survey, number)
    context = {"form": form, "session": session, "survey": session.survey}
    return render(request, "surveys/sessions/consent.html", context)


@require_POST
def session_withdraw(request: Request, survey: int, number: int) -> HttpResponse:
    """Delete what a participant said who no longer agrees."""
    session = session_of(request, survey, number)
    actions.withdraw_session(session=session)
    messages.success(request, _("Everything that %s said is deleted.") % session.label)
    return redirect("surveys:series", session.survey_id)
