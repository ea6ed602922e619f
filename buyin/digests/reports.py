"""What a report consists of, before it is words: plain values, equal when they say the same."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Bar:
    """One dimension: its score, how it moved, and what it means; no score where none is shown."""

    code: str
    label: str
    band: str
    value: int | None = None
    change: int | None = None
    is_barrier: bool = False


@dataclass(frozen=True)
class Standing:
    """Where one department stands with one initiative, as far as it may be shown."""

    initiative: str
    department: str
    department_code: str
    period: str
    is_released: bool = False
    value: int | None = None
    low: int | None = None
    high: int | None = None
    change: int | None = None
    band: str = ""
    asked: int = 0
    answered: int | None = None
    is_new: bool = False
    bars: tuple[Bar, ...] = ()

    @property
    def barriers(self) -> tuple[Bar, ...]:
        """Return the lowest dimensions."""
        return tuple(bar for bar in self.bars if bar.is_barrier)

    @property
    def rate(self) -> int | None:
        """Return how many in a hundred answered."""
        if self.answered is None or not self.asked:
            return None
        return round(100 * self.answered / self.asked)


@dataclass(frozen=True)
class Overview:
    """How many departments stand where, for those who answer for the whole agency."""

    ready: int = 0
    not_ready: int = 0
    too_close: int = 0
    not_enough: int = 0
    least_ready: tuple[Standing, ...] = ()

    @property
    def departments(self) -> int:
        """Return how many departments were measured."""
        return self.ready + self.not_ready + self.too_close + self.not_enough


@dataclass(frozen=True)
class Line:
    """One thing that a report says, and where it leads."""

    title: str
    url: str = ""
    detail: str = ""


@dataclass(frozen=True)
class BarRow:
    """A bar in colours and words, ready to be drawn."""

    label: str
    meaning: str
    colour: str
    value: int | None
    shown: str
    moved: str

    @property
    def rest(self) -> int:
        """Return what is left of the bar up to a hundred."""
        return 100 - (self.value or 0)


@dataclass(frozen=True)
class Section:
    """A heading and its lines."""

    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Words:
    """What stands outside the sections of a report."""

    subject: str
    headline: str
    summary: str
    button: Line
    reason: str


@dataclass(frozen=True)
class Report:
    """A whole report as it is written down, the same for everybody whom it tells the same."""

    language: str
    agency: str
    brand: str
    week: str
    words: Words
    preferences_url: str
    bars: tuple[BarRow, ...] = ()
    sections: tuple[Section, ...] = ()
    is_empty: bool = False


@dataclass(frozen=True)
class Span:
    """The weeks that a report looks back on: one, or those of a month."""

    period: str
    starts_on: date
    ends_on: date
    weeks: int = 1
