"""From stored answers to points: one small integer an item, without a Python object an answer.

Reading 200,000 answers as JSON takes longer than everything that is computed from them. But the
answers to one version have the same keys in the same order, as a rule, and then NumPy finds every
value at once by its place. Where they do not, they are read as JSON.
"""

import json
from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from buyin.readiness.scoring import Floats, item_scores

Points = npt.NDArray[np.int8]
Bytes = npt.NDArray[np.uint8]
MISSING = 0
HIGHEST = 11
QUOTE, COLON, SPACE, BACKSLASH, ZERO, NINE = b'": \\09'
AFTER = b",}"  # what stands right after a value
IS_AFTER = np.isin(np.arange(256), list(AFTER))
UNSURE = -1


def _by_two_bytes() -> Points:
    """Return the point that a digit and the byte behind it mean; two digits need a third look."""
    table = np.zeros((256, 256), dtype=np.int8)  # the byte behind, the digit: as it lies in memory
    for digit in range(1, NINE - ZERO + 1):
        table[list(AFTER), ZERO + digit] = digit
        table[ZERO : NINE + 1, ZERO + digit] = UNSURE
    return table.ravel()


POINT_OF = _by_two_bytes()


def points_of(documents: Sequence[str], codes: Sequence[str]) -> Points:
    """Return the points (rows: responses, columns: items) in these JSON documents; 0 is missing."""
    if not documents or not codes:
        return np.zeros((len(documents), len(codes)), dtype=np.int8)
    points = _points_by_place(documents, codes)
    return _points_by_key(documents, codes) if points is None else points


def scored(points: Points, scales: Sequence[tuple[int, bool]]) -> Floats:
    """Return points as 0 to 100, NaN where there is none; (points, reversed) for each column.

    A table of every possible score is made first, because looking up is faster than computing.
    """
    table = np.full((len(scales), HIGHEST + 1), np.nan)
    for column, (scale, is_reversed) in enumerate(scales):
        possible = np.arange(1.0, scale + 1)
        table[column, 1 : scale + 1] = item_scores(possible, scale=scale, is_reversed=is_reversed)
    return table[np.arange(len(scales)), points]


def _points_by_key(documents: Sequence[str], codes: Sequence[str]) -> Points:
    """Return the points of documents of any shape."""
    parsed = json.loads(f"[{','.join(documents)}]")
    rows = [[_point(one.get(code)) for code in codes] for one in parsed]
    return np.array(rows, dtype=np.int8)


def _point(answer: Any) -> int:
    is_point = type(answer) is int and 1 <= answer <= HIGHEST
    return int(answer) if is_point else MISSING


def _points_by_place(documents: Sequence[str], codes: Sequence[str]) -> Points | None:
    """Return the points of documents that have their keys in one order, or None for others.

    A key ends at `": ` after anything but a backslash: inside a text a quote is always escaped.
    Each key that is used is compared in every document, so that no value is taken for another's.
    """
    data = np.frombuffer("\n".join([*documents, ""]).encode(), dtype=np.uint8)
    keys = list(json.loads(documents[0]))
    if not set(codes) <= set(keys):
        return None
    ends = _ends_of_keys(data)
    if ends.size != len(documents) * len(keys):
        return None
    by_key = dict(zip(keys, np.ascontiguousarray(ends.reshape(len(documents), -1).T), strict=True))
    points = np.empty((len(codes), len(documents)), dtype=np.int8)
    for row, code in zip(points, codes, strict=True):
        if not _all_are(data, by_key[code], f'"{code}'.encode()):
            return None
        row[:] = _values_at(data, by_key[code] + len('": '))
    return points.T


def _ends_of_keys(data: Bytes) -> npt.NDArray[np.intp]:
    """Return where the closing quote of each key stands."""
    quotes = np.flatnonzero((data[1:-2] == QUOTE) & (data[2:-1] == COLON)) + 1
    is_end = (data[quotes + 2] == SPACE) & (data[quotes - 1] != BACKSLASH)
    ends: npt.NDArray[np.intp] = quotes[is_end]
    return ends


def _all_are(data: Bytes, ends: npt.NDArray[np.intp], key: bytes) -> bool:
    """Return whether this key stands before each of these places, and not the end of a longer one."""
    starts = ends - len(key)
    if starts[0] < 1 or (data[starts - 1] == BACKSLASH).any():
        return False
    windows: npt.NDArray[np.bytes_] = np.ndarray(
        (data.size - len(key) + 1,), dtype=f"S{len(key)}", buffer=data, strides=(1,)
    )
    return bool((windows[starts] == key).all())


def _values_at(data: Bytes, places: npt.NDArray[np.intp]) -> Points:
    """Return the whole number of one or two digits at each place, 0 where something else stands."""
    pairs = np.ndarray((data.size - 1,), dtype="<u2", buffer=data, strides=(1,))
    values: Points = POINT_OF[pairs[places]]
    unsure = np.flatnonzero(values == UNSURE)
    if unsure.size:
        first, second, third = (data[places[unsure] + n].astype(np.int16) for n in range(3))
        numbers = (first - ZERO) * 10 + second - ZERO
        is_point = IS_AFTER[third] & (numbers <= HIGHEST)
        values[unsure] = np.where(is_point, numbers, MISSING)
    return values
