"""Sources of needs: found for who may make a need of them, and read for who may read them."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import Count, Q

from buyin.accounts.models import Department, User
from surveys.models import (
    DepartmentResult,
    Evidence,
    Note,
    Survey,
    TaskResult,
    Theme,
    UsabilityTask,
    WaveResult,
    WrittenAnswer,
)
from surveys.results.reading import FEWEST_TEXTS
from surveys.results.told import ToldAnswer, told_answer, told_answers, told_in_department

from .frozen import departments_in, results_of, with_waves

COUNTS = Q(session__finished_at__isnull=False, session__withdrawn_on__isnull=True)
Kind = Evidence.Kind


@dataclass(frozen=True)
class Source:
    """What somebody points to: one theme, task, note or text, or one answer of a wave's result."""

    theme: int | None = None
    task: int | None = None
    note: int | None = None
    text: UUID | None = None
    wave: int | None = None
    item: str = ""
    part: str = ""
    answer: str = ""
    department: int | None = None

    def __bool__(self) -> bool:
        return any((self.theme, self.task, self.note, self.text, self.wave))


@dataclass(frozen=True)
class Rests:
    """One piece of evidence as one person may read it.

    `source` is what it leads to; it is None where that is gone, where it was written by hand, or
    where this person may not open it. `people` is None where so few stand behind something that
    this person may not open that the number itself would say too much.
    """

    evidence: Evidence
    people: int | None
    source: Any = None
    told: ToldAnswer | None = None

    @property
    def is_hidden(self) -> bool:
        """Whether there is a source that this person may not open."""
        evidence = self.evidence
        return evidence.kind != Kind.SAID and not evidence.is_gone and self.source is None


def find_source(user: User, source: Source) -> Evidence | None:
    """Return what this person points to as evidence of no need yet, None where it is not theirs."""
    surveys = Survey.objects.visible_to(user)
    kinds: list[tuple[Any, Kind, models.QuerySet[Any]]] = [
        (source.theme, Kind.THEME, Theme.objects.filter(survey__in=surveys)),
        (source.task, Kind.TASK, UsabilityTask.objects.filter(survey__in=surveys)),
        (source.note, Kind.NOTE, notes_for(user)),
        (source.text, Kind.WRITTEN, texts_for(user)),
    ]
    for pk, kind, rows in kinds:
        if pk:
            found = rows.filter(pk=pk).first()
            return Evidence(kind=kind, **{Evidence.SOURCES[kind]: found}) if found else None
    return _find_answer(user, source) if source.wave else None


def notes_for(user: User) -> models.QuerySet[Note]:
    """Return the notes that count and that this person may read."""
    return Note.objects.filter(COUNTS, session__survey__in=Survey.objects.visible_to(user))


def texts_for(user: User) -> models.QuerySet[WrittenAnswer]:
    """Return what people wrote, where enough did and this person may read it."""
    together = (
        WrittenAnswer.objects.filter(result__in=WaveResult.objects.readable_by(user))
        .order_by()
        .values("result", "code")
        .annotate(n=Count("pk"))
        .filter(n__gte=max(FEWEST_TEXTS, settings.SMALLEST_GROUP))
    )
    enough = together.filter(result=models.OuterRef("result"), code=models.OuterRef("code"))
    return WrittenAnswer.objects.filter(models.Exists(enough))


def answers_told(result: WaveResult, item: str, department: int | None = None) -> list[ToldAnswer]:
    """Return the answers to an item that may be told, of all together or of one department."""
    for question in results_of(result).questions:
        for row in question.rows:
            if row.item.code == item and department is None:
                return told_answers(row)
            if row.item.code == item:
                part = result.departments.filter(department=department).first()
                return told_in_department(row, part.questions) if part else []
    return []


def _find_answer(user: User, source: Source) -> Evidence | None:
    visible = with_waves(WaveResult.objects.visible_to(user))
    result = visible.filter(wave=source.wave).first()
    if result is None:
        return None
    answers = answers_told(result, source.item, source.department)
    told = told_answer(answers, part=source.part, answer=source.answer)
    if told is None:
        return None
    return Evidence(
        kind=Kind.RESULT,
        result=result,
        item=source.item,
        part=source.part,
        answer=told.answer,
        department_id=source.department,
        people=told.people,
    )


def initiative_of(evidence: Evidence) -> int | None:
    """Return the initiative for which a source was asked, None where it was written by hand."""
    kind = Kind(evidence.kind)
    source: Any = getattr(evidence, Evidence.SOURCES[kind]) if kind != Kind.SAID else None
    if source is None:
        return None
    if kind == Kind.RESULT:
        return int(source.wave.survey.initiative_id)
    if kind == Kind.WRITTEN:
        return int(source.result.wave.survey.initiative_id)
    survey = source.session.survey if kind == Kind.NOTE else source.survey
    return int(survey.initiative_id)


