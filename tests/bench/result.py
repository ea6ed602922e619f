"""What a measurement found."""

import json
import math
import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass

ROUNDS = 3
# Of what is measured within seconds: the middle of many short turns moves less with the machine.
TURNS = 9
# Servers are started anew between them: how fast a process is differs from start to start by more.
STARTS = 3
Measure = Callable[[], float]
type Pair = tuple[float, float]


@dataclass(frozen=True)
class Result:
    """Ours and the reference, measured in the same run, their ratio, and what it should be."""

    name: str
    ours: float
    reference: float
    ratio: float
    unit: str
    least: float = 0
    most: float = math.inf

    @property
    def met(self) -> bool:
        """Whether the ratio is what it should be; always where no aim is set."""
        return self.least <= self.ratio <= self.most

    @property
    def line(self) -> str:
        """The result as one line of JSON, with its aim where it has one."""
        figures = {k: round(getattr(self, k), 3) for k in ("ours", "reference", "ratio")}
        aims = {"least": self.least} if self.least else {}
        aims |= {"most": self.most} if self.most < math.inf else {}
        aims |= {"met": self.met} if aims else {}
        return json.dumps({"name": self.name, **figures, "unit": self.unit, **aims})


def side_by_side(
    name: str, unit: str, ours: Measure, reference: Measure, *, rounds: int = ROUNDS, **aim: float
) -> Result:
    """Measure both in turns, so that what else the machine does hits both, and take medians.

    The aim says what the ratio should be: `least=0.3`, `most=10`.
    """
    return middle(name, unit, in_turns(ours, reference, rounds=rounds), **aim)


def in_turns(ours: Measure, reference: Measure, *, rounds: int) -> list[Pair]:
    """Return what both were, measured so many times one after the other."""
    return [(ours(), reference()) for _round in range(rounds)]


def middle(name: str, unit: str, pairs: Sequence[Pair], **aim: float) -> Result:
    """Return the medians of what was measured in turns."""
    return Result(
        name=name,
        ours=statistics.median(pair[0] for pair in pairs),
        reference=statistics.median(pair[1] for pair in pairs),
        ratio=statistics.median(pair[0] / pair[1] for pair in pairs),
        unit=unit,
        **aim,
    )


def counted(
    name: str, ours: float, most: float, unit: str = "queries, and how many may be"
) -> Result:
    """Put a count beside the most that it may be."""
    return Result(name=name, ours=ours, reference=most, ratio=ours / most, unit=unit, most=1)
