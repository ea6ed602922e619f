"""An inventory file read as a whole: its columns, its rows by field, and all that was odd."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from buyin.spreadsheets import decoded, table_in
from buyin.tables.columns import Column, Learned, Remark, damage_remarks, headed
from buyin.tables.damage import is_damaged
from buyin.tables.formulas import as_it_was, may_be_harmless, reads_as_harmless
from buyin.uploads.progress import Tell, silent

from . import attributes, documents
from .headers import fields_of
from .rows import Entry, RowReader
from .values import NAME

TOLD_EVERY = 500
ENOUGH = 3  # values that make a row without a name a record


@dataclass
class Inventory:
    """What a file holds, and how it was read."""

    encoding: str
    delimiter: str
    header_row: int
    columns: list[Column]
    entries: list[Entry] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    problems: list[Remark] = field(default_factory=list)
    chosen: int = 0
    understood: int = 0
    blank_rows: int = 0
    strange: Counter[tuple[str, str]] = field(default_factory=Counter)
    read_as: list[tuple[str, str, str, int]] = field(default_factory=list)
    samples: dict[int, list[str]] = field(default_factory=dict)

    @property
    def fields(self) -> list[str]:
        """Return the fields that the file has a column for."""
        return [column.field for column in self.columns if column.field]

    @property
    def unmatched(self) -> list[Column]:
        """Return the columns with a name that holds no field and that nobody decided on."""
        return [one for one in self.columns if one.header and not one.field and not one.is_decided]


def read_inventory(
    content: bytes, learned: Learned | None = None, tell: Tell = silent
) -> Inventory:
    """Return what an inventory file holds; raise UnreadableError where it is no table."""
    text, encoding = decoded(content)
    is_document = documents.is_document(text)
    if is_document:
        table = documents.table_of(text)
    else:
        table = table_in(text, encoding=encoding)
        if attributes.is_list_of_attributes(table):
            table = attributes.turned(table)
    found = headed(table, (learned or {}).get("columns", {}), fields_of)
    rows = found.rows if is_document else _as_they_were(text, found.rows)
    inventory = Inventory(
        encoding, table.delimiter, found.number, found.columns, blank_rows=len(table.blank_rows)
    )
    inventory.samples = {one.place: one.samples(rows) for one in inventory.columns}
    reader = RowReader(inventory.columns, (learned or {}).get("values", {}))
    _read(inventory, reader, rows, tell)
    if is_damaged(text):
        inventory.remarks += damage_remarks(inventory.columns, rows)
    return inventory


def _as_they_were(
    text: str, rows: Sequence[tuple[int, list[str]]]
) -> Sequence[tuple[int, list[str]]]:
    """Return the rows without the apostrophes that made them harmless."""
    if not may_be_harmless(text) or not reads_as_harmless(c for _n, cells in rows for c in cells):
        return rows
    return [(number, [as_it_was(cell) for cell in cells]) for number, cells in rows]


def _read(
    inventory: Inventory,
    reader: RowReader,
    rows: Sequence[tuple[int, list[str]]],
    tell: Tell,
) -> None:
    """Read each row; one without a name stays out and is said so."""
    label = _label_of_names(inventory)
    for place, (number, cells) in enumerate(rows):
        entry = reader.entry(number, cells)
        if not entry.name and label:
            _note_nameless(inventory, entry, label)
        if entry.name or len(entry.values) >= ENOUGH:
            inventory.entries.append(entry)
        if place % TOLD_EVERY == 0:
            tell(place / len(rows))
    inventory.remarks += reader.remarks
    inventory.chosen, inventory.understood = reader.chosen, reader.understood
    inventory.strange, inventory.read_as = reader.strange, reader.read_as


def _label_of_names(inventory: Inventory) -> str:
    """Return the header of the column with the names; where none has them, nothing can come in."""
    for column in inventory.columns:
        if column.field == NAME:
            return column.label
    message = _("No column holds the names of the systems. Say which one does.")
    inventory.problems.append(Remark(None, "", message))
    return ""


def _note_nameless(inventory: Inventory, entry: Entry, label: str) -> None:
    """Say what becomes of a row without a name: a note below the table stays out, a record not."""
    if len(entry.values) >= ENOUGH:
        message = _("This row has no name. It gets its number for one until somebody names it.")
        inventory.remarks.append(Remark(entry.row, label, message))
    else:
        message = _("This row has no name and hardly anything else. It stays out.")
        inventory.problems.append(Remark(entry.row, label, message))
