"""Themes of a series, the notes that belong to them, and the tasks of a usability test."""

import re
from collections.abc import Callable, Iterable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from buyin.http import Request
from buyin.methods import takes_form
from surveys.actions.refusals import RefusedError
from surveys.actions.themes import Tagging, merge_themes, save_task, save_theme, tag_notes
from surveys.forms.sessions import (
    TaskEditForm,
    TaskForm,
    ThemeEditForm,
    ThemeForm,
    ThemeMergeForm,
)
from surveys.models import Note, Survey, Theme, UsabilityTask
from surveys.queries.sessions import notes_of, question_texts, tasks_of, untagged_of

from .saving import saved
from .series import series_of

PAGE = 20
ID = re.compile(r"\d{1,15}", re.ASCII)


@takes_form
def series_themes(request: Request, survey: int) -> HttpResponse:
    """List the themes of a series, and add one."""
    found = series_of(request, survey)
    form = ThemeForm(request.POST or None)
    if form.is_valid() and _made(
        form, lambda: save_theme(theme=form.theme(Theme(survey=found)), by=request.user)
    ):
        messages.success(request, _("Added."))
        return redirect("surveys:series-themes", found.pk)
    return _themes_page(request, found, form)


def _themes_page(request: Request, survey: Survey, form: ThemeForm) -> HttpResponse:
    context = {
        "form": form,
        "survey": survey,
        "themes": survey.themes.annotate(n=Count("notes")).order_by("name"),
        "untagged": untagged_of(survey).count(),
        "adds_at": reverse("surveys:series-themes", args=[survey.pk]),
    }
    return render(request, "surveys/sessions/themes.html", context)


def _made(form: ThemeForm | TaskForm, make: Callable[[], object]) -> bool:
    """Make a theme or a task; where it cannot be, say why at its name."""
    try:
        make()
    except RefusedError as error:
        form.add_error("name", str(error))
        return False
    return True


@takes_form
def series_theme(request: Request, survey: int, theme: int) -> HttpResponse:
    """Change what a theme is called; one that is not there any more can be added again."""
    found = series_of(request, survey)
    chosen = found.themes.filter(pk=theme).first()
    if chosen is None:
        return _gone(request, found, theme)

    def shown() -> dict[str, Any]:
        return ThemeEditForm.initial_of(chosen)

    def save(revision: int) -> None:
        save_theme(theme=form.theme(chosen), revision=revision, by=request.user)

    form = ThemeEditForm(request.POST or None, initial=shown())
    if form.is_valid() and saved(form, chosen, save, shown=shown, at="name"):
        messages.success(request, _("Saved."))
        return redirect("surveys:series-themes", found.pk)
    return _theme_page(request, found, chosen, form=form)


def _gone(request: Request, survey: Survey, theme: int) -> HttpResponse:
    """Show the themes with what was typed of one that is not there any more."""
    if request.method != "POST" or Theme.objects.filter(pk=theme).exists():
        raise Http404
    form = ThemeForm(request.POST)
    if form.is_valid():
        gone = _("Somebody else has put this theme together with another one.")
        form.add_error(None, f"{gone} {_('Add it again if you like.')}")
    return _themes_page(request, survey, form)


@require_POST
def series_theme_merge(request: Request, survey: int, theme: int) -> HttpResponse:
    """Give all notes of a theme to another one."""
    found = series_of(request, survey)
    chosen = get_object_or_404(found.themes, pk=theme)
    merge = ThemeMergeForm(request.POST, others=found.themes.exclude(pk=theme))
    if not merge.is_valid():
        return _theme_page(request, found, chosen, merge=merge)
    try:
        merge_themes(theme=chosen, into=merge.chosen())
    except RefusedError as error:
        merge.add_error("into", str(error))
        return _theme_page(request, found, chosen, merge=merge)
    messages.success(request, _("Put together."))
    return redirect("surveys:series-themes", found.pk)


