"""Records of the UK's transparency standard as tables of attributes and values."""

from collections.abc import Sequence
from dataclasses import replace

from buyin.spreadsheets import Table
from buyin.tables.folding import folded

from .documents import in_columns

ATTRIBUTE, VALUE, RECORD = "attribute", "value", "record"
BEGINS = frozenset({"name", "title", "usecasename"})


def is_list_of_attributes(table: Table) -> bool:
    """Say whether a table lists attributes with their values instead of one record a row."""
    return {ATTRIBUTE, VALUE} <= {folded(header) for header in table.headers}


def turned(table: Table) -> Table:
    """Return the same records with one row each and one column for each attribute."""
    names = [folded(header) for header in table.headers]
    attribute, value = names.index(ATTRIBUTE), names.index(VALUE)
    record = names.index(RECORD) if RECORD in names else None
    found: list[tuple[int, dict[str, str]]] = []
    current = ""
    for number, cells in table.rows:
        name = _cell(cells, attribute)
        which = _cell(cells, record) if record is not None else ""
        if not found or which != current or (record is None and _begins_anew(name, found[-1][1])):
            found.append((number, {}))
            current = which
        if name:
            found[-1][1].setdefault(name, _cell(cells, value))
    headers, rows = in_columns(found)
    return replace(table, headers=headers, rows=rows)


def _begins_anew(name: str, record: dict[str, str]) -> bool:
    return folded(name) in BEGINS and name in record


def _cell(cells: Sequence[str], place: int) -> str:
    return cells[place] if place < len(cells) else ""
