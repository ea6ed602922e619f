"""How many have answered while a wave runs: by department, rounded, and never for a small group.

What is counted is who has answered, never what. It is counted once a day for a running wave, so
that nobody can watch a colleague's answer arrive.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import Count, TextChoices
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import ngettext

from buyin.accounts.models import Department, in_tree_order
from buyin.readiness import release
from surveys.models import OUTSIDE, Participation, Response, Wave, WaveDepartment
from surveys.models.mailing import TARGET

from .daily import counted_daily

LARGE = 100  # from this many people asked a rate is given to the nearest per cent, below to fives
STEP = 5
MOST_HELPS = 3


class WaveState(TextChoices):
    """Where a wave is in its life."""

    SCHEDULED = "scheduled", _lazy("scheduled")
    OPEN = "open", _lazy("open")
    PAUSED = "paused", _lazy("paused")
    ENDING = "ending", _lazy("taking last answers")
    CLOSED = "closed", _lazy("closed")


def state_of(wave: Wave, now: datetime) -> WaveState:
    """Return where this wave is at this moment."""
    if wave.closed_at is not None:
        return WaveState.CLOSED
    if now < wave.opens_at:
        return WaveState.SCHEDULED
    if wave.paused_at is not None:
        return WaveState.PAUSED
    return WaveState.OPEN if now < wave.closes_at else WaveState.ENDING


@dataclass(frozen=True)
class Rate:
    """A response rate as it may be shown: the text, the number for a bar, and what is aimed at."""

    text: str
    percent: int
    target: int = TARGET

    @property
    def is_low(self) -> bool:
        """Whether it is under the target, as roughly as it is shown."""
        return self.percent < self.target


def rate_of(span: release.Span, target: int = TARGET) -> Rate:
    """Return the share of those asked who have answered, as roughly as their number is known."""
    step = 1 if span.of >= LARGE else STEP
    middle = 100 * (span.low + span.high) / 2 / span.of
    percent = min(max(round(middle / step) * step, step), 100 - step)
    if span.low == 0:
        over_all = (100 * span.high // span.of // step + 1) * step
        return Rate(_("under %(n)d %%") % {"n": over_all}, 0, target)
    if span.high == span.of:
        under_all = 100 - (100 * (span.of - span.low) // span.of // step + 1) * step
        return Rate(_("over %(n)d %%") % {"n": under_all}, round(middle), target)
    return Rate(_("about %(n)d %%") % {"n": percent}, percent, target)


def number_of(span: release.Span) -> str:
    """Return how many have answered, as roughly as it is known."""
    if span.low == 0:
        return _("under %(n)d") % {"n": span.high + 1}
    if span.high == span.of:
        return _("over %(n)d") % {"n": span.low - 1}
    return _("about %(n)s") % {"n": number_format((span.low + span.high) // 2, force_grouping=True)}


@dataclass(frozen=True)
class FieldRow:
    """One department with everything under it; without a rate where it must not be shown."""

    department: Department
    parent: int | None
    depth: int
    asked: int
    has_parts: bool
    rate: Rate | None
    answered: str


@dataclass(frozen=True)
class Field:
    """A wave in the field: the rate of all who are asked, and of the departments."""

    wave: Wave
    state: WaveState
    asked: int
    overall: Rate | None
    answered: str
    rows: list[FieldRow]

    @property
    def finding(self) -> str:
        """Return the sentence that says how the wave stands."""
        if self.state == WaveState.SCHEDULED:
            return _("Wave %(n)d has not opened yet") % {"n": self.wave.number}
        if self.overall is None:
            return _("Too few people are asked to show a response rate")
        if self.state == WaveState.OPEN and self.wave.is_first_day:
            return _("It opened today. Rates say little before tomorrow")
        return self._compared(self.overall)

    def _compared(self, overall: Rate) -> str:
        """Return the rate of all, with what it hides: departments under the target."""
        words = {"rate": capfirst(overall.text)}
        lowest = self._lowest
        if len(lowest) == 1 and lowest[0].rate and lowest[0].rate.text != overall.text:
            words |= {"name": lowest[0].department.name, "low": lowest[0].rate.text}
            return _("%(rate)s have answered; %(name)s is lowest with %(low)s") % words
        if lowest:
            number = len(self.low)
            said = ngettext(
                "%(rate)s have answered; %(n)d department is under the target",
                "%(rate)s have answered; %(n)d departments are under the target",
                number,
            )
            return said % {**words, "n": number}
        if self._parts:
            return _("%(rate)s have answered, and every department shown is on target") % words
        return _("%(rate)s have answered") % words

    @property
    def low(self) -> list[FieldRow]:
        """Return the departments under the target, the lowest first."""
        found = [row for row in self._parts if row.rate and row.rate.is_low]
        return sorted(found, key=lambda row: row.rate.percent if row.rate else 0)

    @property
    def _lowest(self) -> list[FieldRow]:
        """Return the departments that share the lowest rate under the target, the uppermost only."""
        low = self.low
        least = low[0].rate.percent if low and low[0].rate else 0
        ties = [row for row in low if row.rate and row.rate.percent == least]
        return [row for row in ties if row.parent not in {tie.department.pk for tie in ties}]

    @property
    def helps(self) -> list[FieldRow]:
        """Return the few low departments whose heads to ask, none right under another of them."""
        asked: list[FieldRow] = []
        for row in self.low:
            near = {one.department.pk for one in asked} | {one.parent for one in asked}
            if row.department.pk and not {row.parent, row.department.pk} & (near - {None}):
                asked.append(row)
        return asked[:MOST_HELPS]

    @property
    def _parts(self) -> list[FieldRow]:
        """Return the lines with a rate that are not simply everybody."""
        return [row for row in self.rows if row.rate and row.asked < self.asked]

    @property
    def hidden(self) -> int:
        """Return how many departments are not shown."""
        return sum(1 for row in self.rows if row.rate is None)


def field_of(wave: Wave) -> Field:
    """Return the field of one wave; the number of queries does not depend on the departments."""
    groups = WaveDepartment.objects.filter(wave=wave).order_by("pk")
    asked = {home or OUTSIDE: n for home, n in groups.values_list("department_id", "asked")}
    answered = answered_by_department([wave])[wave.pk]
    departments = {one.pk: one for one in Department.objects.all()}
    tree = _tree_of(asked, departments.values())
    departments[OUTSIDE] = Department(pk=OUTSIDE, code="outside", name=_("Outside the agency"))
    totals = release.totals_of(tree, asked)
    spans = spans_of(tree, asked, answered)
    rows = [
        FieldRow(
            department=departments[pk],
            parent=parent,
            depth=len(list(release.path_up(parent, tree))),
            asked=totals[pk],
            has_parts=pk in tree.values(),
            rate=rate_of(spans[pk], wave.target) if pk in spans else None,
            answered=number_of(spans[pk]) if pk in spans else "",
        )
        for pk, parent in tree.items()
    ]
    everybody = spans.get(None)
    return Field(
        wave=wave,
        state=state_of(wave, timezone.now()),
        asked=sum(asked.values()),
        overall=rate_of(everybody, wave.target) if everybody else None,
        answered=number_of(everybody) if everybody else "",
        rows=rows,
    )


def overall_rates(waves: Collection[Wave]) -> dict[int, Rate]:
    """Return the overall rate of each wave that asks enough people, by its key."""
    rates = rates_by_group(waves)
    return {key: groups[None] for key, groups in rates.items() if None in groups}


def rates_by_group(
    waves: Collection[Wave], departments: Collection[Department] | None = None
) -> dict[int, dict[int | None, Rate]]:
    """Return by wave the rate of each department that may be shown, and of all (None).

    Whoever has read all departments hands them in.
    """
    asked: dict[int, dict[int, int]] = {}
    groups = WaveDepartment.objects.filter(wave__in=waves).order_by()
    for wave, department, people in groups.values_list("wave_id", "department_id", "asked"):
        asked.setdefault(wave, {})[department or OUTSIDE] = people
    if departments is None:
        departments = list(Department.objects.all()) if asked else []
    targets = {wave.pk: wave.target for wave in waves}
    answered = answered_by_department(waves)
    found: dict[int, dict[int | None, Rate]] = {}
    for key, groups_asked in asked.items():
        spans = spans_of(_tree_of(groups_asked, departments), groups_asked, answered[key])
        found[key] = {group: rate_of(span, targets[key]) for group, span in spans.items()}
    return found


def answered_by_department(waves: Collection[Wave]) -> dict[int, dict[int, int]]:
    """Return how many have answered in each department of each wave, as of today's count."""
    return counted_daily("field", waves, _count)