def _theme_page(
    request: Request,
    survey: Survey,
    theme: Theme,
    *,
    form: ThemeForm | None = None,
    merge: ThemeMergeForm | None = None,
) -> HttpResponse:
    others = survey.themes.exclude(pk=theme.pk).order_by("name")
    name = Theme.objects.filter(pk=theme.pk).values_list("name", flat=True).first()
    notes = notes_of(survey).filter(themes=theme).select_related("session")
    context = {
        "survey": survey,
        "theme": theme,
        "name": name or theme.name,
        "page": Paginator(notes, PAGE).get_page(request.GET.get("page")),
        "form": form or ThemeEditForm(initial=ThemeEditForm.initial_of(theme)),
        "merge": merge or (ThemeMergeForm(others=others) if others else None),
    }
    return render(request, "surveys/sessions/theme.html", context)


@takes_form
def series_notes(request: Request, survey: int) -> HttpResponse:
    """Show the notes, and tick for each the themes that it is about."""
    found = series_of(request, survey)
    if request.method == "POST":
        changed = tag_notes(survey=found, tagging=_tagging(request.POST))
        text = ngettext("%d note has other themes now.", "%d notes have other themes now.", changed)
        messages.success(request, text % changed)
        return redirect(request.get_full_path())
    shows_all = request.GET.get("show") == "all"
    notes = notes_of(found) if shows_all else untagged_of(found)
    notes = notes.select_related("session").prefetch_related("themes")
    page = Paginator(notes, PAGE).get_page(request.GET.get("page"))
    context = {
        "survey": found,
        "page": page,
        "lines": _lines(page.object_list, question_texts(found)),
        "themes": list(found.themes.order_by("name")),
        "shows_all": shows_all,
    }
    return render(request, "surveys/sessions/notes.html", context)


def _lines(notes: Iterable[Note], texts: dict[str, str]) -> list[tuple[Note, str, list[int]]]:
    """Return each note with its question and the ids of its themes."""
    return [
        (note, texts.get(note.question, ""), sorted(theme.pk for theme in note.themes.all()))
        for note in notes
    ]


def _tagging(post: QueryDict) -> dict[int, Tagging]:
    """Return for each note on the page what was ticked when it was made and what is now."""
    found = {}
    for name in post:
        for pk in _ids([name.removeprefix("was_")]):
            was, now = post.get(name, "").split(), post.getlist(f"themes_{pk}")
            found[pk] = Tagging(_ids(was), _ids(now))
    return found


def _ids(texts: Iterable[str]) -> frozenset[int]:
    return frozenset(int(text) for text in texts if ID.fullmatch(text))


@takes_form
def series_tasks(request: Request, survey: int) -> HttpResponse:
    """List the tasks of a usability test, and add one."""
    found = series_of(request, survey)
    form = TaskForm(request.POST or None)
    if form.is_valid() and _made(
        form, lambda: save_task(task=form.task(UsabilityTask(survey=found)), by=request.user)
    ):
        messages.success(request, _("Added."))
        return redirect("surveys:series-tasks", found.pk)
    context = {"form": form, "survey": found, "tasks": tasks_of(found)}
    return render(request, "surveys/sessions/tasks.html", context)


@takes_form
def series_task(request: Request, survey: int, task: int) -> HttpResponse:
    """Change a task."""
    found = series_of(request, survey)
    chosen = get_object_or_404(found.tasks, pk=task)

    def shown() -> dict[str, Any]:
        return TaskEditForm.initial_of(chosen)

    def save(revision: int) -> None:
        save_task(task=form.task(chosen), revision=revision, by=request.user)

    form = TaskEditForm(request.POST or None, initial=shown())
    if form.is_valid() and saved(form, chosen, save, shown=shown, at="name"):
        messages.success(request, _("Saved."))
        return redirect("surveys:series-tasks", found.pk)
    return render(request, "surveys/sessions/task.html", {"form": form, "survey": found})
