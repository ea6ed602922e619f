"""Lists of stakeholders that come in: a file is kept, read, shown, and written once somebody says yes."""

from collections.abc import Callable, Mapping
from typing import cast

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from buyin.accounts.models import User
from buyin.spreadsheets import UnreadableError
from buyin.stakeholders.contacts import Learned
from buyin.stakeholders.models import ImportRun, ImportSource
from buyin.stakeholders.queries.doubles import registered
from buyin.stakeholders.queries.import_accounts import account_of, doubts_of, left_out_of
from buyin.stakeholders.queries.import_plan import (
    NEW,
    ImportWishes,
    Plan,
    learned_of_source,
    plan_import,
)
from buyin.uploads import (
    AT_REST,
    LITTLE,
    LONGEST_NAME,
    Announced,
    Noted,
    Tell,
    discarded,
    forget_left_behind,
    forget_percent,
    part_of,
    refuse,
    silent,
    steps,
    still,
    to_be_undone,
)
from buyin.workbooks import is_workbook

from .import_undo import undo_import
from .import_updating import lock_updated, write_updated
from .import_writing import beside_of, write_created, write_rows

SMALL = 64 * 1024  # bytes that are read and written while somebody waits for them
PLANNED, CREATED, CHANGED = 0.5, 0.85, 0.95  # of the time that an import takes
State = ImportRun.State


@transaction.atomic
def keep_list(
    *, owner: User | None, name: str, content: bytes, source: str = "", category: str = ""
) -> ImportRun:
    """Keep a list until somebody decides about it; a small one is read at once.

    Files that nobody came back to are forgotten.
    """
    forget_left_behind(ImportRun.objects.all())
    run = ImportRun.objects.create(
        owner=owner,
        name=name[:LONGEST_NAME],
        content=content,
        source=source,
        category=category,
        mapping=learned_of_source(source),
        language=translation.get_language() or "",
    )
    _bring_on_if_small(run)
    return run


@transaction.atomic
def map_list(*, run: ImportRun, learned: Learned, category: str = "") -> None:
    """Store what somebody said about the columns and words of a source, and read the file by that.

    The next file of the same source is read by it from the start.
    """
    changeable = ImportRun.objects.filter(pk=run.pk, state=State.CHECKED)
    fresh = {"report": {}, "left_out": "", "doubts": [], "decisions": {}, "category": category}
    if not changeable.update(state=State.CHECKING, mapping=learned, **AT_REST, **fresh):
        return
    ImportSource.objects.update_or_create(name=run.source, defaults={"learned": learned})
    _bring_on_if_small(run)


@transaction.atomic
def decide_rows(*, run: ImportRun, said: Mapping[str, str]) -> int:
    """Store who the people in some rows are, and return how many could be stored.

    Each is one of those that the row may be, or somebody new; nothing takes a decision back.
    """
    locked = ImportRun.objects.select_for_update().get(pk=run.pk)
    if locked.state != State.CHECKED:
        return 0
    offered = {
        str(one["row"]): {NEW, "", *(option["key"] for option in one["options"])}
        for one in locked.doubts
    }
    known = {row: key for row, key in said.items() if key in offered.get(row, ())}
    decisions = {**locked.decisions, **known}
    locked.decisions = {row: key for row, key in decisions.items() if key}
    locked.save(update_fields=["decisions"])
    return len(known)


def confirm_list(*, run: ImportRun) -> None:
    """Let a file that was read be written. Said twice, it is said once."""
    read = ImportRun.objects.filter(pk=run.pk, state=State.CHECKED)
    if read.update(state=State.IMPORTING, **AT_REST):
        forget_percent(run)
        _bring_on_if_small(run)


def discard_list(*, run: ImportRun) -> bool:
    """Forget a file of which nothing was written; return whether that could be."""
    return discarded(run)


def take_back(*, run: ImportRun) -> None:
    """Let all that an import wrote be taken back: at once where it is little, else by the clock.

    Said twice, it is said once.
    """
    if to_be_undone(run) and run.changes.count() <= LITTLE:
        bring_on(run=run.pk)


