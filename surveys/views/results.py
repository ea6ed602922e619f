"""Pages of results: what came out of a closed wave, question by question."""

from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from buyin.accounts.models import Role
from buyin.figures import Figure
from buyin.http import Request
from surveys import charts, wording
from surveys.charts.departments import Part, comparison_of, shown_in
from surveys.models import WaveResult, WrittenAnswer
from surveys.queries import frozen
from surveys.queries.authoring import may_author
from surveys.queries.frozen import Results, results_of
from surveys.queries.needs import keeps_needs
from surveys.queries.sharing import shared_by
from surveys.rendering.evidence import answer_words, told_people
from surveys.results.changes import changes_between, headlines_of, same_over_waves
from surveys.results.reading import QuestionResult
from surveys.results.tally import LEFT
from surveys.results.told import told_answers

ON_A_PAGE = 20


def found_results(request: Request, wave: int) -> Results:
    """Return the results of a wave that this person may see, or answer 404."""
    visible = frozen.with_waves(WaveResult.objects.visible_to(request.user))
    return results_of(get_object_or_404(visible, wave__pk=wave))


@require_safe
def results_list(request: Request) -> HttpResponse:
    """List the closed waves whose results this person may see."""
    if not (request.user.holds(Role.EXECUTIVE) or may_author(request.user)):
        raise Http404
    found = frozen.visible_results(request.user)
    page = Paginator(found, ON_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "surveys/results/list.html", {"page": page})


@require_safe
def results_overview(request: Request, wave: int) -> HttpResponse:
    """Show what came out of a wave: a finding for each question, and how sure it is."""
    results = found_results(request, wave)
    is_shared = shared_by(request.user, wave)
    context = shared_context(request, results) | {
        "title": wording.overview_title(results.result, results.questions),
        "sentence": wording.overview_sentence(results.result),
        "sections": [
            (section, [(one, wording.finding_of(one)) for one in section.questions])
            for section in frozen.sections_of(results)
        ],
        "scales": [wording.scale_note(scale) for scale in results.result.scales],
        "has_earlier": len(frozen.results_so_far(results)) > 1,
        "may_share": is_shared is not None,
        "is_shared": is_shared,
    }
    return render(request, "surveys/results/overview.html", context)


@require_safe
def results_page(request: Request, wave: int, page: int) -> HttpResponse:
    """Show all questions of one page of the survey with their charts."""
    results = found_results(request, wave)
    sections = frozen.sections_of(results)
    section = next((one for one in sections if one.number == page), None)
    if section is None:
        raise Http404
    numbers = [one.number for one in sections]
    place = numbers.index(page)
    context = shared_context(request, results) | {
        "section": section,
        "shown": [(one, wording.finding_of(one), figure_of(one)) for one in section.questions],
        "before": sections[place - 1] if place else None,
        "after": sections[place + 1] if place + 1 < len(sections) else None,
    }
    return render(request, "surveys/results/page.html", context)


@require_safe
def results_changes(request: Request, wave: int) -> HttpResponse:
    """Show what has changed since the wave before, and what of it is more than chance."""
    results = found_results(request, wave)
    waves = frozen.results_so_far(results)
    if len(waves) <= 1:
        raise Http404
    now, before = waves[-1], waves[-2]
    changes = changes_between(now.questions, before.questions)
    days = (charts.day_of(before.closed_on), charts.day_of(now.closed_on))
    context = shared_context(request, results) | {
        "title": wording.changes_title(changes),
        "sentence": wording.changes_sentence(changes),
        **_folded(charts.rows_of_changes(changes, days)),
        "days": days,
    }
    return render(request, "surveys/results/changes.html", context)


def _folded(rows: list[charts.Row]) -> dict[str, list[charts.Row]]:
    """Return what has changed, and what has not: the rest is folded away where anything has."""
    changed = [row for row in rows if row.is_real]
    steady = [row for row in rows if not row.is_real]
    return {"changes": changed, "steady": steady} if changed else {"changes": steady, "steady": []}


@require_safe
def results_question(request: Request, wave: int, code: str) -> HttpResponse:
    """Show one question: all together, by department and over the waves."""
    results = found_results(request, wave)
    question = results.question(code)
    if question is None:
        raise Http404
    rows = frozen.departments_in(results.result)
    parts = [Part(row.department.name, depth, row.questions) for depth, row in rows]
    shown = [row for _depth, row in rows]
    hidden = frozen.hidden_in(results.result, shown) + len(parts) - len(shown_in(parts, question))
    context = shared_context(request, results) | {
        "question": question,
        "finding": wording.finding_of(question),
        "figure": figure_of(question),
        "comparison": comparison_of(question, parts),
        "follows": follows_from(results, question) if keeps_needs(request.user) else [],
        "hidden": wording.department_note(hidden) if hidden else "",
        **_over_time(results, question),
    }
    return render(request, "surveys/results/question.html", context)


def figure_of(question: QuestionResult, *, is_open: bool = False) -> Figure | None:
    """Return the chart of a question, None where there is nothing to draw."""
    if not question.rows or not question.is_shown:
        return None
    if question.main.places:
        return charts.ranking_figure(question, is_open=is_open)
    makes = charts.scale_figure if question.is_scale else charts.bars_figure
    return makes(question, is_open=is_open)


def shared_context(request: Request, results: Results) -> dict[str, Any]:
    """Return what all pages of one wave's results share."""
    wave = results.wave
    readable = WaveResult.objects.readable_by(request.user).filter(pk=results.result.pk)
    texts = WrittenAnswer.objects.filter(result__in=readable).order_by()
    return {
        "wave": wave,
        "survey": wave.survey,
        "result": results.result,
        "texts_to_read": set(texts.values_list("code", flat=True).distinct()),
        "keeps": keeps_needs(request.user),
    }


def follows_from(results: Results, question: QuestionResult) -> list[tuple[str, str, str]]:
    """Return each answer that may be told: its words, how many people, and its address as a source."""
    found = []
    for row in question.rows:
        for told in told_answers(row):
            if told.answer == LEFT:  # that few chose something is nothing that people need
                continue
            words = answer_words(told)
            if len(question.rows) > 1:
                words = f"{row.item.text} {words}"
            source = {"wave": results.wave.pk, "item": row.item.code, "answer": told.answer}
            query = urlencode({**source, **({"part": told.part} if told.part else {})})
            found.append((words, told_people(told), query))
    return found


def _over_time(results: Results, question: QuestionResult) -> dict[str, Any]:
    """Return the figures of this question over the waves: a chart of one, a table of several."""
    waves = frozen.results_so_far(results)
    code = question.question.code
    asked = [[one for one in wave.questions if one.question.code == code] for wave in waves]
    days = [wave.closed_on for wave in waves]
    headlines = [one for row in question.rows for one in headlines_of(row)]
    series = [same_over_waves(one, asked) for one in headlines]
    if len(series) == 1:
        pairs = zip(days, series[0], strict=True)
        trend = charts.trend_figure([(day, one) for day, one in pairs if one is not None])
        return {"trend": trend, "over_time": [], "panels": [], "days": []}
    names = [charts.day_of(day) for day in days]
    rows, panels = charts.rows_over_waves(series, names), charts.trend_panels(series, days)
    return {"trend": None, "over_time": rows, "panels": panels, "days": names}
