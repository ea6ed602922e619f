"""Taking back what an import wrote, as long as nobody has built on it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import batched

from auditlog.context import disable_auditlog
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from buyin.initiatives.models import (
    Initiative,
    InventoryChange,
    InventoryEntry,
    InventoryImport,
    Publication,
    RecordVersion,
    StageChange,
    SystemRecord,
)
from buyin.uploads import Tell, hanging, part_of, silent

from .inventory_writing import hold_initiatives, hold_inventories

FEW = 200
MANY = 5_000
COMPARED, RESTORED = 0.3, 0.6  # shares of the time that it takes
STATE = ("name", "summary", "stage")
# What an import itself hangs on an initiative and its record.
OURS = frozenset(
    {
        *("record", "inventory_entry", "inventory_changes", "stage_changes"),
        *("versions", "audit_trail"),
    }
)


class ChangedSinceError(Exception):
    """People have changed since what the import wrote; nothing was taken back."""

    def __init__(self, reasons: list["Reason"]) -> None:
        super().__init__(_("Some of what came in was changed since. Nothing was undone."))
        self.reasons = reasons


@dataclass(frozen=True)
class Reason:
    """Why the change of one row cannot be taken back."""

    row: int
    name: str
    initiative: int
    message: str


@transaction.atomic
def undo_import(
    *, run: InventoryImport, leaves_changed: bool = False, tell: Tell = silent
) -> list[Reason]:
    """Take back all that an import wrote; the database is then as it was before.

    What people changed since is theirs: it is refused as a whole with ChangedSinceError, or left as
    it is on wish. Returns what was left. Said twice, it is said once.
    """
    locked = InventoryImport.objects.select_for_update().get(pk=run.pk)
    if locked.state not in {InventoryImport.State.DONE, InventoryImport.State.UNDOING}:
        return []
    hold_inventories()
    hold_initiatives(locked)
    changes = changes_of(locked)
    reasons = reasons_against(changes)
    if reasons and not leaves_changed:
        raise ChangedSinceError(reasons)
    tell(COMPARED)
    left = {reason.initiative for reason in reasons}
    undone = [one for one in changes if one.initiative_id not in left]
    with disable_auditlog():  # the changes of the import are the trail of what it did
        _restore([one for one in undone if not one.is_new])
        _unmake([one for one in undone if one.is_new], part_of(tell, RESTORED, 1))
    locked.state, locked.undone_at = InventoryImport.State.UNDONE, timezone.now()
    locked.report = locked.report | {"kept": [[one.row, one.name, one.message] for one in reasons]}
    locked.save(update_fields=["state", "undone_at", "report"])
    return reasons


def changes_of(run: InventoryImport) -> list[InventoryChange]:
    """Return what an import did to initiatives that are there, in the order of the file."""
    return list(run.changes.filter(initiative__isnull=False).select_related("initiative"))


def reasons_against(changes: Iterable[InventoryChange]) -> list[Reason]:
    """Return which of these changes people have built on since, and how."""
    changes = list(changes)
    touched = [one.initiative_id or 0 for one in changes]
    records = {
        record.initiative_id: record
        for some in batched(touched, MANY)
        for record in SystemRecord.objects.filter(initiative__in=some)
    }
    hanging = _hanging([one for one in changes if one.is_new])
    for pk in _published([one for one in changes if not one.is_new]):
        hanging.setdefault(pk, set()).add(str(Publication._meta.verbose_name_plural))  # noqa: SLF001
    reasons = []
    for one in changes:
        message = _why_not(one, records.get(one.initiative_id or 0), hanging)
        if message:
            reasons.append(Reason(one.row, one.name, one.initiative_id or 0, message))
    return reasons


def _why_not(
    change: InventoryChange, record: SystemRecord | None, hanging: dict[int, set[str]]
) -> str:
    """Return why a change cannot be taken back; empty where it can."""
    initiative = change.initiative
    if initiative is None or record is None or record.revision != change.after["revision"]:
        return _("Its record was changed since.")
    if any(str(getattr(initiative, name)) != change.after[name] for name in STATE):
        return _("Its name, summary or stage was changed since.")
    if found := hanging.get(initiative.pk):
        return _("It has by now: %(what)s.") % {"what": ", ".join(sorted(found))}
    return ""


def _published(changes: list[InventoryChange]) -> Iterator[int]:
    """Yield the initiatives of which somebody published what an import has changed.

    What the public read would go with the version that it was a copy of.
    """
    for some in batched(changes, MANY):
        versions = {one.initiative_id: one.after["revision"] for one in some}
        rows = Publication.objects.filter(record__initiative__in=versions).order_by()
        for pk, number in rows.values_list("record__initiative", "version__number"):
            if number == versions[pk]:
                yield pk


def _hanging(changes: list[InventoryChange]) -> dict[int, set[str]]:
    """Return what people have hung on initiatives that an import made, one query a kind."""
    found: defaultdict[int, set[str]] = defaultdict(set)
    for some in batched([one.initiative_id or 0 for one in changes], MANY):
        made = Initiative.objects.filter(pk__in=some).order_by()
        for seen in (
            hanging(made, but=OURS),
            hanging(made, but=OURS, model=SystemRecord, through="initiative"),
        ):
            for pk, words in seen.items():
                found[pk] |= words
        moved = made.alias(steps=models.Count("stage_changes")).filter(steps__gt=1)
        for pk in moved.values_list("pk", flat=True):
            found[pk].add(_("changes of stage"))
        for pk in made.exclude(lead=None).values_list("pk", flat=True):
            found[pk].add(_("a lead"))
        departments = Initiative.departments.through.objects.filter(initiative__in=some)
        for pk in departments.values_list("initiative_id", flat=True):
            found[pk].add(_("departments"))
    return found


def _restore(changes: list[InventoryChange]) -> None:
    """Put back what was before, and take away the versions that the import made."""
    before = {one.initiative_id: one.before or {} for one in changes}
    records = list(
        SystemRecord.objects.filter(initiative__in=before).select_related(
            "initiative", "initiative__inventory_entry"
        )
    )
    _forget_versions(records)
    entries, new = [], []
    for record in records:
        was, initiative = before[record.initiative_id], record.initiative
        record.values, record.revision = was["values"], was["revision"]
        for name in STATE:
            setattr(initiative, name, was[name])
        entry = initiative.inventory_entry
        if was["entry"]:
            entry.digest, entry.extra = was["entry"]["digest"], was["entry"]["extra"]
            entries.append(entry)
        else:
            new.append(entry.pk)
    SystemRecord.objects.bulk_update(records, ["values", "revision"], batch_size=FEW)
    Initiative.objects.bulk_update([one.initiative for one in records], STATE, batch_size=FEW)
    InventoryEntry.objects.bulk_update(entries, ["digest", "extra"], batch_size=FEW)
    InventoryEntry.objects.filter(pk__in=new).delete()
    steps = [one.after["stage_change"] for one in changes if "stage_change" in one.after]
    StageChange.objects.filter(pk__in=steps).delete()


def _unmake(changes: list[InventoryChange], tell: Tell) -> None:
    """Take away the initiatives that the import made, some of them at a time."""
    tell(0)
    for number, some in enumerate(batched(changes, FEW), 1):
        Initiative.objects.filter(pk__in=[one.initiative_id or 0 for one in some]).delete()
        tell(number * FEW / (len(changes) + FEW))


def _forget_versions(records: list[SystemRecord]) -> None:
    """Take away the newest version of each record, some of them at a time."""
    for some in batched(records, FEW):
        newest = models.Q(pk__in=[])  # of a thousand alternatives SQLite makes too deep a tree
        for record in some:
            newest |= models.Q(record=record, number=record.revision)
        RecordVersion.objects.filter(newest).delete()
