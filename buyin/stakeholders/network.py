"""Where to draw who is connected with whom: the same people always come to the same places."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

STEPS = 150
MARGIN = 0.12  # of the shorter side of a part of the drawing
PULL = 0.35  # lines pull less than nodes push, so that names find room between neighbours


def places(
    nodes: Sequence[int], lines: Iterable[tuple[int, int]], *, width: float = 1.0
) -> dict[int, tuple[float, float]]:
    """Return a place from 0 to 1 across and down for each node; neighbours come near each other.

    Those who are connected with each other share a part of the drawing that is as large as they are
    many. Within it they push each other away and lines pull them together (Fruchterman and
    Reingold), from a circle in the order given, without chance. `width` is that of the drawing by
    its height.
    """
    pairs = [(a, b) for a, b in lines if a != b]
    groups = _connected(list(dict.fromkeys(nodes)), pairs)
    found: dict[int, tuple[float, float]] = {}
    for group, box in zip(groups, _boxes([len(one) for one in groups], width), strict=True):
        found |= {node: box.spot(at) for node, at in _alone(group, pairs).items()}
    return {node: (x / width, y) for node, (x, y) in found.items()}


def _connected(nodes: list[int], pairs: Sequence[tuple[int, int]]) -> list[list[int]]:
    """Return the nodes in groups without a line between them, the largest first."""
    near: dict[int, set[int]] = {node: set() for node in nodes}
    for a, b in pairs:
        if a in near and b in near:
            near[a].add(b)
            near[b].add(a)
    groups, seen = [], set[int]()
    for node in nodes:
        reached, waiting = [], [node]
        while waiting:
            one = waiting.pop()
            if one not in seen:
                seen.add(one)
                reached.append(one)
                waiting += sorted(near[one])
        if reached:
            groups.append(reached)
    return sorted(groups, key=len, reverse=True)


@dataclass(frozen=True)
class _Box:
    """A part of the drawing, with a margin that keeps names apart from those of the next part."""

    left: float
    top: float
    width: float
    height: float

    def spot(self, at: tuple[float, float]) -> tuple[float, float]:
        """Return where in the drawing a place from 0 to 1 across and down of this part is."""
        side = (1 - 3 * MARGIN) * (self.width * self.height) ** 0.5
        edge = 2 * MARGIN * min(self.width, self.height)
        width, height = min(side, self.width - edge), min(side, self.height - edge)
        across = self.left + (self.width - width) / 2 + at[0] * width
        return across, self.top + (self.height - height) / 2 + at[1] * height

    def halves(self, share: float) -> "tuple[_Box, _Box]":
        """Cut across the longer side; the first half gets this share of it."""
        if self.width > self.height:
            part = share * self.width
            first = _Box(self.left, self.top, part, self.height)
            return first, _Box(self.left + part, self.top, self.width - part, self.height)
        part = share * self.height
        first = _Box(self.left, self.top, self.width, part)
        return first, _Box(self.left, self.top + part, self.width, self.height - part)


def _boxes(sizes: Sequence[int], width: float) -> list[_Box]:
    """Return a part of the drawing for each group, as large as it has members."""

    def cut(box: _Box, sizes: Sequence[int]) -> list[_Box]:
        if len(sizes) < 2:  # noqa: PLR2004 - one needs no cutting
            return [box][: len(sizes)]
        total, middle = sum(sizes), 1
        while middle < len(sizes) - 1 and 2 * sum(sizes[: middle + 1]) <= total:
            middle += 1
        first, second = box.halves(sum(sizes[:middle]) / total)
        return [*cut(first, sizes[:middle]), *cut(second, sizes[middle:])]

    return cut(_Box(0, 0, width, 1), sizes)


def _alone(
    nodes: Sequence[int], pairs: Iterable[tuple[int, int]]
) -> dict[int, tuple[float, float]]:
    """Return a place from 0 to 1 for each node of one group."""
    order = {node: row for row, node in enumerate(nodes)}
    if len(order) <= 1:
        return dict.fromkeys(order, (0.5, 0.5))
    turn = np.linspace(0, 2 * np.pi, len(order), endpoint=False)
    at = np.column_stack([np.cos(turn), np.sin(turn)])
    inside = [(order[a], order[b]) for a, b in pairs if a in order and b in order]
    first, second = np.array(inside, dtype=np.int64).reshape(-1, 2).T
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
