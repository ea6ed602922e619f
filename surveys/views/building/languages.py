"""The languages of a survey, and the texts of one beside their source."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from buyin.http import Request
from buyin.methods import takes_form
from surveys.actions.building import edit_questions
from surveys.actions.refusals import RefusedError
from surveys.building.outdated import Own
from surveys.building.translating import (
    in_other_words,
    language_name,
    with_language,
    with_texts,
    without_language,
)
from surveys.forms.languages import LanguageForm, TranslationForm
from surveys.queries.outdated import outdated_of

from .drafts import Draft, draft_of, revision_in, tell_refusal

PAGE = "surveys/build/languages.html"


@takes_form
def build_languages(request: Request, survey: int) -> HttpResponse:
    """Show the languages of a survey; on POST, add one."""
    draft = draft_of(request, survey)
    data = request.POST if request.method == "POST" else None
    form = LanguageForm(data, initial={"revision": draft.survey.revision, "language": "es"})
    if form.is_valid():
        language = form.chosen()
        told = _("Added the language %s") % language_name(language)
        if not draft.edit_from(form, lambda raw, _used: with_language(raw, language), told):
            return redirect("surveys:build-translate", draft.survey.pk, language)
    return render(request, PAGE, {**_context(draft), "form": form})


@require_POST
def build_written_in(request: Request, survey: int) -> HttpResponse:
    """Say in which language the questions themselves are written."""
    draft = draft_of(request, survey)
    form = LanguageForm(request.POST)
    if form.is_valid():
        language = form.chosen()
        told = _("The questions are written in %s") % language_name(language)
        if not draft.edit_from(form, lambda raw, _used: in_other_words(raw, language), told):
            messages.success(request, told)
            return redirect("surveys:build-languages", draft.survey.pk)
    return render(request, PAGE, {**_context(draft), "form": form})


@require_POST
def build_language_remove(request: Request, survey: int, language: str) -> HttpResponse:
    """Take a language away with all its texts; the outline can undo it."""
    draft = draft_of(request, survey)
    try:
        edit_questions(
            survey=draft.survey,
            revision=revision_in(request),
            edit=lambda raw, _used: without_language(raw, language),
            told=_("Removed the language %s") % language_name(language),
            by=draft.author,
        )
        messages.success(request, _("Removed. “Undo” beside the questions brings it back."))
    except RefusedError as error:
        tell_refusal(request, error)
    return redirect("surveys:build-languages", draft.survey.pk)


@takes_form
def build_translate(request: Request, survey: int, language: str) -> HttpResponse:
    """Show every text with its translation; on POST, save those that changed."""
    draft = draft_of(request, survey)
    if language not in draft.definition.get("translations", {}):
        raise Http404
    form = TranslationForm(
        request.POST if request.method == "POST" else None,
        definition=draft.definition,
        language=language,
        revision=draft.survey.revision,
        outdated=outdated_of(draft.survey).get(language, {}),
        own=Own(draft.survey.own_texts, draft.survey.translations),
    )
    if form.is_valid():
        texts, told = form.texts(), _("Translated into %s") % language_name(language)
        right = form.still_right(request.POST.get("still_right", ""))
        if not draft.edit_from(
            form,
            lambda raw, _used: with_texts(raw, language, texts),
            told if texts else _("Kept a translation as it is"),
            still_right=(language, right) if right else None,
            own=form.own_texts(),
        ):
            messages.success(request, _("Saved."))
            address = reverse("surveys:build-translate", args=[draft.survey.pk, language])
            return redirect(f"{address}#id_{right}" if right else address)
    context = {
        **draft.context,
        "form": form,
        "language": language,
        "name": language_name(language),
        "source": language_name(draft.definition["language"]),
        "missing": form.missing(),
        "outdated": len(form.outdated),
    }
    return render(request, "surveys/build/translate.html", context)


def _context(draft: Draft) -> dict[str, object]:
    """Return the languages, each with how much of it is there."""
    beside = Own(draft.survey.own_texts, draft.survey.translations)
    texts, translations = beside.with_those_of(draft.definition)
    n = len(texts)
    outdated = outdated_of(draft.survey)
    lines = [
        (
            code,
            language_name(code),
            sum(bool(translations[code].get(key, "").strip()) for key in texts),
            n,
            len(outdated.get(code, {})),
        )
        for code in draft.definition.get("translations", {})
    ]
    language = draft.definition["language"]
    own = {"revision": draft.survey.revision, "language": language}
    return {
        **draft.context,
        "lines": lines,
        "own": LanguageForm(initial=own, auto_id="own_%s"),
        "own_name": language_name(language),
    }
