"""Files of answers: kept, read by their columns, imported as a whole or not at all, forgotten."""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from buyin.accounts.models import User
from buyin.spreadsheets import UnreadableError
from buyin.uploads import LONGEST_NAME, MOST_TRIES, Noted, claimed
from buyin.uploads.progress import Tell, part_of
from surveys.formats.accounts import account_of, left_out_csv
from surveys.formats.mappings import MappingError
from surveys.formats.new_surveys import NewSurvey, read_new_survey
from surveys.formats.responses import Conversion
from surveys.models import AnswerFile
from surveys.queries.authoring import authorable_initiatives
from surveys.queries.importing import goal_of_new, guesses_for, initiative_for, read_answers

from .forgetting import forget_uploads
from .importing import import_new
from .refusals import RefusedError

SMALL = 512 * 1024  # bytes that are read and written while somebody waits for them
State = AnswerFile.State
AT_REST = {"tries": 0, "percent": 0, "leased_until": None}
READ = 0.6  # of the time that an import takes


@dataclass(frozen=True)
class _Found:
    """What a file holds for the survey that its mapping describes."""

    survey: NewSurvey
    answers: Conversion


@transaction.atomic
def keep_file(*, owner: User, name: str, content: bytes, mapping: dict[str, Any]) -> AnswerFile:
    """Keep an uploaded file until it is imported, and forget those that nobody came back to.

    What its columns seem to hold is found out at once where it is small, else by the clock.
    """
    forget_uploads()
    language = translation.get_language() or ""
    file = AnswerFile.objects.create(
        owner=owner,
        name=name[:LONGEST_NAME],
        content=content,
        mapping=mapping,
        language=language,
        state=State.READING,
    )
    if len(content) <= SMALL:
        bring_on(file=file.pk)
    return file


def map_file(*, file: AnswerFile, mapping: dict[str, Any]) -> None:
    """Store what the columns of a file mean, and let it be read by that; not while it is at work."""
    fresh = {**AT_REST, "mapping": mapping, "report": {}, "left_out": ""}
    changeable = AnswerFile.objects.filter(pk=file.pk, state__in=AnswerFile.CHANGEABLE)
    if changeable.update(state=State.CHECKING, **fresh) and len(file.content) <= SMALL:
        bring_on(file=file.pk)


def confirm_file(*, file: AnswerFile) -> None:
    """Let a file that was read be imported. Said twice, it is said once."""
    read = AnswerFile.objects.filter(pk=file.pk, state=State.CHECKED)
    if read.update(state=State.IMPORTING, **AT_REST) and len(file.content) <= SMALL:
        bring_on(file=file.pk)


def bring_on(*, file: int) -> None:
    """Read or import a file that waits; one that broke its reader again and again is given up."""
    found = claimed(AnswerFile.objects.waiting().select_related("owner"), file)
    if found is None:
        return
    # The account is kept in words, so it is written in the language of whoever brought the file.
    with translation.override(found.language or None):
        if found.tries > MOST_TRIES:
            why = _("It failed again and again. Nothing was imported.")
            _settle(found, State.REFUSED, {"why": why})
        else:
            STEPS[found.state](found)


@transaction.atomic
def forget_file(*, file: AnswerFile) -> bool:
    """Delete a file and its account; return whether its answers had come in, and stay."""
    locked = AnswerFile.objects.select_for_update().filter(pk=file.pk).first()
    if locked is None:
        return False
    locked.delete()
    return locked.state == State.DONE


def _guess(file: AnswerFile) -> None:
    """Find out what the columns of a file seem to hold, for its author to correct."""
    try:
        guesses = guesses_for(bytes(file.content))
    except UnreadableError as error:
        _settle(file, State.REFUSED, {"why": str(error)})
    else:
        kept = [asdict(guess) for guess in guesses]
        _still(file).update(state=State.COLUMNS, guesses=kept, report={})


def _check(file: AnswerFile) -> None:
    """Read a file by its mapping; what cannot be mapped goes back to who mapped it."""
    try:
        answers = _read(file, Noted(_still(file))).answers
    except MappingError as error:
        _settle(file, State.COLUMNS, {"faults": error.problems})
    except UnreadableError as error:
        _settle(file, State.REFUSED, {"why": str(error)})
    else:
        _settle(file, State.CHECKED, account_of(answers), left_out_csv(answers))


def _import(file: AnswerFile) -> None:
    """Read a file once more and write what it holds, or say why that cannot be."""
    try:
        found = _read(file, part_of(Noted(_still(file)), 0, READ))
        _refuse_strangers(file.owner, found.survey)
        _write(file, found)
    except (MappingError, RefusedError, UnreadableError) as error:
        _settle(file, State.REFUSED, {"why": str(error)})


def _read(file: AnswerFile, tell: Tell) -> _Found:
    survey = read_new_survey(file.mapping)
    goal = goal_of_new(survey)
    return _Found(survey, read_answers(bytes(file.content), file.mapping, goal, tell))


def _refuse_strangers(owner: User, survey: NewSurvey) -> None:
    """Refuse who could make surveys when they said yes, and cannot any more."""
    theirs = authorable_initiatives(owner).filter(pk=initiative_for(survey).pk)
    if not owner.is_active or not theirs.exists():
        raise RefusedError(_("You may not make surveys for this initiative any more."))


@transaction.atomic
def _write(file: AnswerFile, found: _Found) -> None:
    """Write all answers and what came of the file at once; a worker that dies leaves nothing half.

    The row stays locked till then, so nobody else takes the file, however long it takes.
    """
    if _still(file).select_for_update().first() is None:
        return
    done = import_new(owner=file.owner, survey=found.survey, rows=found.answers.rows)
    counts = {"created": done.created, "skipped": done.skipped}
    where = {"survey": done.wave.survey_id, "number": done.wave.number}
    _settle(file, State.DONE, {**account_of(found.answers), **counts, **where})
    AnswerFile.objects.filter(pk=file.pk).update(content=b"")


def _still(file: AnswerFile) -> Any:
    return AnswerFile.objects.filter(pk=file.pk, state=file.state)


def _settle(
    file: AnswerFile, state: str, report: dict[str, Any], left_out: str | None = None
) -> None:
    more = {} if left_out is None else {"left_out": left_out}
    _still(file).update(state=state, report=report, **more)


STEPS: dict[str, Callable[[AnswerFile], None]] = {
    State.READING: _guess,
    State.CHECKING: _check,
    State.IMPORTING: _import,
}
