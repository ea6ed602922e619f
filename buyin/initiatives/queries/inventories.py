"""What an inventory file would change: worked out against what is stored, nothing written."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import batched
from typing import Any, cast

from django.conf import settings

from buyin.initiatives.inventory.headers import AGENCY
from buyin.initiatives.inventory.identity import (
    Identified,
    Source,
    digest_of,
    identified,
    key_of_number,
    sharing_numbers,
)
from buyin.initiatives.inventory.reading import Inventory, read_inventory
from buyin.initiatives.inventory.rows import Entry
from buyin.initiatives.models import InventoryEntry, InventorySource, SystemRecord
from buyin.initiatives.record import BY_NAME, Value, withheld
from buyin.tables.columns import Learned
from buyin.tables.folding import folded
from buyin.uploads import Tell, silent

AT_ONCE = 500
BESIDE = "+"  # before the header of what has no field, in the names of differences
KEPT_WITH_INITIATIVE = frozenset({"use_case_name", "development_stage"})


@dataclass(frozen=True)
class Wishes:
    """How a file is to be brought in."""

    source: str = ""
    learned: Learned = field(default_factory=Learned)
    hides_addresses: bool = False


@dataclass(frozen=True)
class Known:
    """A record as it is stored, with the row that it came from."""

    record: SystemRecord
    entry: InventoryEntry | None

    @property
    def extra(self) -> dict[str, str]:
        """Return what stands beside the record."""
        found: dict[str, str] = self.entry.extra if self.entry else {}
        return found


@dataclass(frozen=True)
class Update:
    """A row that says something else than its record: by field, before and after."""

    row: Identified
    known: Known
    before: dict[str, Any]
    after: dict[str, Any]


@dataclass
class Plan:
    """What becomes of each row of a file."""

    inventory: Inventory
    created: list[Identified] = field(default_factory=list)
    updated: list[Update] = field(default_factory=list)
    unchanged: int = 0
    duplicates: list[tuple[Identified, int]] = field(default_factory=list)
    sharing: list[list[Entry]] = field(default_factory=list)

    @property
    def counts(self) -> dict[str, int]:
        """Return how many rows there are of each kind."""
        return {
            "created": len(self.created),
            "updated": len(self.updated),
            "unchanged": self.unchanged,
            "duplicates": len(self.duplicates),
        }


def own_names() -> frozenset[str]:
    """Return the names under which this agency stands in inventories."""
    return frozenset({"", folded(str(settings.AGENCY_NAME))})


def learned_of(source: str) -> Learned:
    """Return what somebody said about the columns and words of this source."""
    kept = InventorySource.objects.filter(name=source).first()
    return cast("Learned", kept.learned) if kept else Learned()


def plan_inventory(content: bytes, wishes: Wishes, tell: Tell = silent) -> Plan:
    """Return what a file would change; raise UnreadableError where it is no inventory."""
    inventory = read_inventory(content, wishes.learned, tell)
    if wishes.hides_addresses:
        _hide_addresses(inventory.entries)
    rows = identified(inventory.entries, Source(wishes.source, own_names()))
    plan = Plan(inventory, sharing=sharing_numbers(rows))
    first: dict[tuple[str, str], int] = {}
    alone = []
    for row in rows:
        place = (row.source, row.key)
        if place in first:
            plan.duplicates.append((row, first[place]))
        else:
            first[place] = row.entry.row
            alone.append(row)
    _compare(plan, alone)
    return plan


def _hide_addresses(entries: Iterable[Entry]) -> None:
    """Put the agency's public mailbox for whoever is named as contact; addresses of pages stay."""
    mailbox = str(settings.AGENCY_CONTACT)
    for entry in entries:
        contact = str(entry.values.get("contact_email", ""))
        if contact and "://" not in contact and mailbox:
            entry.values["contact_email"] = mailbox


