"""Shared results as the people read them who were asked: the message, then the figures."""

from collections.abc import Iterable
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from buyin.http import Request
from surveys import wording
from surveys.charts.departments import Part, comparison_of
from surveys.models import SharedResult
from surveys.queries.sharing import Shared, readable_by, shared_as
from surveys.rendering.shared import drawn_once
from surveys.results.reading import QuestionResult, Section

from .results import figure_of


@never_cache
@require_safe
def shared(request: Request, wave: int) -> HttpResponse:
    """Show what was found in a wave and what happens next, or that it was taken back."""
    share = _found(request, wave)
    if share.result.wave.is_public:
        return redirect("surveys:public-results", share.result.wave.address)
    if share.withdrawn_at:
        context = {"share": share, "title": share.document["title"]}
        return render(request, "surveys/shared/withdrawn.html", context)
    found = shared_as(share, share.home)
    return render(request, "surveys/shared/overview.html", told(share, found))


@never_cache
@require_safe
def shared_page(request: Request, wave: int, page: int) -> HttpResponse:
    """Show all questions of one page of the survey with charts, and the reader's department."""
    share = _found(request, wave)
    if share.withdrawn_at:
        return redirect("surveys:shared", wave)
    found = shared_as(share, share.home)
    sections = found.sections
    section = next((one for one in sections if one.number == page), None)
    if section is None:
        raise Http404
    place = sections.index(section)
    context = {
        "wave": share.result.wave,
        "shared": found,
        "section": section,
        "questions": _questions(share, found, section),
        "before": sections[place - 1] if place else None,
        "after": sections[place + 1] if place + 1 < len(sections) else None,
    }
    return render(request, "surveys/shared/page.html", context)


@never_cache
@require_safe
def shared_print(request: Request, wave: int) -> HttpResponse:
    """Show everything on one page that prints well."""
    share = _found(request, wave)
    if share.withdrawn_at:
        return redirect("surveys:shared", wave)
    found = shared_as(share, share.home)
    context = told(share, found) | everything(found, is_open=True)
    return render(request, "surveys/shared/print.html", context)


def told(share: SharedResult, found: Shared) -> dict[str, Any]:
    """Return what the first page of shared results tells."""
    return {
        "share": share,
        "shared": found,
        "wave": share.result.wave,
        "own": found.own,
        "title": wording.overview_title(found, found.questions),
        "sentence": wording.overview_sentence(found),
        "sections": [
            (section, [(one, wording.finding_of(one)) for one in section.questions])
            for section in found.sections
        ],
    }


def everything(found: Shared, *, is_open: bool = False) -> dict[str, Any]:
    """Return all pages with their charts."""
    return {"drawn": [(one, drawn(one, found, is_open=is_open)) for one in found.sections]}


def drawn(section: Section, found: Shared, *, is_open: bool = False) -> list[dict[str, Any]]:
    """Return the questions of a page, each with its finding, chart and the reader's department."""
    own = found.own
    parts = [Part(own.name, 0, own.questions)] if own else []
    return list(_drawn(section.questions, parts, is_open=is_open))


def _drawn(
    questions: Iterable[QuestionResult], parts: list[Part], *, is_open: bool
) -> Iterable[dict[str, Any]]:
    for question in questions:
        comparison = comparison_of(question, parts) if parts else None
        yield {
            "question": question,
            "finding": wording.finding_of(question),
            "figure": figure_of(question, is_open=is_open),
            "comparison": comparison if comparison and comparison.has_parts else None,
        }


def _questions(share: Any, found: Shared, section: Section) -> SafeString:
    """Return the questions of a page as people of this department read them; drawn once."""
    home = share.home if found.own else None
    key = (share.made_by_form, section.number, home, get_language())

    def draw() -> SafeString:
        context = {"shown": drawn(section, found), "own": found.own}
        return render_to_string("surveys/shared/_questions.html", context)

    return drawn_once(key, draw)


def _found(request: Request, wave: int) -> Any:
    """Return what is shared of a wave with this person, and their department there, or answer 404."""
    return get_object_or_404(readable_by(request.user), result__wave__pk=wave)
