"""Who was involved at each stage that an initiative has gone through."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from django.db.models import Min

from buyin.initiatives.models import Initiative, Stage
from buyin.stakeholders.models import Assessment, Category, Level, Participation
from buyin.stakeholders.representation import is_needed

from .involvement import Party

SHOWN = 6  # stages with their days; who came and went more often finds the newest


@dataclass(frozen=True)
class Period:
    """A stage from one day to another; open where it began before anybody wrote it down, or goes on."""

    stage: Stage
    begins: date | None
    ends: date | None

    @property
    def is_now(self) -> bool:
        """Whether the initiative is in it."""
        return self.ends is None


@dataclass(frozen=True)
class Cell:
    """How many of a category were involved by the end of a stage, and how many were met during it."""

    period: Period
    involved: int
    met: int
    is_needed: bool

    @property
    def is_missing(self) -> bool:
        """Whether somebody should have been and nobody was."""
        return self.is_needed and not self.involved


@dataclass(frozen=True)
class Line:
    """One category through the stages."""

    category: Category
    cells: list[Cell]


def periods_of(initiative: Initiative) -> list[Period]:
    """Return the stages that an initiative went through, the newest six, the one of now last."""
    rows = initiative.stage_changes.order_by("day", "pk").values_list("to_stage", "day")
    changes: list[tuple[str, date]] = list(rows)
    found = [
        Period(Stage(stage), begins, ends - timedelta(days=1))
        for (stage, begins), (_next, ends) in pairwise(changes)
    ]
    begins = changes[-1][1] if changes and changes[-1][0] == initiative.stage else None
    return [*found, Period(Stage(initiative.stage), begins, None)][-SHOWN:]


def lines_by_stage(party: Party, periods: Sequence[Period]) -> list[Line]:
    """Return each category through these stages; without those that no stage needs nor has.

    For a stage that is over counts who had been told and assessed, or met, by its last day. Who
    is involved now counts as for what is missing now: parts in deliverables have no day.
    """
    told, met = _told(party.initiative), _met(party.initiative)
    found = []
    for category in Category:
        theirs = [one for one in party.members if one.category == category]
        cells = []
        for period in periods:
            days = [met.get(one.stakeholder, []) for one in theirs]
            involved = sum(
                one.is_involved
                if period.ends is None
                else _by(period.ends, told.get(one.interest), met.get(one.stakeholder, []))
                for one in theirs
            )
            number = sum(any(_is_in(day, period) for day in each) for each in days)
            cells.append(Cell(period, involved, number, is_needed(category, period.stage)))
        if any(cell.involved or cell.is_needed for cell in cells):
            found.append(Line(category, cells))
    return found


def _by(end: date, told: date | None, met: Sequence[date]) -> bool:
    return (told is not None and told <= end) or any(day <= end for day in met)


def _is_in(day: date, period: Period) -> bool:
    return (period.begins is None or period.begins <= day) and (
        period.ends is None or day <= period.ends
    )


def _told(initiative: Initiative) -> dict[int, date]:
    """Return by interest the first day on which they were assessed as knowing of it."""
    rows = Assessment.objects.filter(about__initiative=initiative, current__gt=Level.UNAWARE)
    first = rows.order_by().values("about").annotate(first=Min("assessed_on"))
    return dict(first.values_list("about", "first"))


def _met(initiative: Initiative) -> dict[int, list[date]]:
    """Return by stakeholder the days on which they were met about it."""
    rows = Participation.objects.filter(engagement__initiative=initiative).order_by()
    found: dict[int, list[date]] = defaultdict(list)
    for stakeholder, day in rows.values_list("stakeholder", "engagement__day"):
        found[stakeholder].append(day)
    return found
