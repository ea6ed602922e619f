"""A list of stakeholders read as a whole: its sheet and header, its rows, and all that was odd."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _
from openpyxl.utils import get_column_letter

from buyin.tables.columns import SHORTENED, Column, Remark
from buyin.tables.columns import Learned as LearnedOfTable
from buyin.uploads.progress import Tell, part_of, silent

from .heads import NONE, Head, find_head, repeats
from .rows import Contact, RowReader
from .sheets import SheetTable, tables_of
from .words import Vocabulary

TOLD_EVERY = 500
MOST_MERGED = 20  # that are told one by one


class Learned(LearnedOfTable, total=False):
    """What somebody said about a source, also which sheet and row to begin with."""

    sheet: str
    header_row: int | None


@dataclass
class ContactList:
    """What a file holds, and how it was read."""

    table: SheetTable
    head: Head
    sheets: list[str]
    contacts: list[Contact] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    problems: list[Remark] = field(default_factory=list)
    strange: Counter[tuple[str, str]] = field(default_factory=Counter)

    @property
    def columns(self) -> list[Column]:
        """Return the columns, in the order of the file."""
        return self.head.columns

    @property
    def unmatched(self) -> list[Column]:
        """Return the columns that nothing is read from and that nobody decided on."""
        return [one for one in self.columns if not one.field and not one.is_decided]

    def samples(self, column: Column) -> list[str]:
        """Return the first different values of a column, shortened."""
        return column.samples(self.head.rows)


def read_contacts(
    content: bytes,
    vocabulary: Vocabulary,
    *,
    today: date,
    learned: Learned | None = None,
    tell: Tell = silent,
) -> ContactList:
    """Return what a list of stakeholders holds; raise UnreadableError where it is no table."""
    said = learned or Learned()
    tables = tables_of(content, part_of(tell, 0, 0.5))
    table, head = _chosen(tables, said)
    found = ContactList(table, head, [one.name for one in tables])
    reader = RowReader(head.columns, vocabulary, said.get("values", {}), today)
    _note_shape(found)
    _read(found, reader, part_of(tell, 0.5, 1))
    found.remarks += [*reader.unsure(), *reader.remarks]
    found.problems += reader.problems
    found.strange = reader.strange
    return found


def _chosen(tables: Sequence[SheetTable], said: Learned) -> tuple[SheetTable, Head]:
    """Return the sheet that somebody named, else the one with the most columns that are known."""
    named = [table for table in tables if table.name == said.get("sheet")]
    heads = [
        (table, find_head(table.rows, said.get("columns", {}), said.get("header_row")))
        for table in named or tables
    ]
    return max(heads, key=lambda pair: sum(bool(one.field) for one in pair[1].columns))


def _note_shape(found: ContactList) -> None:
    """Say what is odd about the table as a whole."""
    say = found.remarks.append
    if others := [name for name in found.sheets if name != found.table.name]:
        names = ", ".join(others)[:SHORTENED]
        say(
            Remark(
                None, "", _("Other sheets of the file are not read: %(names)s.") % {"names": names}
            )
        )
    if found.head.number == NONE:
        say(Remark(None, "", _("No row names the columns. Say what each of them holds.")))
    elif found.head.is_double:
        message = _("Two rows name the columns together, this one and the one above it.")
        say(Remark(found.head.number, "", message))
    for column in found.columns:
        if not column.header and found.head.number and found.samples(column):
            say(Remark(found.head.number, column.label, _("This column has no name.")))
        if column.occurrence > 1 and column.header:
            message = _("Another column has this name already. This one is not read by itself.")
            say(Remark(found.head.number, column.label, message))
    if not any(one.field in {"name", "family_name", "organisation"} for one in found.columns):
        message = _("No column holds the names. Say which one does.")
        found.problems.append(Remark(None, "", message))
    _note_cells(found)


def _note_cells(found: ContactList) -> None:
    """Say which cells are formulas, and which were merged with the one above them."""
    labels = {column.place: column.label for column in found.columns}
    for row, place in found.table.formulas:
        message = _("This is a formula. Only values are read.")
        label = labels.get(place, "") or get_column_letter(place)
        found.remarks.append(Remark(row, label, message))
    for row, place in found.table.merged[:MOST_MERGED]:
        message = _("Merged with the cell above. Its value counts for this row, too.")
        found.remarks.append(Remark(row, labels.get(place, ""), message))


def _read(found: ContactList, reader: RowReader, tell: Tell) -> None:
    rows = found.head.rows
    if not any(column.field for column in found.columns):
        return
    for place, (number, cells) in enumerate(rows):
        if place % TOLD_EVERY == 0:
            tell(place / len(rows))
        if repeats(found.columns, cells):
            message = _("This row repeats the names of the columns. It is left out.")
            found.remarks.append(Remark(number, "", message))
        elif (contact := reader.contact(number, cells)) is not None:
            found.contacts.append(contact)
