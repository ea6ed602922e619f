"""Where in a drawing names stand beside their dots, so that each can be read."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

type Place = tuple[float, float]
type Box = tuple[float, float, float, float]  # left, top, right and bottom
type Points = npt.NDArray[np.float64]

RADIUS, AWAY, LETTER, LINE = 8, 13, 7.6, 18  # of a dot, from its middle, and of the letters
STEPS = np.linspace(0, 1, 24)[:, None]  # as finely a line is looked at
OUTSIDE, ON_A_NAME, ON_A_DOT, ON_A_LINE = 1_000, 100, 60, 3


@dataclass(frozen=True)
class Spot:
    """Where a name begins, ends or has its middle, by its anchor, from its dot."""

    x: float
    y: float
    anchor: str

    def box(self, at: Place, width: float) -> Box:
        """Return the room that a name of this width takes at this dot."""
        left = at[0] + self.x - {"start": 0.0, "middle": width / 2, "end": width}[self.anchor]
        bottom = at[1] + self.y + LINE / 4
        return left, bottom - LINE, left + width, bottom


SPOTS = (
    Spot(0, AWAY + 11, "middle"),
    Spot(0, -AWAY, "middle"),
    Spot(AWAY, 5, "start"),
    Spot(-AWAY, 5, "end"),
    Spot(AWAY - 3, AWAY + 6, "start"),
    Spot(3 - AWAY, AWAY + 6, "end"),
    Spot(AWAY - 3, -AWAY + 3, "start"),
    Spot(3 - AWAY, -AWAY + 3, "end"),
)


def name_spots(
    dots: Mapping[int, Place],
    names: Mapping[int, str],
    lines: Sequence[tuple[int, int]],
    area: Place,
) -> dict[int, Spot]:
    """Return for each dot where its name stands: on as little else as there is, within the area.

    Names of dots with many lines are placed first; the same dots always have the same spots.
    """
    drawn = _points([(dots[a], dots[b]) for a, b in lines])
    many = {pk: sum(pk in line for line in lines) for pk in dots}
    taken: list[Box] = []
    found: dict[int, Spot] = {}
    for pk in sorted(dots, key=lambda pk: -many[pk]):
        others = np.array([at for other, at in dots.items() if other != pk]).reshape(-1, 2)
        boxes = {spot: spot.box(dots[pk], LETTER * len(names[pk])) for spot in SPOTS}
        faults = {
            spot: sum(_faults(box, drawn, others, taken, area)) for spot, box in boxes.items()
        }
        found[pk] = min(SPOTS, key=faults.__getitem__)
        taken.append(boxes[found[pk]])
    return found


def _points(lines: Sequence[tuple[Place, Place]]) -> Points:
    """Return points along all lines."""
    if not lines:
        return np.zeros((0, 2))
    ends = np.array(lines, dtype=float)
    first, second = ends[:, 0], ends[:, 1]
    return np.concatenate([first + step * (second - first) for step in STEPS])


def _faults(
    box: Box,
    drawn: Points,
    dots: Points,
    taken: Sequence[Box],
    area: Place,
) -> Iterator[float]:
    """Yield what speaks against a name in this box."""
    left, top, right, bottom = box
    yield OUTSIDE * (left < 0 or top < 0 or right > area[0] or bottom > area[1])
    yield ON_A_NAME * sum(
        left < r and right > le and top < b and bottom > t for le, t, r, b in taken
    )
    yield ON_A_DOT * _inside(dots, (left - RADIUS, top - RADIUS, right + RADIUS, bottom + RADIUS))
    yield ON_A_LINE * _inside(drawn, box)


def _inside(points: Points, box: Box) -> int:
    """Return how many of these points lie in the box."""
    left, top, right, bottom = box
    x, y = points[:, 0], points[:, 1]
    return int(((x > left) & (x < right) & (y > top) & (y < bottom)).sum())
