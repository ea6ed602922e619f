"""Sessions with one participant: begun with their consent, noted live, finished, withdrawn."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from buyin.accounts.models import Department, User
from surveys.answers import Edit, counted, merge
from surveys.guides import Line, Noted, noted_in
from surveys.models import Anonymity, Note, Session, Survey, TaskResult
from surveys.queries.sessions import Sheet, sheet_for

from .naming import next_number
from .publishing import published_version
from .refusals import RefusedError


@dataclass(frozen=True)
class Participant:
    """Where a participant comes from; never who it is."""

    department: Department | None
    is_outside: bool
    role_group: str


@dataclass(frozen=True)
class Agreed:
    """What a participant agreed to, how, and whether their words may be quoted."""

    text: str
    consent: str
    may_quote: bool


@transaction.atomic
def start_session(
    *,
    survey: Survey,
    leader: User,
    made_by_form: UUID,
    participant: Participant,
    agreed: Agreed,
    held_on: date,
) -> Session:
    """Begin a session with the next number; the same form sent again gives the same session.

    The questions that it asks are fixed from now on: later changes to the guide make a new version.
    """
    current = Survey.objects.select_for_update().get(pk=survey.pk)
    made = Session.objects.filter(survey=current, made_by_form=made_by_form).first()
    if made is not None:
        return made
    return Session.objects.create(
        survey=current,
        version=published_version(current, Anonymity.ANONYMOUS),
        number=next_number(current.sessions.all()),
        made_by_form=made_by_form,
        held_on=held_on,
        department=participant.department,
        is_outside=participant.is_outside,
        role_group=participant.role_group,
        consent_text=agreed.text,
        consent=agreed.consent,
        may_quote=agreed.may_quote,
        leader=leader,
    )


@transaction.atomic
def save_sheet(*, session: Session, edit: Edit) -> Session:
    """Keep what a page of the sheet holds; running twice changes nothing more.

    What is changed in a session that was finished before goes into its notes at once.
    """
    current = _locked(session)
    if not _take(current, edit):
        return current
    sheet = sheet_for(current)
    noted = noted_in(sheet.definition, sheet.tasks, current.typed)
    if current.finished_at is not None and not noted.errors:
        _write(current, noted)
    current.save(update_fields=["typed", "saves", "answers"])
    return current


@transaction.atomic
def finish_session(*, session: Session, edit: Edit) -> dict[str, str]:
    """Save the sheet and let its notes count; return what has to be mended first, by code."""
    current = _locked(session)
    _take(current, edit)
    sheet: Sheet = sheet_for(current)
    noted = noted_in(sheet.definition, sheet.tasks, current.typed)
    if not noted.errors:
        _write(current, noted)
        if current.finished_at is None:
            current.finished_at = timezone.now()
    current.save(update_fields=["typed", "saves", "answers", "finished_at"])
    return noted.errors


@transaction.atomic
def withdraw_session(*, session: Session) -> None:
    """Delete everything that a participant said, because they no longer agree; for good.

    The number stays, so that nobody wonders where the session went. Twice does no harm.
    """
    current = Session.objects.select_for_update().get(pk=session.pk)
    current.notes.all().delete()
    current.results.all().delete()
    current.typed, current.saves, current.answers = {}, {}, {}
    current.department, current.role_group, current.is_outside = None, "", False
    current.may_quote = False
    current.withdrawn_on = current.withdrawn_on or timezone.localdate()
    current.save()


@transaction.atomic
def change_quoting(*, session: Session, may_quote: bool) -> None:
    """Note that a participant's words may be quoted from now on, or no longer."""
    current = _locked(session)
    current.may_quote = may_quote
    current.save(update_fields=["may_quote"])


def _locked(session: Session) -> Session:
    """Return the session, locked; refuse where its participant has withdrawn."""
    found = Session.objects.select_for_update().get(pk=session.pk)
    if found.withdrawn_on is not None:
        raise RefusedError(
            _("The participant has withdrawn. Nothing may be noted in this session any more.")
        )
    return found


def _take(session: Session, edit: Edit) -> bool:
    """Merge one page into the session; False where a later save of that page came first."""
    saves = counted(session.saves, edit)
    if saves is None:
        return False
    session.saves = saves
    session.typed = merge(session.typed, edit)
    return True


def _write(session: Session, noted: Noted) -> None:
    """Bring notes, results and answers in line with what was typed."""
    session.answers = noted.answers
    _write_notes(session, noted.lines)
    session.results.exclude(task__in=[done.task for done in noted.results]).delete()
    for done in noted.results:
        TaskResult.objects.update_or_create(
            session=session,
            task_id=done.task,
            defaults={"success": done.success, "seconds": done.seconds, "errors": done.errors},
        )


def _write_notes(session: Session, lines: list[Line]) -> None:
    """Make one note a line.

    A line that stays keeps its note with its themes, and so does one that was changed where it was.
    """
    left: dict[tuple[str, bool], list[Note]] = {}
    for note in session.notes.order_by("position", "pk"):
        left.setdefault((note.question, note.is_quote), []).append(note)
    kept: list[Note | None] = []
    for line in lines:
        others = left.get((line.question, line.is_quote), [])
        same = next((note for note in others if note.text == line.text), None)
        if same is not None:
            others.remove(same)
        kept.append(same)
    for position, (line, same) in enumerate(zip(lines, kept, strict=True)):
        others = left.get((line.question, line.is_quote), [])
        note = same or (others.pop(0) if others else Note(session=session))
        note.question, note.is_quote = line.question, line.is_quote
        note.text, note.position = line.text, position
        note.save()
    gone = [note.pk for notes in left.values() for note in notes]
    session.notes.filter(pk__in=gone).delete()
