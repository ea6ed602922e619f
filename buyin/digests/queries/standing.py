"""What the reports know of readiness: released cells of the latest snapshots, nothing else."""

from dataclasses import dataclass

from django.db.models import F

from buyin import periods
from buyin.accounts.models import Department, User
from buyin.digests.reports import Bar, Overview, Span, Standing
from buyin.readiness.index import DIMENSIONS, Dimension
from buyin.readiness.models import Band, Snapshot, SnapshotCell

SNAPSHOTS_READ = 300
LEAST_READY = 3


@dataclass(frozen=True)
class Pair:
    """The latest snapshot of an initiative and the one that its changes are counted from."""

    latest: Snapshot
    earlier: Snapshot | None

    def is_new_in(self, span: Span) -> bool:
        """Return whether the latest rests on other answers than the earlier one, within the span."""
        if self.latest.period <= periods.previous(span.period, weeks=span.weeks):
            return False
        return self.earlier is None or self.earlier.source != self.latest.source


def pairs_for(person: User, span: Span) -> list[Pair]:
    """Return a pair for each initiative that this person may see, the freshest answers first."""
    seen: dict[int, list[Snapshot]] = {}
    snapshots = (
        Snapshot.objects.visible_to(person)
        .filter(period__lte=span.period)
        .select_related("initiative")
        .order_by("-period", F("closed_on").desc(nulls_last=True), "-pk")[:SNAPSHOTS_READ]
    )
    for snapshot in snapshots:
        seen.setdefault(snapshot.initiative_id, []).append(snapshot)
    before = periods.previous(span.period, weeks=span.weeks)
    pairs = [
        Pair(latest, next((older for older in rest if older.period <= before), None))
        for latest, *rest in seen.values()
    ]
    # Two stable sorts: by name, then the initiative with the most recent answers first.
    pairs.sort(key=lambda pair: pair.latest.initiative.name)
    pairs.sort(key=lambda pair: str(pair.latest.closed_on or ""), reverse=True)
    return pairs


def standings_of(person: User, department: Department | None, span: Span) -> list[Standing]:
    """Return where the department stands with each initiative, as this person may see it.

    Without a department it is the agency's own row: that of the top of the tree.
    """
    pairs = pairs_for(person, span)
    cells = _cells(person, pairs, department)
    return [
        _standing(pair, span, cells)
        for pair in pairs
        if any((pair.latest.pk, code) in cells for code in _codes())
    ]


def overview_of(person: User, span: Span) -> Overview:
    """Return how many departments stand where with the initiative that was asked about last."""
    pairs = pairs_for(person, span)[:1]
    cells = (
        SnapshotCell.objects.visible_to(person)
        .filter(snapshot__in=[pair.latest for pair in pairs], department__parent__isnull=False)
        .select_related("department", "snapshot__initiative")
        .order_by("value", "department__name")
    )
    overall = [cell for cell in cells if not cell.dimension]
    count = {band: sum(cell.band == band for cell in overall) for band in Band}
    shown = [cell for cell in overall if cell.value is not None and cell.band != Band.READY]
    bars = {(c.department_id, c.dimension): c for c in cells if c.dimension}
    return Overview(
        ready=count[Band.READY],
        not_ready=count[Band.NOT_READY],
        too_close=count[Band.TOO_CLOSE],
        not_enough=count[Band.NOT_ENOUGH],
        least_ready=tuple(_short(cell, bars) for cell in shown[:LEAST_READY]),
    )


def _codes() -> list[str]:
    return ["", *(dimension.code for dimension in DIMENSIONS)]


def _cells(
    person: User, pairs: list[Pair], department: Department | None
) -> dict[tuple[int, str], SnapshotCell]:
    snapshots = [s for pair in pairs for s in (pair.latest, pair.earlier) if s]
    cells = SnapshotCell.objects.visible_to(person).filter(snapshot__in=snapshots)
    if department:
        cells = cells.filter(department=department)
    else:
        cells = cells.filter(department__parent__isnull=True)
    found: dict[tuple[int, str], SnapshotCell] = {}
    for cell in cells.select_related("department").order_by("department__name"):
        found.setdefault((cell.snapshot_id, cell.dimension), cell)
    return found


def _standing(pair: Pair, span: Span, cells: dict[tuple[int, str], SnapshotCell]) -> Standing:
    here = {code: cells.get((pair.latest.pk, code)) for code in _codes()}
    before = {code: cells.get((pair.earlier.pk, code)) if pair.earlier else None for code in here}
    overall = here[""]
    some = overall or next(cell for cell in here.values() if cell)
    return Standing(
        initiative=pair.latest.initiative.name,
        department=some.department.name,
        department_code=some.department.code,
        period=pair.latest.period,
        is_released=bool(overall and overall.is_released and overall.value is not None),
        value=_whole(overall),
        low=_rounded(overall.low if overall else None),
        high=_rounded(overall.high if overall else None),
        change=_change(overall, before[""]),
        band=overall.band if overall else Band.NOT_ENOUGH,
        asked=overall.asked if overall else 0,
        answered=overall.answered if overall else None,
        is_new=pair.is_new_in(span),
        bars=tuple(_bar(d, here[d.code], before[d.code]) for d in DIMENSIONS if here[d.code]),
    )


def _short(cell: SnapshotCell, bars: dict[tuple[int, str], SnapshotCell]) -> Standing:
    """Return one department in brief: its score and what holds it back."""
    return Standing(
        initiative=cell.snapshot.initiative.name,
        department=cell.department.name,
        department_code=cell.department.code,
        period=cell.snapshot.period,
        is_released=True,
        value=_whole(cell),
        band=cell.band,
        bars=tuple(_bar(d, bars.get((cell.department_id, d.code)), None) for d in DIMENSIONS),
    )


def _bar(side: Dimension, cell: SnapshotCell | None, before: SnapshotCell | None) -> Bar:
    return Bar(
        code=side.code,
        label=str(side.name),
        band=cell.band if cell else Band.NOT_ENOUGH,
        value=_whole(cell),
        change=_change(cell, before),
        is_barrier=bool(cell and cell.is_released and cell.is_barrier),
    )


def _change(cell: SnapshotCell | None, before: SnapshotCell | None) -> int | None:
    """Return the difference of the numbers that people see, so that it always adds up."""
    now, then = _whole(cell), _whole(before)
    return None if now is None or then is None else now - then


def _whole(cell: SnapshotCell | None) -> int | None:
    return _rounded(cell.value) if cell and cell.is_released else None


def _rounded(value: float | None) -> int | None:
    return None if value is None else round(value)