def bring_on(*, run: int) -> None:
    """Read, write or take back what waits; one that broke its reader again and again is given up."""
    steps.bring_on(ImportRun.objects.all(), run, STEPS)


@transaction.atomic
def import_list(
    *, owner: User | None, name: str, content: bytes, wishes: ImportWishes, tell: Tell = silent
) -> tuple[ImportRun, Plan]:
    """Read a list and write all that it says at once; raise UnreadableError where it is none."""
    run = ImportRun.objects.create(
        owner=owner,
        name=name[:LONGEST_NAME],
        content=b"",
        source=wishes.source,
        mapping=wishes.learned,
        category=wishes.category,
        decisions=dict(wishes.decisions),
    )
    return run, _written(run, content, wishes, tell)


def _bring_on_if_small(run: ImportRun) -> None:
    """Do the next step at once where nobody waits long; workbooks unpack to more than they are."""
    if len(run.content) <= SMALL and not is_workbook(bytes(run.content)):
        bring_on(run=run.pk)


def _check(run: ImportRun) -> None:
    """Read a file and say what it would change."""
    try:
        plan = plan_import(bytes(run.content), _wishes(run), Noted(still(run)))
    except UnreadableError as error:
        refuse(run, str(error))
    else:
        still(run).update(
            state=State.CHECKED,
            report=account_of(plan),
            left_out=left_out_of(plan),
            doubts=doubts_of(plan),
        )


def _import(run: ImportRun) -> None:
    """Read a file once more and write what it says; a worker that dies leaves nothing half.

    It is read before anything is held, so that others wait for the writing alone, if at all.
    """
    if run.owner is not None and not run.owner.leads_agency:
        refuse(run, _("You may not bring in stakeholders any more."))
        return
    content, wishes, mark = bytes(run.content), _wishes(run), registered().digest
    try:
        plan = plan_import(content, wishes, part_of(Noted(still(run)), 0, PLANNED))
        with transaction.atomic():
            if still(run).select_for_update().first() is not None:
                _written(run, content, wishes, Announced(run), early=(mark, plan))
    except UnreadableError as error:
        refuse(run, str(error))


def _undo(run: ImportRun) -> None:
    """Take back what was written; a worker that dies leaves it as it was."""
    undo_import(run=run, tell=Announced(run))


def _written(
    run: ImportRun,
    content: bytes,
    wishes: ImportWishes,
    tell: Tell,
    early: tuple[str, Plan] | None = None,
) -> Plan:
    """Write a file while no other import writes, and keep what came of it, without the file.

    `early` is a plan that was made before, with the mark of who was registered then. Where that is
    not so any more, the file is read anew.
    """
    ImportSource.objects.get_or_create(name="")
    ImportSource.objects.select_for_update().get(name="")
    if early and early[0] == registered().digest:
        plan = early[1]
    else:
        plan = plan_import(content, wishes, part_of(tell, 0, PLANNED))
    lock_updated(plan)
    # The account is of what was there before, so it is taken before anything is written.
    run.report, run.left_out = account_of(plan), left_out_of(plan)
    beside = beside_of(plan)
    made = write_created(run, plan, beside, part_of(tell, PLANNED, CREATED))
    write_updated(run, plan, beside, part_of(tell, CREATED, CHANGED))
    write_rows(run, plan.rows_of(made))
    run.state, run.done_at, run.content = State.DONE, timezone.now(), b""
    run.made, run.doubts = beside.made, []
    run.save(update_fields=["state", "done_at", "content", "report", "left_out", "made", "doubts"])
    return plan


def _wishes(run: ImportRun) -> ImportWishes:
    learned = cast("Learned", run.mapping)
    return ImportWishes(run.source, learned, run.category, run.decisions)


STEPS: dict[str, Callable[[ImportRun], None]] = {
    State.CHECKING: _check,
    State.IMPORTING: _import,
    State.UNDOING: _undo,
}
