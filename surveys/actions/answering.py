"""Answering a wave: saving a page as it is typed, and handing everything in, once."""

from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone

from buyin.periods import week_of
from buyin.prepared import Prepared, PreparedInsert, Statement, write_in_turn
from surveys import logic
from surveys.answers import Answer, Edit, Typed
from surveys.models import BufferedResponse, Response, Signature, Wave
from surveys.queries.filling import Filling, definition_of

from .drafting import forget, keep, locked
from .noting import note, noted

NEW_BUFFERED_RESPONSE = PreparedInsert(BufferedResponse)
NEW_RESPONSE = PreparedInsert(Response)
NEW_SIGNATURE = PreparedInsert(Signature)


class ClosedError(Exception):
    """The wave takes no more answers."""


class PausedError(Exception):
    """The wave takes answers later; what was typed has been kept."""


class AnsweredError(Exception):
    """The person has answered the wave already."""


class Outcome(Enum):
    """What became of handing in."""

    STORED = auto()
    REPEATED = auto()
    ANSWERED_BEFORE = auto()
    INCOMPLETE = auto()


@dataclass(frozen=True)
class Submission:
    """What became of handing in, and by item code what has to be mended first."""

    outcome: Outcome
    errors: dict[str, str] = field(default_factory=dict)


def save_page(*, filling: Filling, edit: Edit) -> Typed:
    """Keep what one page holds and return the whole draft; running twice changes nothing more.

    Also while the wave is paused. Raises ClosedError or AnsweredError where nothing is kept.
    """
    try:
        return _save_page(filling, edit)
    except IntegrityError:
        # Two pages made the first draft at the same moment; now there is one to merge into.
        return _save_page(filling, edit)


@transaction.atomic
def _save_page(filling: Filling, edit: Edit) -> Typed:
    _hold(KEEPING, filling.wave)
    kept = locked(filling)
    _expect_no_answer(filling)
    if kept.take(edit):
        keep(kept)
    return kept.typed


def submit(*, filling: Filling, edit: Edit, receipt: UUID) -> Submission:
    """Store the answers of the whole draft with this last page, once per respondent and wave.

    The receipt comes from the form: the same one again is a repeated send of the same answers,
    another one is a second try, of which nothing is stored. Raises ClosedError, or PausedError once
    the last page is kept for later.
    """
    try:
        return _submit(filling, edit, receipt)
    except ClosedError:
        save_page(filling=filling, edit=edit)
        raise PausedError from None
    except (IntegrityError, AnsweredError):
        stored = noted(filling, receipt)
        if stored is None:  # it was the first draft that two pages made, not the answer
            return _submit(filling, edit, receipt)
    return Submission(Outcome.REPEATED if stored == receipt else Outcome.ANSWERED_BEFORE)


@transaction.atomic
def _submit(filling: Filling, edit: Edit, receipt: UUID) -> Submission:
    _hold(TAKING, filling.wave)
    kept = locked(filling)
    kept.take(edit)
    reading = logic.read(definition_of(filling.wave.version), kept.typed)
    if reading.errors:
        _expect_no_answer(filling, receipt)  # else the draft is gone because its answers are in
        keep(kept)
        return Submission(Outcome.INCOMPLETE, reading.errors)
    # The unique constraint on this row decides who was first; nothing else may come before it. Nor
    # may answers come along: PostgreSQL writes what failed into its log, and here that names people.
    note(filling, receipt)
    write_in_turn(*_store(filling, reading.answers), *forget(kept))
    return Submission(Outcome.STORED)


def _expect_no_answer(filling: Filling, receipt: UUID | None = None) -> None:
    if noted(filling, receipt) is not None:
        raise AnsweredError


def _store(filling: Filling, given: dict[str, Answer]) -> list[Statement]:
    """Return what stores the answers: apart from who gave them, or beside their name."""
    sheet = {"wave": filling.wave, "department_id": filling.department, "answers": given}
    if filling.seal is not None:
        return [NEW_BUFFERED_RESPONSE.statement(BufferedResponse(**sheet))]
    response = Response(**sheet, week=week_of(timezone.now()))
    signature = Signature(response=response, person=filling.person)
    return [NEW_RESPONSE.statement(response), NEW_SIGNATURE.statement(signature)]


def _taking(wave: int) -> QuerySet[Wave, Any]:
    return Wave.objects.taking_answers().filter(pk=wave).order_by().values_list("pk")


def _keeping(wave: int) -> QuerySet[Wave, Any]:
    return Wave.objects.keeping_drafts().filter(pk=wave).order_by().values_list("pk")


# Many people may hold a wave open at once, which the query builder cannot say.
TAKING = Prepared(_taking, wave=int, lock="FOR KEY SHARE")
KEEPING = Prepared(_keeping, wave=int, lock="FOR KEY SHARE")


def _hold(waves: Prepared, wave: Wave) -> None:
    """Keep the wave as it is until this transaction ends, or say that it is none of these waves.

    The database's clock decides. Shuffling, pausing and closing wait for all who hold the wave, and
    whoever comes during those waits and then reads the wave as it is after them.
    """
    if waves.first(wave=wave.pk) is None:
        raise ClosedError
