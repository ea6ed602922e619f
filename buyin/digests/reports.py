"""What a report consists of, before it is words: plain values, equal when they say the same."""

from dataclasses import dataclass
from datetime import date

from buyin.readiness.standing import Board, Standing


@dataclass(frozen=True)
class Finding:
    """Where one department, or the agency, stands with one initiative, now and a wave before."""

    initiative: str
    now: Standing
    then: Standing | None
    board: Board
    is_new: bool

    @property
    def value(self) -> int | None:
        """Return the overall score as people see it, None where it may not be shown."""
        return round(self.now.overall.value) if self.now.overall else None

    @property
    def change(self) -> int | None:
        """Return how the overall score has moved, as the readiness pages say it."""
        return round(self.now.change.by) if self.now.change else None

    def change_in(self, code: str) -> int | None:
        """Return how the score of one dimension has moved."""
        before = self.then.dimensions.get(code) if self.then else None
        return round(self.now.dimensions[code].value - before.value) if before else None


@dataclass(frozen=True)
class Overview:
    """How departments stand, for those who answer for the whole agency."""

    bands: tuple[str, ...] = ()
    least_ready: tuple[Standing, ...] = ()


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
    value: int
    moved: str

    @property
    def rest(self) -> int:
        """Return what is left of the bar up to a hundred."""
        return 100 - self.value


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
