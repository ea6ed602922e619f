"""The stage of an initiative: how it came there, and the step to the next one."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from buyin.http import Request
from buyin.initiatives.actions import Move, move
from buyin.initiatives.forms import StageForm
from buyin.initiatives.models import Initiative, Stage
from buyin.initiatives.queries import checked, history_of, opened, stages_of
from buyin.methods import takes_form
from buyin.saving import saved

IN_TAB: dict[str, Any] = {"in_tab": "initiatives:initiative"}


@never_cache
@takes_form
def stage(request: Request, pk: int) -> HttpResponse:
    """Show the way through the stages, and let those who may move the initiative on."""
    posts = request.method == "POST"
    found = opened(request.user, pk, to_change=posts)
    may_change = posts or found.may_be_changed_by(request.user)
    to = chosen_stage(found, (request.POST if posts else request.GET).get("to", ""))
    context: dict[str, Any] = {"initiative": found, "may_change": may_change, **IN_TAB}
    if may_change and to:
        checks = checked(found, to, request.POST.getlist("confirmed"))
        initial = StageForm.initial_for(found, to)
        form = StageForm(request.POST if posts else None, initial=initial, checks=checks)
        if posts and form.is_valid() and moved(request, found, form):
            return redirect("initiatives:stage", pk)
        context |= {"form": form, "to": to, "checks": checks}
        context["goes_back"] = to.position < Stage(found.stage).position
        context["others"] = [one for one in Stage if one not in (found.stage, to)]
    history = history_of(found)
    context |= {"history": history, "steps": stages_of(found, history)}
    return render(request, "initiatives/stage.html", context)


def chosen_stage(initiative: Initiative, text: str) -> Stage | None:
    """Return the stage that is named; the next where it is none that one could move to."""
    if text in Stage.values and text != initiative.stage:
        return Stage(text)
    return Stage(initiative.stage).next


def moved(request: Request, initiative: Initiative, form: StageForm) -> bool:
    """Move the initiative as typed; where that is refused, the form says why."""
    wanted = Move(**form.cleaned_data)
    change = saved(form, lambda: move(actor=request.user, initiative=initiative, wanted=wanted))
    if change is None:
        return False
    words = {"stage": change.get_to_stage_display()}
    messages.success(request, _("It is in the stage “%(stage)s” now.") % words)
    return True
