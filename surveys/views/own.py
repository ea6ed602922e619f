"""A person's own answers, where they are stored with a name: to read, and to delete."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from buyin.http import Request
from buyin.methods import takes_form
from surveys.actions.withdrawing import withdraw_answers
from surveys.queries.cut import has_figures
from surveys.queries.filling import Asked, asked_in, definition_of
from surveys.queries.own import is_withdrawn, signature_of
from surveys.rendering import stored_of

from .language import language_for, speak_to


@never_cache
@require_safe
def own_answers(request: Request, wave: int) -> HttpResponse:
    """Show what this person answered in a wave, and how to have it deleted."""
    asked = _answered(request, wave)
    signature = signature_of(wave, request.user)
    if signature is None:
        return _gone(request, wave)
    own = definition_of(asked.wave.version)
    language = language_for(request, [own.language, *own.languages])
    definition = definition_of(asked.wave.version, language)
    context = {
        "asked": asked,
        "signature": signature,
        "language": language,
        "pages": stored_of(definition, signature.response.answers),
    }
    return render(request, "surveys/own/answers.html", context)


@never_cache
@takes_form
def own_answers_delete(request: Request, wave: int) -> HttpResponse:
    """Ask whether to delete this person's answers in a wave; on POST, delete them."""
    asked = _answered(request, wave)
    if request.method == "POST":
        done = withdraw_answers(wave=wave, person=request.user)
        return redirect("surveys:thanks", wave) if done else _gone(request, wave)
    if signature_of(wave, request.user) is None:
        return _gone(request, wave)
    context = {"asked": asked, "has_figures": has_figures(wave)}
    return render(request, "surveys/own/delete.html", context)


def _answered(request: Request, wave: int) -> Asked:
    """Return the wave that this person has answered, or answer that there is no such page."""
    asked = asked_in(wave, request.user)
    if asked is None or not asked.receipt:
        raise Http404
    speak_to(request, asked.wave)
    return asked


def _gone(request: Request, wave: int) -> HttpResponse:
    """Say that nothing is stored any more; answer that there is no such page where nothing ever was."""
    if not is_withdrawn(wave, request.user):
        raise Http404
    messages.info(request, _("Your answers were deleted already."))
    return redirect("surveys:thanks", wave)
