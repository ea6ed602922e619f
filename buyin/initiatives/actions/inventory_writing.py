"""Writing what an inventory says: new initiatives with records, and changes to those that are there."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import F, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from buyin.bulk import derive_rows, write_rows
from buyin.initiatives.inventory.identity import Identified
from buyin.initiatives.inventory.rows import Entry
from buyin.initiatives.models import (
    Initiative,
    InventoryChange,
    InventoryEntry,
    InventoryImport,
    InventorySource,
    RecordVersion,
    Stage,
    StageChange,
    SystemRecord,
)
from buyin.initiatives.queries.inventories import BESIDE, Plan, Update
from buyin.initiatives.record import STAGE_CODES, is_filled

from .publishing import keep_from_public

AT_ONCE = 1000
FEW = 200  # rows of one statement that changes rows
LONGEST_NAME, LONGEST_SUMMARY = 200, 1000
NAME, STAGE = "use_case_name", "development_stage"
STAGE_OF = {code: Stage(stage) for stage, code in STAGE_CODES.items() if code}
SUMMED_UP_BY = ("description", "problem_solved", "benefits")


def hold_inventories() -> None:
    """Let no other import be written or taken back until this transaction ends."""
    InventorySource.objects.get_or_create(name="")
    InventorySource.objects.select_for_update().get(name="")


def hold_initiatives(touched_by: InventoryImport | None = None) -> None:
    """Let nobody change an initiative until this transaction ends: any, or one that an import wrote.

    Any, where a file is compared with them: what hangs on them, such as milestones, is added all the
    same. One that an import wrote is about to be taken back, so nothing may be hung on it either.
    """
    rows = Initiative.objects.order_by("pk").select_for_update(no_key=touched_by is None)
    if touched_by is not None:
        rows = rows.filter(pk__in=touched_by.changes.values("initiative"))
    list(rows.values_list("pk"))


def write_plan(run: InventoryImport, plan: Plan) -> None:
    """Write what a plan says, and what each row changed. The caller holds the transaction."""
    # First, while all that the run has changed is new: stages and versions are derived of that.
    _create(run, plan.created)
    _update(run, plan.updated)


def short_name(entry: Entry) -> str:
    """Return the name of an initiative; one without a name is called by its number."""
    number = entry.values.get("id") or _("in row %(row)d") % {"row": entry.row}
    return (entry.name or _("Use case %(number)s") % {"number": number})[:LONGEST_NAME].rstrip()


def summary_of(values: dict[str, Any]) -> str:
    """Return what a record says first about what it is for."""
    found = next((str(values[name]) for name in SUMMED_UP_BY if values.get(name)), "")
    return found[:LONGEST_SUMMARY].rstrip()


def kept_values(values: dict[str, Any]) -> dict[str, Any]:
    """Return the values without what the initiative keeps, which are its name and its stage.

    A longer name stays, and so does a stage that nobody could recognise.
    """
    kept = {name: value for name, value in values.items() if is_filled(value)}
    if len(str(kept.get(NAME, ""))) <= LONGEST_NAME:
        kept.pop(NAME, None)
    if kept.get(STAGE) in STAGE_OF:
        del kept[STAGE]
    return kept


def _create(run: InventoryImport, rows: Sequence[Identified]) -> None:
    """Make an initiative, its record with a first version, and the entry, for each row."""
    initiatives = Initiative.objects.bulk_create(
        [
            Initiative(
                name=short_name(row.entry),
                summary=summary_of(row.entry.values),
                stage=STAGE_OF.get(str(row.entry.values.get(STAGE, "")), Stage.IDEA),
            )
            for row in rows
        ],
        batch_size=AT_ONCE,
    )
    keyed = [(one.pk, one, row) for one, row in zip(initiatives, rows, strict=True)]
    write_rows(
        SystemRecord,
        ("initiative", "values", "revision"),
        ((pk, kept_values(row.entry.values), 1) for pk, _one, row in keyed),
    )
    write_rows(
        InventoryEntry,
        ("initiative", "source", "key", "digest", "extra"),
        ((pk, row.source, row.key, row.digest, row.entry.extra) for pk, _one, row in keyed),
    )
    write_rows(
        InventoryChange,
        ("run", "initiative", "row", "name", "after"),
        (
            (run.pk, pk, row.entry.row, one.name, {**_state_of(one), "revision": 1})
            for pk, one, row in keyed
        ),
    )
    _begin(run)
    _add_versions(run, SystemRecord.objects.filter(initiative__inventory_changes__run=run))


def _entry_of(initiative: Initiative, row: Identified) -> InventoryEntry:
    return InventoryEntry(
        initiative=initiative,
        source=row.source,
        key=row.key,
        digest=row.digest,
        extra=row.entry.extra,
    )


def _begin(run: InventoryImport) -> None:
    """Note for each new initiative that it begins in the stage in which the file has it."""
    derive_rows(
        StageChange,
        Initiative.objects.filter(inventory_changes__run=run),
        initiative=F("pk"),
        to_stage=F("stage"),
        day=timezone.localdate(),
        by=run.owner_id,
        note=_told(run),
    )


def _note_stages(run: InventoryImport, was: Mapping[Initiative, str]) -> dict[int, int]:
    """Note for each initiative that a file moved it to its stage from the one it was in before.

    Returns the note for each initiative, both by id.
    """
    made = StageChange.objects.bulk_create(
        [
            StageChange(
                initiative=initiative,
                from_stage=stage,
                to_stage=initiative.stage,
                day=timezone.localdate(),
                by_id=run.owner_id,
                note=_told(run),
            )
            for initiative, stage in was.items()
        ],
        batch_size=AT_ONCE,
    )
    return {one.initiative_id: one.pk for one in made}


def _told(run: InventoryImport) -> str:
    return _("Inventory “%(file)s”") % {"file": run.name}


def _add_versions(run: InventoryImport, records: QuerySet[SystemRecord]) -> None:
    """Keep these records as they are written now."""
    derive_rows(
        RecordVersion,
        records,
        record=F("pk"),
        number=F("revision"),
        values=F("values"),
        redactions=F("redactions"),
        by=run.owner_id,
        note=_told(run),
    )


def _state_of(initiative: Initiative) -> dict[str, Any]:
    return {
        "name": initiative.name,
        "summary": initiative.summary,
        "stage": str(initiative.stage),
    }


def _update(run: InventoryImport, updates: Sequence[Update]) -> None:
    """Change what rows say otherwise; each record gets a version, each change is kept."""
    changes = [_changed(run, update) for update in updates]
    records = [update.known.record for update in updates]
    initiatives = [record.initiative for record in records]
    SystemRecord.objects.bulk_update(records, ["values", "revision"], batch_size=FEW)
    Initiative.objects.bulk_update(initiatives, ["name", "summary", "stage"], batch_size=FEW)
    _add_versions(run, SystemRecord.objects.filter(pk__in=[record.pk for record in records]))
    _write_entries(updates)
    moved = {
        initiative: change.before["stage"]
        for initiative, change in zip(initiatives, changes, strict=True)
        if change.before and change.before["stage"] != initiative.stage
    }
    noted = _note_stages(run, moved)
    for change in changes:
        if change.initiative_id in noted:
            change.after["stage_change"] = noted[change.initiative_id]
    InventoryChange.objects.bulk_create(changes, batch_size=AT_ONCE)
    for update in updates:
        if "is_withheld" in update.after:
            keep_from_public(update.known.record)


def _write_entries(updates: Sequence[Update]) -> None:
    known = [update.known.entry for update in updates if update.known.entry]
    InventoryEntry.objects.bulk_update(known, ["digest", "extra"], batch_size=FEW)
    InventoryEntry.objects.bulk_create(
        [
            _entry_of(update.known.record.initiative, update.row)
            for update in updates
            if not update.known.entry
        ],
        batch_size=AT_ONCE,
    )


def _changed(run: InventoryImport, update: Update) -> InventoryChange:
    """Change the objects of an update, and return what was and what is."""
    record, entry = update.known.record, update.known.entry
    initiative = record.initiative
    before = {
        **_state_of(initiative),
        "fields": update.before,
        "values": record.values,
        "revision": record.revision,
        "entry": {"digest": entry.digest, "extra": entry.extra} if entry else None,
    }
    fields = {name: v for name, v in update.after.items() if not name.startswith(BESIDE)}
    beside = {name[1:]: v for name, v in update.after.items() if name.startswith(BESIDE)}
    summed_up = summary_of(record.whole) == initiative.summary
    if fields.get(NAME):
        initiative.name = short_name(update.row.entry)
    if fields.get(STAGE):
        initiative.stage = STAGE_OF.get(str(fields[STAGE]), Stage.IDEA)
    record.values = kept_values({**record.values, **fields})
    record.revision += 1
    if summed_up:
        initiative.summary = summary_of(record.values)
    if entry:
        entry.digest, entry.extra = update.row.digest, {**entry.extra, **beside}
    after = {**_state_of(initiative), "fields": update.after, "revision": record.revision}
    return InventoryChange(
        run=run,
        initiative=initiative,
        row=update.row.entry.row,
        name=initiative.name,
        before=before,
        after=after,
    )
