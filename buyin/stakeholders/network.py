"""Where to draw who is connected with whom: the same people always come to the same places."""

from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt

STEPS = 150
PULL = 0.35  # lines pull less than nodes push, so that names find room between neighbours


def places(
    nodes: Sequence[int], lines: Iterable[tuple[int, int]]
) -> dict[int, tuple[float, float]]:
    """Return a place from 0 to 1 across and down for each node; neighbours come near each other.

    Nodes push each other away and lines pull them together (Fruchterman and Reingold), from a circle
    in the order given, without chance.
    """
    order = {node: row for row, node in enumerate(dict.fromkeys(nodes))}
    if len(order) <= 1:
        return dict.fromkeys(order, (0.5, 0.5))
    turn = np.linspace(0, 2 * np.pi, len(order), endpoint=False)
    at = np.column_stack([np.cos(turn), np.sin(turn)])
    pairs = [(order[a], order[b]) for a, b in lines if a in order and b in order and a != b]
    first, second = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
    apart = np.sqrt(4 / len(order))
    for step in range(STEPS):
        at += _limited(_forces(at, first, second, apart), 0.2 * (1 - step / STEPS))
    scaled = _scaled(at)
    return {node: (float(scaled[row, 0]), float(scaled[row, 1])) for node, row in order.items()}


type Points = npt.NDArray[np.float64]


def _forces(
    at: Points, first: npt.NDArray[np.int64], second: npt.NDArray[np.int64], apart: float
) -> Points:
    between = at[:, None, :] - at[None, :, :]
    distance = np.maximum(np.linalg.norm(between, axis=2), 0.01)
    force: Points = (between * (apart**2 / distance**2)[:, :, None]).sum(axis=1)
    pull = at[first] - at[second]
    pull *= PULL * np.linalg.norm(pull, axis=1, keepdims=True) / apart
    np.subtract.at(force, first, pull)
    np.add.at(force, second, pull)
    return force - 0.3 * at  # a little towards the middle, so that loose ones stay in sight


def _limited(force: Points, most: float) -> Points:
    length = np.maximum(np.linalg.norm(force, axis=1, keepdims=True), 1e-9)
    limited: Points = force / length * np.minimum(length, most)
    return limited


def _scaled(at: Points) -> Points:
    low, high = at.min(axis=0), at.max(axis=0)
    scaled: Points = (at - low) / np.maximum(high - low, 1e-9)
    return scaled
