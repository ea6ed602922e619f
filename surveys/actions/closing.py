"""Anonymous answers leave the buffer only in shuffled groups; closing a wave shuffles everything.

What a reader of the database could use to tie an answer to a person is the order of rows, their
keys and the number of the transaction that wrote them. So both sides of a group, who has answered
and what was answered, are written anew in one transaction, each in its own random order.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.db.models.functions import Now
from django.utils import timezone

from buyin.accounts.models import Department, User
from buyin.periods import week_of
from surveys.models import (
    OUTSIDE,
    Anonymity,
    BufferedResponse,
    Happening,
    Participation,
    Receipt,
    Response,
    Wave,
    WaveDepartment,
    What,
)
from surveys.queries.accounts import answered_beside_guests
from surveys.sealing import Homes, large_enough, shuffled

from .telling import pass_on

BATCH = 500


@transaction.atomic
def flush_group(*, wave: int, department: int | None) -> int:
    """Move the buffered answers of one department, if they are enough; return how many moved.

    None stands for all who belong to none: whoever answered in public.
    """
    locked = Wave.objects.select_for_update().get(pk=wave)
    waiting = BufferedResponse.objects.filter(wave=locked, department=department)
    sheets = list(waiting.values_list("department_id", "answers"))
    if locked.closed_at or len(sheets) < settings.SMALLEST_GROUP:
        return 0
    waiting.delete()
    _write_responses(locked, sheets)
    _rewrite_participations(
        Participation.objects.filter(wave=locked, department=department, is_sealed=False)
    )
    if department is None:
        _rewrite_receipts(locked)
        pass_on(locked)
    return len(sheets)


@transaction.atomic
def close_wave(*, wave: int, by: User | None, if_due: bool = False) -> bool:
    """Close a wave for good; False where it was closed already. Two closers do no harm.

    Nobody stands for the clock, which closes only what is due: not a wave that was paused or given
    more time meanwhile.
    """
    locked = Wave.objects.select_for_update(of=("self",)).select_related("version").get(pk=wave)
    if locked.closed_at:
        return False
    if if_due and not Wave.objects.due_to_close().filter(pk=wave).exists():
        return False
    if locked.version.anonymity == Anonymity.ANONYMOUS:
        _shuffle_everything(locked)
    Receipt.objects.filter(wave=locked).delete()
    pass_on(locked)
    Wave.objects.filter(pk=wave).update(closed_at=Now(), paused_at=None)
    Happening.objects.create(wave=locked, what=What.CLOSED, by=by)
    return True


def _shuffle_everything(wave: Wave) -> None:
    """Rewrite every answer of a wave among enough others, and everybody who has answered."""
    sheets = _taken(wave)
    homes = _homes(wave, Counter(department for department, _answers in sheets))
    for department, home in homes.items():
        if home != department:
            group = WaveDepartment.objects.filter(wave=wave, department=department)
            group.update(merged_into=home)
    _write_responses(
        wave, [(None if d is None else homes.get(d), answers) for d, answers in sheets]
    )
    _rewrite_participations(Participation.objects.filter(wave=wave))


def _homes(wave: Wave, counts: Mapping[int | None, int]) -> Homes:
    """Return where the answers of each department are counted; what is not in it for the whole only.

    Beside guests only people with an account make a group large enough. Guests of a department in
    which no such person has answered count as outside.
    """
    parents: dict[int, int | None] = {OUTSIDE: None}
    parents |= dict(Department.objects.order_by().values_list("pk", "parent_id"))
    smallest = settings.SMALLEST_GROUP
    people = {d: n for d, n in answered_beside_guests(wave).items() if d is not None}
    if not people:
        groups = {d: n for d, n in counts.items() if d is not None}
        return large_enough(groups, parents, smallest=smallest)
    homes = large_enough(people, parents, smallest=smallest)
    outside = sum(n for d, n in counts.items() if d not in people)
    if None in homes.values() or not 0 < outside < smallest:
        return homes
    # Too few outside: the smallest group of people joins them.
    joined = Counter({OUTSIDE: outside})
    for department, home in homes.items():
        joined[home or OUTSIDE] += people[department]
    final = large_enough(joined, parents, smallest=smallest)
    return {department: final[home or OUTSIDE] for department, home in homes.items()}


def _taken(wave: Wave) -> list[tuple[int | None, Any]]:
    """Take all answers of a wave out of their tables, each with where it is counted so far.

    Where people are asked by name, answers without a department are those of guests outside.
    """
    nowhere = None if wave.is_public or wave.takes_imports else OUTSIDE
    sheets: list[tuple[int | None, Any]] = []
    for rows in (BufferedResponse.objects.filter(wave=wave), Response.objects.filter(wave=wave)):
        sheets += (
            (nowhere if department is None else department, answers)
            for department, answers in rows.values_list("department_id", "answers")
        )
        rows.delete()
    return sheets


def _write_responses(wave: Wave, sheets: Sequence[tuple[int | None, Any]]) -> None:
    """Write answers under new keys in random order, all with the week of this moment.

    One week for all: a week of one's own would tell the last few to answer from the others.
    """
    week = week_of(timezone.now())
    Response.objects.bulk_create(
        [
            Response(
                id=uuid4(),
                wave=wave,
                department_id=None if department == OUTSIDE else department,
                answers=given,
                week=week,
            )
            for department, given in shuffled(sheets)
        ],
        batch_size=BATCH,
    )


def _rewrite_participations(rows: QuerySet[Participation]) -> None:
    """Write these participations anew in random order, sealed."""
    people = list(rows)
    rows.delete()
    for row in people:
        row.pk, row.is_sealed = uuid4(), True
    Participation.objects.bulk_create(shuffled(people), batch_size=BATCH)


def _rewrite_receipts(wave: Wave) -> None:
    """Write all receipts of a wave anew in random order, so that theirs says nothing of answers."""
    rows = Receipt.objects.filter(wave=wave)
    receipts = list(rows)
    rows.delete()
    Receipt.objects.bulk_create(shuffled(receipts), batch_size=BATCH)
