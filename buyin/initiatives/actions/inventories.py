"""Inventories that come in: a file is kept, read, shown, and written once somebody says yes."""

from collections.abc import Callable
from typing import Any, cast

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from buyin.accounts.models import User
from buyin.initiatives.models import InventoryImport, InventorySource
from buyin.initiatives.queries.inventories import Plan, Wishes, learned_of, plan_inventory
from buyin.initiatives.queries.inventory_accounts import account_of, left_out_of
from buyin.spreadsheets import UnreadableError
from buyin.tables.columns import Learned
from buyin.uploads import (
    AT_REST,
    LITTLE,
    LONGEST_NAME,
    Announced,
    Noted,
    Tell,
    discarded,
    forget_left_behind,
    part_of,
    refuse,
    silent,
    steps,
    still,
    to_be_undone,
)

from .inventory_undo import ChangedSinceError, changes_of, reasons_against, undo_import
from .inventory_writing import hold_initiatives, hold_inventories, write_plan

SMALL = 512 * 1024  # bytes that are read and written while somebody waits for them
READ = 0.5  # of the time that an import takes
LEAVES = "leaves_changed"  # in the report: whether what people changed since is left as it is
State = InventoryImport.State


@transaction.atomic
def keep_inventory(
    *,
    owner: User | None,
    name: str,
    content: bytes,
    source: str = "",
    hides_addresses: bool = False,
) -> InventoryImport:
    """Keep an inventory until somebody decides about it; a small one is read at once.

    Files that nobody came back to are forgotten.
    """
    forget_left_behind(InventoryImport.objects.all())
    run = InventoryImport.objects.create(
        owner=owner,
        name=name[:LONGEST_NAME],
        content=content,
        source=source,
        mapping=learned_of(source),
        hides_addresses=hides_addresses,
        language=translation.get_language() or "",
    )
    if len(content) <= SMALL:
        bring_on(run=run.pk)
    return run


@transaction.atomic
def map_inventory(*, run: InventoryImport, learned: Learned) -> None:
    """Store what somebody said about the columns and words of a source, and read the file by that.

    The next file of the same source is read by it from the start.
    """
    changeable = InventoryImport.objects.filter(pk=run.pk, state=State.CHECKED)
    fresh: dict[str, Any] = {**AT_REST, "mapping": learned, "report": {}, "left_out": ""}
    if not changeable.update(state=State.CHECKING, **fresh):
        return
    InventorySource.objects.update_or_create(name=run.source, defaults={"learned": learned})
    if len(run.content) <= SMALL:
        bring_on(run=run.pk)


def confirm_inventory(*, run: InventoryImport) -> None:
    """Let a file that was read be written. Said twice, it is said once."""
    read = InventoryImport.objects.filter(pk=run.pk, state=State.CHECKED)
    if read.update(state=State.IMPORTING, **AT_REST) and len(run.content) <= SMALL:
        bring_on(run=run.pk)


def discard_inventory(*, run: InventoryImport) -> bool:
    """Forget a file of which nothing was written; return whether that could be."""
    return discarded(run)


def take_back(*, run: InventoryImport, leaves_changed: bool = False) -> None:
    """Let all that an import wrote be taken back: at once where it is little, else by the clock.

    What people changed since is refused as a whole with ChangedSinceError, or left as it is on wish.
    Said twice, it is said once.
    """
    if run.state != State.DONE:
        return
    changes = changes_of(run)
    if not leaves_changed and (reasons := reasons_against(changes)):
        raise ChangedSinceError(reasons)
    report = {**run.report, LEAVES: leaves_changed, "why": ""}
    if to_be_undone(run, report=report) and len(changes) <= LITTLE:
        bring_on(run=run.pk)


def bring_on(*, run: int) -> None:
    """Read, write or take back what waits; one that broke its reader again and again is given up."""
    steps.bring_on(InventoryImport.objects.all(), run, STEPS)


@transaction.atomic
def import_inventory(*, owner: User | None, name: str, content: bytes, wishes: Wishes) -> Plan:
    """Read an inventory and write all that it says at once; raise UnreadableError where it is none."""
    run = InventoryImport.objects.create(
        owner=owner,
        name=name[:LONGEST_NAME],
        content=b"",
        source=wishes.source,
        mapping=wishes.learned,
        hides_addresses=wishes.hides_addresses,
    )
    return _written(run, content, wishes)


def _check(run: InventoryImport) -> None:
    """Read a file and say what it would change."""
    try:
        plan = plan_inventory(bytes(run.content), _wishes(run), Noted(still(run)))
    except UnreadableError as error:
        refuse(run, str(error))
    else:
        report, left_out = account_of(plan), left_out_of(plan)
        still(run).update(state=State.CHECKED, report=report, left_out=left_out)


def _import(run: InventoryImport) -> None:
    """Read a file once more and write what it says; a worker that dies leaves nothing half."""
    if run.owner is not None and not run.owner.leads_agency:
        refuse(run, _("You may not bring in inventories any more."))
        return
    try:
        with transaction.atomic():
            if still(run).select_for_update().first() is not None:
                tell = part_of(Noted(still(run)), 0, READ)
                _written(run, bytes(run.content), _wishes(run), tell)
    except UnreadableError as error:
        refuse(run, str(error))


def _undo(run: InventoryImport) -> None:
    """Take back what was written; a worker that dies leaves it as it was."""
    try:
        undo_import(run=run, leaves_changed=run.report.get(LEAVES, False), tell=Announced(run))
    except ChangedSinceError as error:
        still(run).update(state=State.DONE, report={**run.report, "why": str(error)}, **AT_REST)


def _written(run: InventoryImport, content: bytes, wishes: Wishes, tell: Tell = silent) -> Plan:
    """Write a file while no other import writes, and keep what came of it, without the file."""
    hold_inventories()
    hold_initiatives()
    plan = plan_inventory(content, wishes, tell)
    write_plan(run, plan)
    plan.inventory.samples.clear()  # shown until it is written, and not kept after that
    run.state, run.done_at, run.content = State.DONE, timezone.now(), b""
    run.report, run.left_out = account_of(plan), left_out_of(plan)
    run.save(update_fields=["state", "done_at", "content", "report", "left_out"])
    return plan


def _wishes(run: InventoryImport) -> Wishes:
    return Wishes(run.source, cast("Learned", run.mapping), run.hides_addresses)


STEPS: dict[str, Callable[[InventoryImport], None]] = {
    State.CHECKING: _check,
    State.IMPORTING: _import,
    State.UNDOING: _undo,
}
