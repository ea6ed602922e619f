"""What came out of a series: themes with their quotations, tasks with their figures, the SUS."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from surveys.models import Note, Survey, TaskResult, Theme, UsabilityTask
from surveys.usability import (
    Estimate,
    Grade,
    completion,
    grade_of,
    mean_of,
    sus_score,
    typical_time,
)

SUS = [f"sus_{number}" for number in range(1, 11)]


@dataclass(frozen=True)
class ThemeLine:
    """A theme with the number of sessions that named it, and words that may be quoted."""

    theme: Theme
    sessions: int
    quotes: Sequence[Note]


@dataclass(frozen=True)
class TaskLine:
    """How participants got on with one task; times are those of who did it."""

    task: UsabilityTask
    tries: int
    done: int
    hard: int
    completion: Estimate
    time: Estimate | None
    errors: Estimate | None


@dataclass(frozen=True)
class Sus:
    """The score of a system with its range, and where it lies among published scores."""

    score: Estimate
    grade: Grade


@dataclass(frozen=True)
class Findings:
    """All that a series has brought so far."""

    sessions: int
    themes: list[ThemeLine]
    tasks: list[TaskLine]
    sus: Sus | None


def findings_of(survey: Survey) -> Findings:
    """Return what the finished sessions of a series have brought."""
    finished = list(survey.sessions.finished().order_by("number").values_list("pk", "answers"))
    sessions = [pk for pk, _answers in finished]
    scores = [sus_score(points) for _pk, answers in finished if (points := _points(answers))]
    score = mean_of(scores) if scores else None
    return Findings(
        sessions=len(sessions),
        themes=_themes(survey, sessions),
        tasks=_tasks(survey, sessions),
        sus=Sus(score, grade_of(score.value)) if score else None,
    )


def _points(answers: dict[str, object]) -> list[int]:
    """Return the ten answers of one participant, nothing where one is missing."""
    given = [answers.get(code) for code in SUS]
    points = [one for one in given if isinstance(one, int) and 1 <= one <= len(SUS) // 2]
    return points if len(points) == len(SUS) else []


def _themes(survey: Survey, sessions: Sequence[int]) -> list[ThemeLine]:
    notes = Note.objects.filter(session__in=sessions, themes__isnull=False).order_by("text", "pk")
    rows = notes.values_list("themes", "session", "session__may_quote", "is_quote", "pk", "text")
    named: dict[int, set[int]] = {}
    quotes: dict[int, list[Note]] = {}
    for theme, session, may_quote, is_quote, pk, text in rows:
        named.setdefault(theme, set()).add(session)
        if may_quote and is_quote:
            quotes.setdefault(theme, []).append(Note(pk=pk, text=text))
    lines = [
        ThemeLine(theme, len(named[theme.pk]), quotes.get(theme.pk, []))
        for theme in survey.themes.order_by("name")
        if theme.pk in named
    ]
    return sorted(lines, key=lambda line: (-line.sessions, line.theme.name))


def _tasks(survey: Survey, sessions: Sequence[int]) -> list[TaskLine]:
    by_task: dict[int, list[TaskResult]] = {}
    for result in TaskResult.objects.filter(session__in=sessions).order_by("pk"):
        by_task.setdefault(result.task_id, []).append(result)
    tasks = survey.tasks.order_by("position", "pk")
    return [_task(task, by_task[task.pk]) for task in tasks if task.pk in by_task]


def _task(task: UsabilityTask, results: Sequence[TaskResult]) -> TaskLine:
    counts = Counter(result.success for result in results)
    done = len(results) - counts[TaskResult.Success.NO]
    seconds = [
        result.seconds
        for result in results
        if result.seconds and result.success != TaskResult.Success.NO
    ]
    errors = [result.errors for result in results if result.errors is not None]
    return TaskLine(
        task=task,
        tries=len(results),
        done=done,
        hard=counts[TaskResult.Success.HARD],
        completion=completion(done, len(results)),
        time=typical_time(seconds) if seconds else None,
        errors=mean_of(errors) if errors else None,
    )
