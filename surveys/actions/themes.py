"""Themes of a series of interviews, the notes that belong to them, and the tasks of a test."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from buyin.accounts.models import User
from surveys.models import Note, Survey, Theme, UsabilityTask

from .editing import is_as_wanted, note_edit, refuse_if_changed
from .naming import next_number
from .refusals import RefusedError

MOST_THEMES = 40
MOST_TASKS = 20


@dataclass(frozen=True)
class Tagging:
    """How one note was tagged when the page was made, and how it is to be tagged now."""

    was: frozenset[int]
    now: frozenset[int]


@transaction.atomic
def save_theme(*, theme: Theme, revision: int = 0, by: User) -> Theme:
    """Make or change a theme; no two of a series have the same name.

    A change is refused where somebody else has saved since `revision`, or put the theme together
    with another one.
    """
    survey = Survey.objects.select_for_update().get(pk=theme.survey_id)
    if theme.pk is not None:
        stored = survey.themes.select_for_update().filter(pk=theme.pk).first()
        if stored is None:
            raise RefusedError(_("Somebody else has put this theme together with another one."))
        return _changed(stored, theme, ["name", "meaning"], revision, by)
    if survey.themes.count() >= MOST_THEMES:
        raise RefusedError(
            _("There are %d themes already. Put some together before you add another.")
            % MOST_THEMES
        )
    _check(theme)
    theme.save()
    return theme


def _changed[R: (Theme, UsabilityTask)](
    stored: R, wanted: R, names: list[str], revision: int, by: User
) -> R:
    """Return the stored record with these fields of the other; what is there is no change."""
    if is_as_wanted(stored, wanted, names):
        return stored
    refuse_if_changed(stored, revision, by)
    for name in names:
        setattr(stored, name, getattr(wanted, name))
    _check(stored)
    stored.save(update_fields=names)
    note_edit(stored, by)
    return stored


@transaction.atomic
def merge_themes(*, theme: Theme, into: Theme) -> None:
    """Give all notes of a theme, and the needs made of it, to another one and forget it."""
    Survey.objects.select_for_update().get(pk=theme.survey_id)
    if theme.pk == into.pk or theme.survey_id != into.survey_id:
        raise RefusedError(_("Choose another theme of the same series."))
    current = Theme.objects.filter(pk=theme.pk).first()
    if current is None:
        return
    if not Theme.objects.filter(pk=into.pk).exists():
        raise RefusedError(_("Somebody else has put this theme together with another one."))
    into.notes.add(*current.notes.all())
    current.evidence.filter(need__in=into.evidence.values("need")).delete()
    current.evidence.update(theme=into)
    current.delete()


@transaction.atomic
def tag_notes(*, survey: Survey, tagging: Mapping[int, Tagging]) -> int:
    """Add and take away what was ticked and unticked; return how many notes changed.

    What others ticked meanwhile stays: only the difference to what the page showed is written.
    """
    known = set(survey.themes.order_by().values_list("pk", flat=True))
    notes = Note.objects.filter(session__survey=survey, pk__in=tagging).order_by("pk")
    changed = 0
    for note in notes.select_for_update(of=("self",)):
        one = tagging[note.pk]
        added, taken = (one.now - one.was) & known, one.was - one.now
        if added or taken:
            note.themes.add(*added)
            note.themes.remove(*taken)
            changed += 1
    return changed


@transaction.atomic
def save_task(*, task: UsabilityTask, revision: int = 0, by: User) -> UsabilityTask:
    """Make or change a task of a usability test; a new one comes last.

    A change is refused where somebody else has saved since `revision`.
    """
    survey = Survey.objects.select_for_update().get(pk=task.survey_id)
    if task.pk is not None:
        stored = survey.tasks.select_for_update().get(pk=task.pk)
        return _changed(stored, task, ["name", "instruction", "criterion"], revision, by)
    if survey.tasks.count() >= MOST_TASKS:
        raise RefusedError(_("A test has at most %d tasks.") % MOST_TASKS)
    task.position = next_number(survey.tasks.all(), "position")
    _check(task)
    task.save()
    return task


def _check(record: Theme | UsabilityTask) -> None:
    try:
        record.full_clean()
    except ValidationError as problem:
        raise RefusedError(" ".join(problem.messages)) from problem
