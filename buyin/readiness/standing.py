"""Where departments stand, as pages and reports read it: plain values, already released."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from .differences import Change
from .scoring import Verdict


@dataclass(frozen=True)
class Score:
    """One score with its 95 % range and what it means."""

    value: float
    low: float | None
    high: float | None
    band: Verdict
    answered: int
    error: float | None = None
    is_barrier: bool = False
    favourable: str = ""
    favourable_between: tuple[int, int] | None = None
    distribution: Sequence[tuple[str, int]] = ()


@dataclass(frozen=True)
class Standing:
    """One department, or the whole agency: overall, by dimension, and how many stand behind it.

    `overall` and the entries of `dimensions` are missing where they may not be shown. Where a survey
    asked about too few dimensions for an overall score, `lens` names the one that stands for it.
    """

    name: str
    code: str
    asked: int
    answered: int | None = None
    overall: Score | None = None
    dimensions: dict[str, Score] = field(default_factory=dict)
    change: Change | None = None
    if_silent_lower: float | None = None
    otherwise: Sequence[str] = ()
    lens: str = ""

    @property
    def is_shown(self) -> bool:
        """Whether there is anything about this department that may be shown."""
        return bool(self.overall or self.dimensions)

    @property
    def rate(self) -> int | None:
        """Return how many of 100 people asked have answered."""
        if self.answered is None or not self.asked:
            return None
        return round(100 * min(self.answered, self.asked) / self.asked)

    @property
    def barriers(self) -> list[str]:
        """Return the codes of the lowest dimension, several where they tie."""
        return [code for code, score in self.dimensions.items() if score.is_barrier]

    @property
    def is_thin(self) -> bool:
        """Whether fewer than half of the people asked have answered."""
        return self.answered is not None and 2 * self.answered < self.asked


@dataclass(frozen=True)
class Board:
    """One page of readiness: the whole, its parts in their order, and the rest.

    `others` counts the people asked who are in none of the parts that are shown, `hidden` the parts
    that are too small to show. `dimensions` names what was asked about, and `beside` is the agency
    to compare with where the whole is a part of it.
    """

    whole: Standing | None
    parts: Sequence[Standing]
    ready_from: int
    smallest: int
    others: int = 0
    hidden: int = 0
    beside: Standing | None = None
    dimensions: Sequence[str] = ()
    lens: str = ""
    differ: bool | None = None
    chance: float | None = None
    since: date | None = None
    is_first: bool = True

    @property
    def has_parts(self) -> bool:
        """Whether there is more to show than the whole itself."""
        own = self.whole.code if self.whole else ""
        return bool(self.others) or any(part.code != own for part in self.parts)

    @property
    def scored(self) -> list[Standing]:
        """Return the parts that have a score, in the order of the board."""
        return [part for part in self.parts if part.overall]


def in_order(parts: Iterable[Standing], *, differ: bool | None) -> list[Standing]:
    """Return the parts from the lowest score to the highest, those without one last.

    Where differences can be chance they come by name, so that no place means anything.
    """

    def place(part: Standing) -> tuple[bool, float, str]:
        value = part.overall.value if part.overall and differ else 0.0
        return part.overall is None, value, part.name

    return sorted(parts, key=place)