def spans_of(
    tree: Mapping[int, int | None], asked: Mapping[int, int], answered: Mapping[int, int]
) -> dict[int | None, release.Span]:
    """Return roughly how many have answered in each group that may be shown, and in all (None).

    Which groups those are depends on the people asked alone: a group that vanishes because of its
    answers would tell of them. Those outside stand beside the tree. Where they are too few they are
    in no figure at all, not even in that of all, from which they could be worked out.
    """
    smallest = settings.SMALLEST_GROUP
    inside = {group: above for group, above in tree.items() if group != OUTSIDE}
    allowed = release.shown(inside, asked, smallest=smallest)
    found = release.spans(inside, answered, asked, allowed)
    if (outside := asked.get(OUTSIDE, 0)) >= smallest:
        found[OUTSIDE] = release.span(answered.get(OUTSIDE, 0), outside)
        found[None] += found[OUTSIDE]
    return {group: span for group, span in found.items() if span.of >= smallest}


def _count(waves: Collection[Wave]) -> dict[int, dict[int, int]]:
    """Count who has answered, or the imported answers of waves that take imports."""
    counts: dict[int, dict[int, int]] = {wave.pk: {} for wave in waves}
    imported = {wave.pk for wave in waves if wave.takes_imports}
    sources: list[tuple[Any, set[int]]] = [
        (Participation.objects, counts.keys() - imported),
        (Response.objects.exclude(department=None), imported),
    ]
    for source, keys in sources:
        if keys:
            rows = source.filter(wave__in=keys).order_by().values_list("wave_id", "department_id")
            for wave, department, n in rows.annotate(n=Count("pk")):
                counts[wave][department or OUTSIDE] = n
    return counts


def _tree_of(asked: Collection[int], every: Iterable[Department]) -> dict[int, int | None]:
    """Return the tree of the departments asked: for each the one above it.

    A department above them that is not asked itself is in the tree where it brings two or more
    together, but not at the top, where it would be everybody. The order is that of the tree, and
    those outside come last.
    """
    above = {one.pk: one.parent_id for one in every}
    nodes = {up for pk in asked for up in release.path_up(pk, above)}
    parts = Counter(above[pk] for pk in nodes)
    kept = {pk for pk in nodes if pk in asked or (parts[pk] > 1 and above[pk])}
    ordered = [one.pk for _depth, one in in_tree_order(every) if one.pk in kept]
    tree = {
        pk: next((up for up in release.path_up(above[pk], above) if up in kept), None)
        for pk in ordered
    }
    return {**tree, OUTSIDE: None} if OUTSIDE in asked else tree