def counted_in(rests: Rests) -> list[tuple[Department | None, Rests]]:
    """Return an answer for all together and for each department where it may be told."""
    told, evidence = rests.told, rests.evidence
    if told is None or not isinstance(rests.source, WaveResult):
        return []
    whole = told_answer(told_answers(told.result), part=told.part, answer=told.answer)
    rows: list[tuple[Department | None, ToldAnswer | None]] = [(None, whole)]
    for _depth, row in departments_in(rests.source):
        answers = told_in_department(told.result, row.questions)
        rows.append((row.department, told_answer(answers, part=told.part, answer=told.answer)))
    return [(place, Rests(evidence, one.people, rests.source, one)) for place, one in rows if one]


def read_for(user: User, evidence: Iterable[Evidence]) -> list[Rests]:
    """Return evidence as this person may read it; as many queries for many pieces as for one."""
    pieces = list(evidence)
    known = {kind: _known(user, kind, pieces) for kind in Evidence.SOURCES}
    counts = people_behind(pieces)
    told = _told(pieces, known[Kind.RESULT])
    found = []
    for one in pieces:
        source = known[Kind(one.kind)].get(_source_id(one)) if one.kind != Kind.SAID else None
        rests = Rests(one, counts[one.pk], source, told.get(one.pk))
        if rests.is_hidden and counts[one.pk] < settings.SMALLEST_GROUP:
            rests = Rests(one, None)
        found.append(rests)
    return found


def people_behind(pieces: Sequence[Evidence]) -> dict[int, int]:
    """Return by evidence how many people stand behind it now; nobody behind what is gone."""
    themes, tasks = _ids(pieces, Kind.THEME), _ids(pieces, Kind.TASK)
    named: dict[Any, int] = {}
    if themes:
        rows = Note.objects.filter(COUNTS, themes__in=themes).order_by().values_list("themes")
        named = dict(rows.annotate(n=Count("session", distinct=True)))
    hard: dict[Any, int] = {}
    if tasks:
        results = TaskResult.objects.filter(COUNTS, task__in=tasks)
        results = results.exclude(success=TaskResult.Success.YES).order_by()
        hard = dict(results.values_list("task").annotate(n=Count("pk")))
    counts: dict[str, Mapping[Any, int]] = {Kind.THEME: named, Kind.TASK: hard}
    found = {}
    for one in pieces:
        if one.kind in counts:
            found[one.pk] = counts[one.kind].get(_source_id(one), 0)
        elif one.kind in (Kind.WRITTEN, Kind.NOTE):
            found[one.pk] = 0 if one.is_gone else 1
        else:
            found[one.pk] = 0 if one.is_gone else one.people
    return found


def _source_id(one: Evidence) -> Any:
    return getattr(one, f"{Evidence.SOURCES[Kind(one.kind)]}_id")


def _ids(pieces: Sequence[Evidence], kind: Kind) -> set[Any]:
    return {pk for one in pieces if one.kind == kind and (pk := _source_id(one)) is not None}


def _known(user: User, kind: Kind, pieces: Sequence[Evidence]) -> dict[Any, Any]:
    """Return the sources of a kind that these pieces lead to and that this person may open."""
    ids = _ids(pieces, kind)
    if not ids:
        return {}
    surveys = Survey.objects.visible_to(user)
    rows: dict[Kind, models.QuerySet[Any]] = {
        Kind.RESULT: with_waves(WaveResult.objects.visible_to(user)),
        Kind.WRITTEN: texts_for(user).select_related("result__wave__survey"),
        Kind.THEME: Theme.objects.filter(survey__in=surveys).select_related("survey"),
        Kind.NOTE: notes_for(user).select_related("session__survey"),
        Kind.TASK: UsabilityTask.objects.filter(survey__in=surveys).select_related("survey"),
    }
    return {row.pk: row for row in rows[kind].filter(pk__in=ids)}


def _told(pieces: Sequence[Evidence], results: Mapping[int, WaveResult]) -> dict[int, ToldAnswer]:
    """Return by evidence the answer of a result that it leads to."""
    leads = [one for one in pieces if one.result_id in results]
    places = {one.department_id for one in leads if one.department_id}
    parts = _parts(list(results.values()), places) if places else {}
    found = {}
    for one in leads:
        row = _row(results[one.result_id or 0], one.item)
        if row is None:
            continue
        place = parts.get((one.result_id, one.department_id), {})
        answers = told_in_department(row, place) if one.department_id else told_answers(row)
        if told := told_answer(answers, part=one.part, answer=one.answer):
            found[one.pk] = told
    return found


def _row(result: WaveResult, item: str) -> Any:
    rows = (row for question in results_of(result).questions for row in question.rows)
    return next((row for row in rows if row.item.code == item), None)


def _parts(results: Collection[WaveResult], places: Collection[int]) -> dict[Any, dict[str, Any]]:
    rows = DepartmentResult.objects.filter(result__in=results, department__in=places)
    return {(row.result_id, row.department_id): row.questions for row in rows}
