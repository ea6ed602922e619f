"""What a measurement found."""

import json
import statistics
from collections.abc import Callable
from dataclasses import dataclass

ROUNDS = 3
Measure = Callable[[], float]


@dataclass(frozen=True)
class Result:
    """Ours and the reference, measured in the same run, and their ratio."""

    name: str
    ours: float
    reference: float
    ratio: float
    unit: str

    @property
    def line(self) -> str:
        """The result as one line of JSON."""
        figures = {k: round(getattr(self, k), 3) for k in ("ours", "reference", "ratio")}
        return json.dumps({"name": self.name, **figures, "unit": self.unit})


def side_by_side(
    name: str, unit: str, ours: Measure, reference: Measure, *, rounds: int = ROUNDS
) -> Result:
    """Measure both in turns, so that what else the machine does hits both, and take medians."""
    pairs = [(ours(), reference()) for _round in range(rounds)]
    return Result(
        name=name,
        ours=statistics.median(pair[0] for pair in pairs),
        reference=statistics.median(pair[1] for pair in pairs),
        ratio=statistics.median(pair[0] / pair[1] for pair in pairs),
        unit=unit,
    )


def counted(
    name: str, ours: float, most: float, unit: str = "queries, and how many may be"
) -> Result:
    """Put a count beside the most that it may be."""
    return Result(name=name, ours=ours, reference=most, ratio=ours / most, unit=unit)
