"""From stored answers to points: one small integer an item, without a Python object a response."""

import json
from collections.abc import Sequence
from itertools import chain
from operator import itemgetter
from typing import Any

import numpy as np
import numpy.typing as npt

Points = npt.NDArray[np.int8]
MISSING = 0


class _Point(dict[Any, int]):
    """Answers that are points; whatever else an answer is, it counts as missing."""

    def __missing__(self, answer: object) -> int:
        return MISSING


_POINT = _Point({point: point for point in range(1, 12)})


def points_of(documents: Sequence[str], codes: Sequence[str]) -> Points:
    """Return the points (rows: responses, columns: items) in these JSON documents; 0 is missing.

    All documents are parsed in one go, so that the parser makes each key once and not each time.
    """
    if not documents or not codes:
        return np.zeros((len(documents), len(codes)), dtype=np.int8)
    parsed = json.loads(f"[{','.join(documents)}]")
    try:
        rows = map(itemgetter(*codes, codes[0]), parsed)
        flat = list(chain.from_iterable(rows))
    except KeyError:
        flat = [one.get(code) for one in parsed for code in (*codes, codes[0])]
    shape = (len(documents), len(codes) + 1)
    points = np.fromiter(map(_POINT.__getitem__, flat), np.int8, count=shape[0] * shape[1])
    return points.reshape(shape)[:, :-1]
