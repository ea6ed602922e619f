"""The outline of a draft, and the buttons on it that move, copy, remove and undo."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.csp import csp_override
from django.views.decorators.http import require_POST, require_safe

from buyin.http import Request
from surveys import building, definitions
from surveys.actions.building import edit_questions, undo_edit
from surveys.actions.refusals import RefusedError
from surveys.building import Raw, Used
from surveys.building.checks import findings_in
from surveys.models import DraftStep

from .drafts import FRAMING_CSP, Draft, draft_of, revision_in, shortened, tell_refusal, to_outline
from .lines import outline_of

Step = Callable[[Raw, str, Used], Raw]
EDITS: dict[tuple[str, str], Step] = {
    ("question", "up"): lambda raw, code, _used: building.step_question(raw, code, -1),
    ("question", "down"): lambda raw, code, _used: building.step_question(raw, code, 1),
    ("question", "copy"): lambda raw, code, used: building.copy_question(raw, code, used)[0],
    ("question", "remove"): lambda raw, code, _used: building.remove_question(raw, code),
    ("page", "up"): lambda raw, code, _used: building.step_page(raw, code, -1),
    ("page", "down"): lambda raw, code, _used: building.step_page(raw, code, 1),
    ("page", "copy"): lambda raw, code, used: building.copy_page(raw, code, used)[0],
    ("page", "remove"): lambda raw, code, _used: building.remove_page(raw, code),
}
TOLD = {
    "up": _lazy("Moved up: “%s”"),
    "down": _lazy("Moved down: “%s”"),
    "copy": _lazy("Copied: “%s”"),
    "remove": _lazy("Removed: “%s”"),
}


@require_safe
@csp_override(FRAMING_CSP)
def build(request: Request, survey: int) -> HttpResponse:
    """Show the pages and questions of a survey, each with what can be done to it."""
    draft = draft_of(request, survey)
    asked = definitions.read(draft.definition)
    context = {
        **draft.context,
        "pages": outline_of(draft.definition),
        "minutes": asked.minutes,
        "findings": findings_in(draft.definition),
        "undo": DraftStep.objects.filter(survey=draft.survey).first(),
    }
    return render(request, "surveys/build/outline.html", context)


@require_POST
def build_arrange(request: Request, survey: int) -> HttpResponse:
    """Do what a button of the outline says: move, copy or remove a question or a page."""
    draft = draft_of(request, survey)
    kind, verb, code = ([*request.POST.get("do", "").split(":"), "", ""])[:3]
    edit = EDITS.get((kind, verb))
    name = _name_of(draft, kind, code)
    if edit is None or not name:
        return to_outline(draft.survey)
    told = TOLD[verb] % shortened(name)
    focus = _focus_without(draft.definition, kind, code)
    try:
        after = edit_questions(
            survey=draft.survey,
            revision=revision_in(request),
            edit=lambda raw, used: edit(raw, code, used),
            told=told,
        )
        messages.success(request, told)
    except RefusedError as error:
        tell_refusal(request, error)
        return to_outline(draft.survey, f"{kind}-{code}")
    if verb != "remove":
        focus = _focus(draft.definition, after.definition, kind, verb, code)
    return to_outline(draft.survey, focus)


@require_POST
def build_undo(request: Request, survey: int) -> HttpResponse:
    """Take the last edit back."""
    draft = draft_of(request, survey)
    try:
        told = undo_edit(survey=draft.survey, revision=revision_in(request))
        messages.success(request, _("Undone. %s") % told)
    except RefusedError as error:
        tell_refusal(request, error)
    return to_outline(draft.survey, "undo")


def _name_of(draft: Draft, kind: str, code: str) -> str:
    """Return what a question or a page is called, nothing where it is not there any more."""
    for page in outline_of(draft.definition):
        if kind == "page" and page.code == code:
            return page.title
        for question in page.questions:
            if kind == "question" and question.code == code:
                return question.text
    return ""


def _focus(before: Raw, after: Raw, kind: str, verb: str, code: str) -> str:
    """Return the id of the button to press next: the same one, the other way, or that of the copy."""
    if verb == "copy":
        had = set(_codes(before, kind))
        return f"{kind}-{next((one for one in _codes(after, kind) if one not in had), code)}"
    codes = _codes(after, kind)
    ends = {"up": codes[0], "down": codes[-1]}
    turned = {"up": "down", "down": "up"}
    return f"{turned[verb] if ends[verb] == code else verb}-{kind}-{code}"


def _focus_without(before: Raw, kind: str, code: str) -> str:
    """Return the id of what follows a question or a page that goes."""
    codes = _codes(before, kind)
    rest = codes[codes.index(code) + 1 :] if code in codes else []
    return f"{kind}-{rest[0]}" if rest else "end"


def _codes(definition: Raw, kind: str) -> list[str]:
    pages = definition["pages"]
    parts = pages if kind == "page" else list(building.questions_in(definition))
    return [part["code"] for part in parts]
