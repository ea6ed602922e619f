"""The columns of a table that somebody else made: which row names them, and what each holds."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypedDict

from django.utils.translation import gettext as _

from buyin.spreadsheets import Table

from .damage import damage_in
from .folding import folded

HEADER_AMONG = 10
SHORTENED = 120
SAMPLES, SAMPLED, SHOWN = 3, 50, 60  # values, of the first rows, and their characters
FieldsOf = Callable[[list[str]], list[str]]


@dataclass(frozen=True)
class Column:
    """A column: its place from 1, its header, which of that name it is, and the field it holds."""

    place: int
    header: str
    occurrence: int
    field: str = ""
    is_decided: bool = False

    @property
    def key(self) -> str:
        """Return by what the column is known in the next file of the same source."""
        return f"{folded(self.header)}#{self.occurrence}"

    @property
    def label(self) -> str:
        """Return the header as people read it, with its number where several have that name."""
        plain = " ".join(self.header.split())
        if not plain:
            return _("Column %(n)d") % {"n": self.place}
        return plain if self.occurrence == 1 else f"{plain} ({self.occurrence})"

    def samples(self, rows: Sequence[tuple[int, list[str]]]) -> list[str]:
        """Return its first different values, shortened: by them people know what it holds."""
        found: dict[str, None] = {}
        for _number, cells in rows[:SAMPLED]:
            text = " ".join(cells[self.place - 1].split()) if self.place <= len(cells) else ""
            if text and len(found) < SAMPLES:
                found[text if len(text) <= SHOWN else f"{text[:SHOWN]}…"] = None
        return list(found)


class Learned(TypedDict, total=False):
    """What is known of a source: the field of a column, and of a field the code of a text."""

    columns: dict[str, str]
    values: dict[str, dict[str, str]]


@dataclass(frozen=True)
class Remark:
    """Something that whoever brought the file should know, with its place."""

    row: int | None
    column: str
    message: str
    value: str = ""


@dataclass(frozen=True)
class Headed:
    """The row that names the columns, and the rows below it."""

    number: int
    columns: list[Column]
    rows: Sequence[tuple[int, list[str]]]


def headed(table: Table, said: Mapping[str, str], fields_of: FieldsOf) -> Headed:
    """Return the table below the row that names the most columns, among the first ten."""
    all_rows = [(table.header_row, table.headers), *table.rows]
    best, columns = 0, columns_of(table.headers, said, fields_of)
    for place, (_number, cells) in enumerate(all_rows[1:HEADER_AMONG], start=1):
        found = columns_of(cells, said, fields_of)
        if known_in(found) > known_in(columns):
            best, columns = place, found
    width = max(len(cells) for _number, cells in all_rows)
    nameless = sum(not folded(column.header) for column in columns)
    columns += [
        Column(place, "", nameless + number)
        for number, place in enumerate(range(len(columns) + 1, width + 1), start=1)
    ]
    return Headed(all_rows[best][0], columns, all_rows[best + 1 :])


def columns_of(
    headers: Sequence[str], said: Mapping[str, str], fields_of: FieldsOf
) -> list[Column]:
    """Return the columns of a header row: by what somebody said of them, else by exact names.

    No field is held twice: one that is known by name keeps it. `fields_of` gives the field that each header names, empty where it names none.
    """
    seen: Counter[str] = Counter()
    found = []
    for place, (header, name) in enumerate(zip(headers, fields_of(list(headers)), strict=True)):
        seen[folded(header)] += 1
        found.append(Column(place + 1, header.strip(), seen[folded(header)], name))
    taken = {column.field for column in found if column.key not in said}
    for place, column in enumerate(found):
        if (chosen := said.get(column.key)) is not None:
            name = "" if chosen in taken else chosen
            taken.add(name)
            found[place] = replace(column, field=name, is_decided=True)
    return found


def known_in(columns: Sequence[Column]) -> int:
    """Return how many of the columns hold a field."""
    return sum(bool(column.field) for column in columns)


def damage_remarks(
    columns: Sequence[Column], rows: Sequence[tuple[int, list[str]]]
) -> list[Remark]:
    """Return a remark for each cell that lost something on its way, headers first."""
    heads = [column.header for column in columns]
    found = []
    for number, cells in ((None, heads), *rows):
        for place, said in damage_in(cells):
            found.append(Remark(number, columns[place].label, said, cells[place][:SHORTENED]))
    return found