def _compare(plan: Plan, rows: Sequence[Identified]) -> None:
    """Sort rows into what is new, what differs and what is as it was."""
    stored = {
        (source, key): (initiative, digest)
        for source, key, digest, initiative in InventoryEntry.objects.values_list(
            "source", "key", "digest", "initiative_id"
        )
    }
    same = {
        stored[row.source, row.key][0]
        for row in rows
        if stored.get((row.source, row.key), (0, ""))[1] == row.digest
    }
    plan.unchanged = len(same)
    matched, new = [], []
    for row in rows:
        initiative, digest = stored.get((row.source, row.key), (None, ""))
        if initiative is None:
            new.append(row)
        elif digest != row.digest:
            matched.append((row, initiative))
    found = _known(initiative for _row, initiative in matched)
    pairs = [(row, found[initiative]) for row, initiative in matched if initiative in found]
    taken = same | set(found)
    plan.created, more = _found_otherwise(new, taken)
    _add_updates(plan, [*pairs, *more])


def _add_updates(plan: Plan, pairs: Iterable[tuple[Identified, Known]]) -> None:
    fields = [name for name in plan.inventory.fields if name in BY_NAME]
    for row, known in pairs:
        before, after = differences(row.entry, known, fields)
        if after:
            plan.updated.append(Update(row, known, before, after))
        else:
            plan.unchanged += 1


def _known(initiatives: Iterable[int]) -> dict[int, Known]:
    """Return the records of these initiatives."""
    records = SystemRecord.objects.select_related("initiative", "initiative__inventory_entry")
    found = {}
    for some in batched(initiatives, AT_ONCE):
        for record in records.filter(initiative__in=some):
            found[record.initiative_id] = _as_known(record)
    return found


def _as_known(record: SystemRecord) -> Known:
    return Known(record, getattr(record.initiative, "inventory_entry", None))


def _found_otherwise(
    rows: Sequence[Identified], taken: set[int]
) -> tuple[list[Identified], list[tuple[Identified, Known]]]:
    """Find rows whose record no import made, by number, and those that say what a record says."""
    if not rows or not SystemRecord.objects.exists():
        return list(rows), []
    by_number: dict[str, Known] = {}
    by_digest: dict[tuple[str, str], Known] = {}
    for known in _all_but(taken):
        values = known.record.whole
        number = key_of_number(str(values.get("id", "")))
        if known.entry is None and number:
            by_number.setdefault(number, known)
        source = known.entry.source if known.entry else ""
        by_digest.setdefault((source, digest_of(values, known.extra)), known)
    new, pairs, used = [], [], set()
    for row in rows:
        match = by_digest.get((row.source, row.digest))
        if match is None and not row.source:
            match = by_number.get(row.key)
        if match is None or match.record.pk in used:
            new.append(row)
        else:
            used.add(match.record.pk)
            pairs.append((row, match))
    return new, pairs


def _all_but(taken: set[int]) -> Iterator[Known]:
    records = SystemRecord.objects.select_related("initiative", "initiative__inventory_entry")
    for record in records.order_by("pk").iterator(chunk_size=AT_ONCE):
        if record.initiative_id not in taken:
            yield _as_known(record)


def differences(
    entry: Entry, known: Known, fields: Iterable[str]
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return what a row changes of a record, by field: what was, and what will be."""
    before: dict[str, Any] = {}
    after: dict[str, Any] = {}
    current = known.record.whole
    for name in fields:
        was, new = current.get(name), entry.values.get(name)
        if _differ(was, new) and not _stands_for(name, was, new, known.record.redactions):
            before[name], after[name] = was, new
    beside = {AGENCY: known.entry.source if known.entry else ""} | known.extra
    for header, text in entry.extra.items():
        if beside.get(header) != text:
            before[BESIDE + header], after[BESIDE + header] = known.extra.get(header), text
    return before, after


def _differ(one: Value | None, other: Value | None) -> bool:
    if isinstance(one, dict) and isinstance(other, dict):
        return one["text"] != other["text"]
    return (one or None) != (other or None)


def _stands_for(
    name: str, was: Value | None, new: Value | None, redactions: Mapping[str, str]
) -> bool:
    """Say whether what a file has is only what we write in the place of a value."""
    if name in KEPT_WITH_INITIATIVE and not new:
        return True
    if name in redactions and new == withheld(redactions[name]):
        return True
    mailbox = str(settings.AGENCY_CONTACT)
    return name == "contact_email" and bool(was) and bool(mailbox) and new == mailbox
