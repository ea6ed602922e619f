"""The process in which xlrd reads an old workbook: the file comes in, JSON goes out.

Nothing of the portal is imported here, and nothing is kept: `old.py` starts it.
"""

import contextlib
import json
import struct
import sys
from collections.abc import Iterator
from typing import Any

import xlrd

with contextlib.suppress(ImportError):  # Windows knows no such limits; there the clock alone counts
    import resource

HEAD = struct.Struct("<HH")  # of a record: its kind, its length
BEGIN, END = {0x0009, 0x0209, 0x0409, 0x0809}, 0x000A
FORMULA = {0x0006, 0x0206, 0x0406}


def main(memory: int, seconds: int, sheets: int, cells: int, text: int) -> None:
    """Write what the workbook holds, as far as these limits allow; fail where it cannot be read."""
    if "resource" in globals():
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    book = xlrd.open_workbook(
        file_contents=sys.stdin.buffer.read(),
        logfile=sys.stderr,
        on_demand=True,
        ragged_rows=True,
    )
    found: list[dict[str, Any]] = []
    is_cut = book.nsheets > sheets
    for number in range(min(book.nsheets, sheets)):
        found.append(sheet_of(book, number))
        book.unload_sheet(number)
        values = [value for _row, _column, value in found[-1]["cells"]]
        cells -= len(values)
        text -= sum(len(value) for value in values if isinstance(value, str))
        # The sheet in which it becomes too much goes out too, so that the place can be told.
        if cells < 0 or text < 0:
            is_cut = True
            break
    json.dump({"sheets": found, "is_cut": is_cut}, sys.stdout)


def sheet_of(book: xlrd.Book, number: int) -> dict[str, Any]:
    """Return the filled cells of a sheet, counted from 1, and the places of its formulas."""
    sheet = book.sheet_by_index(number)
    formulas = set(formulas_of(book, number))
    cells = [
        (row + 1, column + 1, value)
        for row in range(sheet.nrows)
        for column, cell in enumerate(sheet.row(row))
        if (value := value_of(cell, book.datemode)) is not None and (row, column) not in formulas
    ]
    places = sorted((row + 1, column + 1) for row, column in formulas)
    return {"name": sheet.name, "cells": cells, "formulas": places}


def value_of(cell: Any, datemode: Any) -> Any:
    """Return what a cell shows: a text, a number, a yes or no, a list with a day; or nothing."""
    if cell.ctype in {xlrd.XL_CELL_TEXT, xlrd.XL_CELL_NUMBER}:
        return cell.value
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return bool(cell.value)
    if cell.ctype == xlrd.XL_CELL_DATE:
        with contextlib.suppress(ValueError, OverflowError):
            return [xlrd.xldate.xldate_as_datetime(cell.value, datemode).isoformat()]
    return None


def formulas_of(book: Any, number: int) -> Iterator[tuple[int, int]]:
    """Yield row and column of each formula: the library gives their last values and not which they are."""
    stream, place, depth = book.mem, book._sh_abs_posn[number], 0  # noqa: SLF001
    while place + HEAD.size <= len(stream):
        kind, length = HEAD.unpack_from(stream, place)
        place += HEAD.size
        if kind in BEGIN:
            depth += 1
        elif kind == END:
            depth -= 1
            if depth <= 0:  # charts inside a sheet begin and end too
                return
        elif kind in FORMULA and depth == 1 and place + 4 <= len(stream):
            yield HEAD.unpack_from(stream, place)
        place += length


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
