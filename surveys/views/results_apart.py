"""Results apart from the charts: what people wrote, and everything on sheets of paper."""

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from buyin.accounts.actions import record_event
from buyin.accounts.models import EventKind
from buyin.http import Request
from surveys import wording
from surveys.models import WaveResult
from surveys.queries import frozen
from surveys.queries.frozen import results_of

from .results import figure_of, found_results, shared_context

TEXTS_ON_A_PAGE = 25


@never_cache
@require_safe
def results_texts(request: Request, wave: int, code: str) -> HttpResponse:
    """Show what people wrote to one question, in random order; that it was read is recorded."""
    readable = WaveResult.objects.readable_by(request.user)
    results = results_of(get_object_or_404(frozen.with_waves(readable), wave__pk=wave))
    item = next((one for one in results.definition.items() if one.code == code), None)
    texts = results.result.texts.filter(code=code).order_by("pk")
    page = Paginator(texts.only("pk", "text"), TEXTS_ON_A_PAGE)
    if item is None or not page.count:
        raise Http404
    detail = _("Texts read: %(wave)s, %(code)s") % {"wave": results.wave, "code": code}
    record_event(kind=EventKind.EXPORTED, actor=request.user, detail=detail[:200])
    context = shared_context(request, results) | {
        "item": item,
        "page": page.get_page(request.GET.get("page")),
        "title": wording.texts_title(page.count),
    }
    return render(request, "surveys/results/texts.html", context)


@require_safe
def results_print(request: Request, wave: int) -> HttpResponse:
    """Show all questions with charts and tables on one page that prints well."""
    results = found_results(request, wave)
    context = shared_context(request, results) | {
        "title": wording.overview_title(results.result, results.questions),
        "sentence": wording.overview_sentence(results.result),
        "sections": [
            (
                section,
                [
                    (one, wording.finding_of(one), figure_of(one, is_open=True))
                    for one in section.questions
                ],
            )
            for section in frozen.sections_of(results)
        ],
        "scales": [wording.scale_note(scale) for scale in results.result.scales],
    }
    return render(request, "surveys/results/print.html", context)
