"""One row of an inventory by the fields of the record; what has no field is kept beside it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from buyin.initiatives.record.fields import BY_NAME
from buyin.initiatives.record.parts import Value
from buyin.tables.columns import SHORTENED, Column, Remark

from .headers import AGENCY, AGENCY_NAME
from .values import OTHER_TERMS, Read, foreign_terms, is_choice, key_of, reader_of

# Names that stand for something beside the record, and come back under the same name.
BESIDE = frozenset({AGENCY, AGENCY_NAME})


@dataclass
class Entry:
    """One use case of a file: values by field, and by header what has no field."""

    row: int
    values: dict[str, Value]
    extra: dict[str, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """Return the name of the system, empty where the row gives none."""
        return str(self.values.get("use_case_name", ""))


@dataclass(frozen=True)
class _Cell:
    """Where the cells of a field stand, and who reads them."""

    name: str
    place: int
    read: Read
    is_chosen: bool
    label: str


class RowReader:
    """Reads rows by their columns, and counts what was chosen and what of it was understood."""

    def __init__(self, columns: Sequence[Column], learned: Mapping[str, Mapping[str, str]]) -> None:
        self.remarks: list[Remark] = []
        self.chosen = self.understood = 0
        self.strange: Counter[tuple[str, str]] = Counter()
        self._foreign: Counter[tuple[str, str, str]] = Counter()
        self._beside = [
            (column.place - 1, column.field or column.label)
            for column in columns
            if column.field not in BY_NAME
        ]
        self._cells = [
            _Cell(
                name=column.field,
                place=column.place - 1,
                read=reader_of(column.field, learned.get(column.field)),
                is_chosen=is_choice(column.field),
                label=column.label,
            )
            for column in columns
            if column.field in BY_NAME
        ]

    def entry(self, row: int, cells: Sequence[str]) -> Entry:
        """Return what this row says."""
        values: dict[str, Value] = {}
        width = len(cells)
        for cell in self._cells:
            text = cells[cell.place] if cell.place < width else ""
            if not text:
                continue
            value, is_whole = cell.read(text)
            if value:
                values[cell.name] = value
            if not is_whole:
                self._remark(row, cell, text)
            if cell.is_chosen and (value or not is_whole):
                self.chosen += 1
                self.understood += is_whole
                if is_whole and cell.name in OTHER_TERMS:
                    self._foreign[cell.name, text, str(value)] += 1
        extra = {
            name: cells[place] for place, name in self._beside if place < width and cells[place]
        }
        return Entry(row, values, extra)

    @property
    def read_as(self) -> list[tuple[str, str, str, int]]:
        """Return which terms of other registers stand for what here: field, term, code, count."""
        return [
            (name, text, code, count)
            for (name, text, code), count in self._foreign.most_common()
            if key_of(text) in foreign_terms(name)
        ]

    def _remark(self, row: int, cell: _Cell, text: str) -> None:
        if cell.is_chosen:
            self.strange[cell.name, text] += 1
            message = _("This is none of the choices. It is kept as text.")
        else:
            message = _("This is no date that we can read. It is kept as text.")
        self.remarks.append(Remark(row, cell.label, message, text[:SHORTENED]))
