"""Frozen results as pages need them: nothing here counts an answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.db.models import QuerySet

from buyin.accounts.models import User, in_tree_order
from surveys import definitions
from surveys.definitions import Definition
from surveys.models import DepartmentResult, Wave, WaveResult
from surveys.results.reading import QuestionResult, Section, questions_in, sections_in

from .filling import definition_of


@dataclass(frozen=True)
class Results:
    """One wave's results with the questions that were asked."""

    result: WaveResult
    definition: Definition

    @property
    def wave(self) -> Wave:
        """Return the wave."""
        return self.result.wave

    @property
    def closed_on(self) -> datetime:
        """Return when the wave closed."""
        return self.wave.closed_at or self.result.frozen_at

    @cached_property
    def questions(self) -> list[QuestionResult]:
        """Return every question with what came out of it."""
        return questions_in(self.definition, self.result.questions)

    def question(self, code: str) -> QuestionResult | None:
        """Return the question with this code."""
        return next((one for one in self.questions if one.question.code == code), None)


def sections_of(results: Results) -> list[Section]:
    """Return the pages of the survey that ask something."""
    return sections_in(results.definition, results.questions)


def with_waves(results: QuerySet[WaveResult]) -> QuerySet[WaveResult]:
    """Add what pages of results name: wave, survey, initiative and version without its questions."""
    return results.select_related("wave__survey__initiative", "wave__version").defer(
        "wave__version__definition"
    )


def results_of(result: WaveResult) -> Results:
    """Return results with their questions, from memory where they are there."""
    return Results(result, definition_of(result.wave.version))


def results_so_far(results: Results) -> list[Results]:
    """Return the results of this survey's waves up to this one, the oldest first; one query.

    A version that differs from this one's is read from the same rows.
    """
    wave = results.wave
    rows = (
        WaveResult.objects.filter(wave__survey=wave.survey_id, wave__number__lte=wave.number)
        .exclude(answers=None)
        .select_related("wave__survey", "wave__version")
        .order_by("wave__number")
    )
    return [_read(row, results) for row in rows]


def _read(row: WaveResult, known: Results) -> Results:
    if row.wave.version_id == known.wave.version_id:
        return Results(row, known.definition)
    return Results(row, definitions.read(row.wave.version.definition))


def departments_in(result: WaveResult) -> list[tuple[int, DepartmentResult]]:
    """Return the departments of which something may be shown, as (depth, row) in tree order."""
    rows = {
        row.department_id: row
        for row in DepartmentResult.objects.filter(result=result).select_related("department")
    }
    ordered = in_tree_order([row.department for row in rows.values()])
    return [(depth, rows[department.pk]) for depth, department in ordered]


def hidden_in(result: WaveResult, shown: Sequence[DepartmentResult]) -> int:
    """Return how many of the departments that were asked are not shown; one query."""
    groups = result.wave.groups.filter(department__isnull=False).order_by()
    asked = set(groups.values_list("department_id", flat=True))
    tops = [int(one) for one, above in result.tree.items() if above is None]
    if len(tops) == 1:
        asked -= {tops[0]}  # it is the whole
    return len(asked - {row.department_id for row in shown})


def visible_results(user: User) -> QuerySet[WaveResult]:
    """Return the results that this person may see, the newest first."""
    return with_waves(WaveResult.objects.visible_to(user)).order_by("-wave__closed_at", "-pk")


def is_counted(wave: Wave) -> bool:
    """Return whether a wave's results are there."""
    return WaveResult.objects.filter(wave=wave).exists()
