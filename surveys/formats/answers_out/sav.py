"""Answers in the file of SPSS itself (.sav), where the packages of the extra `spss` are installed.

pyreadstat writes what pandas holds, so the whole table is in memory: there is a limit. Both packages
take their time to load, so they are looked for at first and loaded when somebody wants a file.
"""

import math
from array import array
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

from .spss import LONGEST_LABEL, LONGEST_MEANING, LONGEST_TEXT, WIDTHS, cut, spss_names
from .variables import Cell, Variable

PACKAGES = ("pyreadstat", "pandas")
MOST_CELLS = 5_000_000
LONGEST_TITLE = 60
PIECE = 64 * 1024
Column = array | list[str]


@cache
def is_installed() -> bool:
    """Return whether this installation can write such files."""
    return all(find_spec(name) for name in PACKAGES)


def sav_stream(
    variables: Sequence[Variable],
    *,
    before: Sequence[tuple[str, str]],
    rows: Iterable[Sequence[Cell]],
    title: str,
) -> Iterator[bytes]:
    """Yield the bytes of the file; `before` are columns of texts in front of the answers."""
    names = spss_names([name for name, _label in before] + [one.name for one in variables])
    labels = [label for _name, label in before] + [one.label for one in variables]
    own = dict(zip(names[len(before) :], variables, strict=True))
    columns = _columns([name in own and own[name].is_number for name in names], rows)
    numbers = {name: one for name, one in own.items() if one.is_number}
    table = import_module("pandas").DataFrame(dict(zip(names, columns, strict=True)))
    with TemporaryDirectory() as folder:
        path = Path(folder) / "answers.sav"
        import_module("pyreadstat").write_sav(
            table,
            path,
            file_label=cut(title, LONGEST_TITLE),
            column_labels=[cut(label, LONGEST_LABEL) for label in labels],
            row_compress=True,
            variable_value_labels={name: _meanings(one) for name, one in own.items()},
            missing_ranges={
                name: [code for code, _m in one.missing] for name, one in numbers.items()
            },
            variable_format={name: WIDTHS[one.item.type] for name, one in numbers.items()},
        )
        with path.open("rb") as file:
            while piece := file.read(PIECE):
                yield piece


def _columns(are_numbers: Sequence[bool], rows: Iterable[Sequence[Cell]]) -> list[Any]:
    """Return the cells column by column; an empty one is no number or an empty text."""
    found: list[Column] = [array("d") if is_number else [] for is_number in are_numbers]
    for row in rows:
        for column, cell in zip(found, row, strict=True):
            if isinstance(column, list):
                column.append("" if cell is None else cut(str(cell), LONGEST_TEXT))
            else:
                column.append(math.nan if cell is None else float(cell))
    return [one if isinstance(one, list) else np.asarray(one) for one in found]


def _meanings(variable: Variable) -> dict[Any, str]:
    """Return what the codes of a column mean, in the type of its cells."""
    kind = float if variable.is_number else str
    return {
        kind(value): cut(meaning, LONGEST_MEANING)  # type: ignore[arg-type]
        for value, meaning in (*variable.values, *variable.missing)
    }
