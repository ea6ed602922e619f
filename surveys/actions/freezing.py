"""Counting a closed wave once: what may be shown is kept, and nothing else ever is."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.db import transaction

from surveys.logic import plan_of
from surveys.models import (
    DepartmentResult,
    Response,
    Wave,
    WaveDepartment,
    WaveResult,
    WrittenAnswer,
)
from surveys.queries.accounts import too_few_beside_guests
from surveys.queries.filling import definition_of
from surveys.queries.results import rules_for
from surveys.results.freezing import departments_of, question_of, under_one_top
from surveys.results.reading import FEWEST_TEXTS
from surveys.results.scales import Scale, scales_of
from surveys.results.tally import NOWHERE, Column
from surveys.sealing import shuffled

FETCHED = 2_000
BATCH = 500


@transaction.atomic
def freeze_results(*, wave: int) -> bool:
    """Count a closed wave and keep what may be shown; False where it is open or was counted before.

    Two at once do no harm: the second waits and finds it done.
    """
    locked = Wave.objects.select_for_update(of=("self",)).select_related("version", "survey")
    found = locked.get(pk=wave)
    if found.closed_at is None or WaveResult.objects.filter(wave=found).exists():
        return False
    parents, smallest = rules_for(found)
    asked = sum(WaveDepartment.objects.filter(wave=found).values_list("asked", flat=True))
    columns, scales, answers = _counted(found, parents)
    result = WaveResult(wave=found, smallest_group=smallest, asked=asked)
    if too_few_beside_guests(Wave.objects.filter(pk=wave), smallest).exists():
        answers = 0
    if answers >= smallest:
        result.answers, result.tree = answers, {str(one): up for one, up in parents.items()}
        result.questions = {
            column.item.code: question
            for column in columns
            if (question := question_of(column, smallest=smallest, asked=asked))
        }
        result.scales = [known for scale in scales if (known := scale.reliability())]
    result.save()
    if answers >= smallest:
        _write_departments(result, columns, parents)
        _write_texts(result, columns)
    return True


def _counted(wave: Wave, parents: dict[int, int | None]) -> tuple[list[Column], list[Scale], int]:
    """Return everything that was answered, counted; one reading of the answers."""
    definition = definition_of(wave.version)
    steps = plan_of(definition).steps
    columns = [
        Column(item, is_gated=item.is_other or bool(steps[item.code].gates))
        for item in definition.items()
        if item.is_typed
    ]
    scales = scales_of(definition)
    rows = Response.objects.filter(wave=wave).order_by().values_list("department_id", "answers")
    total = 0
    for department, answers in rows.iterator(chunk_size=FETCHED):
        home = department if department in parents else NOWHERE
        for column in columns:
            column.add(home, answers)
        for scale in scales:
            scale.add(answers)
        total += 1
    return columns, scales, total


def _write_departments(
    result: WaveResult, columns: Sequence[Column], parents: dict[int, int | None]
) -> None:
    tree = under_one_top(parents)
    found: dict[int, dict[str, Any]] = {}
    for column in columns:
        parts = departments_of(column, tree=tree, smallest=result.smallest_group)
        for department, tables in parts.items():
            found.setdefault(department, {})[column.item.code] = tables
    tops = [department for department, above in parents.items() if above is None]
    if len(tops) == 1 and not any(column.states.get(NOWHERE) for column in columns):
        found.pop(tops[0], None)  # it is the whole itself
    DepartmentResult.objects.bulk_create(
        (
            DepartmentResult(result=result, department_id=department, questions=questions)
            for department, questions in sorted(found.items())
        ),
        batch_size=BATCH,
    )


def _write_texts(result: WaveResult, columns: Sequence[Column]) -> None:
    """Keep what people wrote where enough did, in random order and apart from everything else."""
    fewest = max(FEWEST_TEXTS, result.smallest_group, settings.SMALLEST_GROUP)
    texts = [
        WrittenAnswer(result=result, code=column.item.code, text=text)
        for column in columns
        if len(column.texts) >= fewest and not column.tells_of_its_gate
        for text in column.texts
    ]
    WrittenAnswer.objects.bulk_create(shuffled(texts), batch_size=BATCH)
