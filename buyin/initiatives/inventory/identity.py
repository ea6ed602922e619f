"""Which record a row is about: its number where that tells it apart, else all that it says."""

import json
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256

from buyin.initiatives.record.parts import Value
from buyin.tables.folding import folded, plain_number

from .headers import AGENCY, AGENCY_NAME
from .rows import BESIDE, Entry

_encode = json.JSONEncoder(sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode
LONGEST_NUMBER, LONGEST_SOURCE = 80, 200


@dataclass(frozen=True)
class Identified:
    """A row with its source, the key by which it is found again, and a digest of what it says."""

    entry: Entry
    source: str
    key: str
    digest: str


@dataclass(frozen=True)
class Source:
    """Where a file comes from, and the names by which the agency itself is known (folded)."""

    name: str = ""
    own: frozenset[str] = frozenset()

    def of(self, entry: Entry) -> str:
        """Return the agency of a row: what the row says, else the file's; empty is our own."""
        said = entry.extra.get(AGENCY) or entry.extra.get(AGENCY_NAME) or self.name
        return "" if folded(said) in self.own else " ".join(said.split())[:LONGEST_SOURCE]


def digest_of(values: Mapping[str, Value], extra: Mapping[str, str]) -> str:
    """Return a digest of what a record says; two that say the same have the same one.

    A field that stands for nothing counts as little as one that is not there, and the name of the
    agency says nothing about the record.
    """
    said = {name: value for name, value in values.items() if value}
    beside = {name: text for name, text in extra.items() if name not in BESIDE}
    return sha256(_encode([said, beside]).encode()).hexdigest()[:40]


def key_of_number(number: str) -> str:
    """Return the key of a record with this number; empty where it has none."""
    plain = plain_number(number)
    return f"id:{plain}" if plain and len(plain) <= LONGEST_NUMBER else ""


def identified(entries: Sequence[Entry], source: Source) -> list[Identified]:
    """Return the rows with keys: by number where it is unique in the file, else by content."""
    agencies = [source.of(entry) for entry in entries]
    numbers = [
        (agency, key_of_number(str(entry.values.get("id", ""))))
        for agency, entry in zip(agencies, entries, strict=True)
    ]
    counts = Counter(numbers)
    found = []
    for entry, (agency, number) in zip(entries, numbers, strict=True):
        row = entry if agency else _without_agency(entry)
        digest = digest_of(row.values, row.extra)
        key = number if number and counts[agency, number] == 1 else f"hash:{digest}"
        found.append(Identified(row, agency, key, digest))
    return found


def _without_agency(entry: Entry) -> Entry:
    """Return a row of our own without our name, which says nothing about it."""
    if BESIDE.isdisjoint(entry.extra):
        return entry
    kept = {name: text for name, text in entry.extra.items() if name not in BESIDE}
    return replace(entry, extra=kept)


def sharing_numbers(rows: Sequence[Identified]) -> list[list[Entry]]:
    """Return the rows of one agency that have the same number, side by side."""
    groups: defaultdict[tuple[str, str], list[Entry]] = defaultdict(list)
    for row in rows:
        if number := key_of_number(str(row.entry.values.get("id", ""))):
            groups[row.source, number].append(row.entry)
    return [group for group in groups.values() if len(group) > 1]
