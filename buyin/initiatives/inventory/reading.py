"""An inventory file read as a whole: its columns, its rows by field, and all that was odd."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypedDict

from django.utils.translation import gettext as _

from buyin.spreadsheets import Table, decoded, table_in

from . import attributes, documents
from .damage import damage_in, is_damaged
from .folding import folded
from .formulas import as_it_was, may_be_harmless, reads_as_harmless
from .headers import fields_of
from .rows import SHORTENED, Column, Entry, Remark, RowReader
from .values import NAME

HEADER_AMONG = 10
TOLD_EVERY = 500
ENOUGH = 3  # values that make a row without a name a record
Tell = Callable[[float], None]


class Learned(TypedDict, total=False):
    """What somebody said about a source: the field of a column, the code of a text."""

    columns: dict[str, str]
    values: dict[str, dict[str, str]]


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

    @property
    def fields(self) -> list[str]:
        """Return the fields that the file has a column for."""
        return [column.field for column in self.columns if column.field]

    @property
    def unmatched(self) -> list[Column]:
        """Return the columns with a name that holds no field and that nobody decided on."""
        return [one for one in self.columns if one.header and not one.field and not one.is_decided]


def read_inventory(
    content: bytes, learned: Learned | None = None, tell: Tell = lambda _share: None
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
    found = _headed(replace(table, encoding=encoding), learned or {})
    rows = found.rows if is_document else _as_they_were(text, found.rows)
    inventory = Inventory(
        encoding, table.delimiter, found.number, found.columns, blank_rows=len(table.blank_rows)
    )
    reader = RowReader(inventory.columns, (learned or {}).get("values", {}))
    _read(inventory, reader, rows, tell)
    if is_damaged(text):
        inventory.remarks += _damage(inventory.columns, rows)
    return inventory


@dataclass(frozen=True)
class _Headed:
    number: int
    columns: list[Column]
    rows: Sequence[tuple[int, list[str]]]


def _headed(table: Table, learned: Learned) -> _Headed:
    """Return the table below the row that names the most columns, among the first ten."""
    said = learned.get("columns", {})
    all_rows = [(table.header_row, table.headers), *table.rows]
    best, columns = 0, columns_of(table.headers, said)
    for place, (_number, cells) in enumerate(all_rows[1:HEADER_AMONG], start=1):
        found = columns_of(cells, said)
        if _matches(found) > _matches(columns):
            best, columns = place, found
    width = max(len(cells) for _number, cells in all_rows)
    columns += [Column(place, "", 1) for place in range(len(columns) + 1, width + 1)]
    return _Headed(all_rows[best][0], columns, all_rows[best + 1 :])


def columns_of(headers: Sequence[str], said: Mapping[str, str]) -> list[Column]:
    """Return the columns of a header row: by exact names, then by what somebody said of them."""
    seen: Counter[str] = Counter()
    found = []
    for place, (header, name) in enumerate(zip(headers, fields_of(list(headers)), strict=True)):
        seen[folded(header)] += 1
        found.append(Column(place + 1, header.strip(), seen[folded(header)], name))
    taken = {column.field for column in found}
    for place, column in enumerate(found):
        if not column.field and (chosen := said.get(column.key)) is not None:
            name = "" if chosen in taken else chosen
            taken.add(name)
            found[place] = replace(column, field=name, is_decided=True)
    return found


def _matches(columns: Sequence[Column]) -> int:
    return sum(bool(column.field) for column in columns)


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


def _damage(columns: Sequence[Column], rows: Sequence[tuple[int, list[str]]]) -> list[Remark]:
    """Return a remark for each cell that lost something on its way, headers first."""
    heads = [column.header for column in columns]
    found = []
    for number, cells in ((None, heads), *rows):
        for place, said in damage_in(cells):
            found.append(Remark(number, columns[place].label, said, cells[place][:SHORTENED]))
    return found
