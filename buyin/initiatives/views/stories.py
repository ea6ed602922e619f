"""Success stories of one initiative: read, written, cleared, published, taken back."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.http import require_POST, require_safe

from buyin.editing import held
from buyin.http import Request
from buyin.initiatives import actions
from buyin.initiatives.forms import StoryForm
from buyin.initiatives.models import Initiative, Story
from buyin.initiatives.queries import opened, published_of, record_of, stories_of
from buyin.initiatives.wording import told_value
from buyin.methods import takes_form
from buyin.saving import saved

DONE = {
    "clear": _lazy("Cleared. It is not out before somebody publishes it."),
    "publish": _lazy("Published."),
    "take-back": _lazy("Taken back. It is a draft again."),
}
IN_TAB: dict[str, Any] = {"in_tab": "initiatives:benefits"}
STEPS: dict[str, Callable[..., Story]] = {
    "clear": actions.clear_story,
    "publish": actions.publish_story,
    "take-back": actions.take_back_story,
}


def story_of(request: Request, initiative: Initiative, story: int) -> Story:
    """Return a story of this initiative that this person may read, or answer 404."""
    rows = held(stories_of(request.user, initiative), is_sent=request.method == "POST")
    found: Story = get_object_or_404(rows, pk=story)
    found.initiative = initiative
    return found


@require_safe
def story(request: Request, pk: int, story: int) -> HttpResponse:
    """Show a story with its number, and to who writes it what it still needs."""
    initiative = opened(request.user, pk)
    found = story_of(request, initiative, story)
    context = {
        **IN_TAB,
        "initiative": initiative,
        "story": found,
        "value": told_value(found.measurement) if found.measurement else "",
        "may_change": initiative.may_be_changed_by(request.user),
        "published": published_of(record_of(initiative)),
        "may_clear": found.written_by_id != request.user.pk,
    }
    return render(request, "initiatives/stories/story.html", context)


@takes_form
@transaction.atomic
def story_edit(request: Request, pk: int, story: int | None = None) -> HttpResponse:
    """Write a story, or change one."""
    initiative = opened(request.user, pk, to_change=True)
    found = Story(initiative=initiative)
    if story is not None:
        found = story_of(request, initiative, story)
    form = StoryForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        done = saved(form, lambda: actions.save_story(actor=request.user, story=found, **typed))
        if done:
            messages.success(request, _("Saved as a draft."))
            return redirect("initiatives:story", pk, done.pk)
    context = {**IN_TAB, "initiative": initiative, "story": found, "form": form}
    return render(request, "initiatives/stories/edit.html", context)


@require_POST
@transaction.atomic
def story_step(request: Request, pk: int, story: int, step: str) -> HttpResponse:
    """Clear a story, publish it, or take it back."""
    found = story_of(request, opened(request.user, pk, to_change=True), story)
    act = STEPS.get(step)
    if act is None:
        raise Http404
    try:
        act(actor=request.user, story=found)
    except ValidationError as problem:
        messages.error(request, " ".join(problem.messages))
    else:
        messages.success(request, DONE[step])
    return redirect("initiatives:story", pk, found.pk)
