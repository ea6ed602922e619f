"""Taking snapshots: the only place that writes readiness."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from buyin import periods
from buyin.accounts.models import Department
from buyin.features import Scores, ScoreSource, all_features
from buyin.initiatives.models import Initiative

from .index import is_enough
from .measuring import Rules, measure
from .models import Snapshot, SnapshotCell, SnapshotQuerySet
from .scoring import FORMULA


def take_snapshots(*, now: datetime, period: str = "") -> list[Snapshot]:
    """Take what is missing for a week, this one by default, and return the snapshots made.

    Each initiative gets one from its newest closed answers. Twice or at once makes nothing twice;
    answers that are not whole any more are only carried over.
    A ValueError says what is wrong with the week.
    """
    period = period or periods.week_of(now)
    start, end = periods.bounds(period)
    if start > now:
        raise ValueError(_("The week %(period)s has not begun yet.") % {"period": period})
    until = min(now, end)
    sources = [s for feature in all_features() for s in feature.score_sources(until=until)]
    made: list[Snapshot] = []
    unheard: list[ScoreSource] = []
    for source in _missing(_newest(sources), period=period):
        snapshot = repeat_snapshot(source=source, period=period)
        if snapshot:
            made.append(snapshot)
        elif source.is_whole:
            unheard.append(source)
    new = _scores_of(unheard, until=until)
    return made + [take_snapshot(scores=scores, period=period) for scores in new]


def take_snapshot(*, scores: Scores, period: str) -> Snapshot:
    """Measure, and store what may be shown; the same source in the same week is stored once."""
    parents, rules = _rules_for(scores)
    measured = measure(scores, parents, rules)
    new = Snapshot(
        summary=measured.summary,
        smallest_group=rules.smallest,
        tree={cell.department: parents[cell.department] for cell in measured.cells},
    )
    with transaction.atomic():
        snapshot, is_new = _claimed(source=scores, period=period, like=new)
        if is_new:
            SnapshotCell.objects.bulk_create(
                (
                    SnapshotCell(
                        snapshot=snapshot,
                        department_id=cell.department,
                        dimension=cell.dimension,
                        is_released=cell.is_released,
                        asked=cell.asked,
                        answered=cell.answered,
                        value=cell.value,
                        standard_error=cell.standard_error,
                        low=cell.low,
                        high=cell.high,
                        band=cell.band,
                        is_barrier=cell.is_barrier,
                        detail=cell.detail,
                    )
                    for cell in measured.cells
                ),
                batch_size=500,
            )
    return snapshot


@transaction.atomic
def repeat_snapshot(*, source: ScoreSource, period: str) -> Snapshot | None:
    """Carry results over into another week, or return None where there are none to carry.

    The same answers are measured a second time only under another threshold or formula.
    """
    same = _of_same_answers(source)
    earlier = same.filter(formula=FORMULA, ready_from=settings.READY_FROM).first()
    if earlier is None:
        return None
    snapshot, is_new = _claimed(source=source, period=period, like=earlier)
    if is_new:
        cells = list(earlier.cells.order_by("pk"))
        for cell in cells:
            cell.pk, cell.snapshot = None, snapshot
        SnapshotCell.objects.bulk_create(cells, batch_size=500)
    return snapshot


def _rules_for(source: ScoreSource) -> tuple[dict[int, int | None], Rules]:
    """Return the department tree and the rules to measure by.

    Answers that were measured before keep the tree and the smallest group of then; only what a
    score means is judged anew. Two tables of the same answers, cut along two trees, would show
    more than either may.
    """
    departments = Department.objects.order_by().values_list("pk", "parent_id")
    parents: dict[int, int | None] = dict(departments)
    smallest = settings.SMALLEST_GROUP
    first = _of_same_answers(source).last()
    if first:
        parents, smallest = parents | first.parents, first.smallest_group
    return parents, Rules(ready_from=settings.READY_FROM, smallest=smallest)


def _of_same_answers(source: ScoreSource) -> SnapshotQuerySet:
    """Return the snapshots of these answers so far, the newest first."""
    return Snapshot.objects.filter(
        initiative=source.initiative, source=source.source, closed_on=source.closed_on
    )


def _claimed(*, source: ScoreSource, period: str, like: Snapshot) -> tuple[Snapshot, bool]:
    """Return the snapshot of this week and source, made now unless somebody was faster."""
    initiative = Initiative.objects.select_for_update().get(pk=source.initiative)
    return Snapshot.objects.get_or_create(
        initiative=initiative,
        period=period,
        source=source.source,
        defaults={
            "closed_on": source.closed_on,
            "formula": FORMULA,
            "ready_from": settings.READY_FROM,
            "smallest_group": like.smallest_group,
            "summary": like.summary,
            "tree": like.tree,
        },
    )


def _newest(sources: Iterable[ScoreSource]) -> list[ScoreSource]:
    """Return one source for each initiative: the newest that asks about enough dimensions."""
    best: dict[int, ScoreSource] = {}
    for source in sorted(sources, key=_weight):
        if source.dimensions:
            best[source.initiative] = source
    return list(best.values())


def _weight(source: ScoreSource) -> tuple[bool, str, str]:
    closed_on = source.closed_on.isoformat() if source.closed_on else ""
    return is_enough(len(source.dimensions)), closed_on, source.source


def _missing(sources: Sequence[ScoreSource], *, period: str) -> list[ScoreSource]:
    taken = set(
        Snapshot.objects.filter(period=period).order_by().values_list("initiative_id", "source")
    )
    return [source for source in sources if (source.initiative, source.source) not in taken]


def _scores_of(sources: Sequence[ScoreSource], *, until: datetime) -> Iterable[Scores]:
    wanted = {(source.initiative, source.source) for source in sources}
    if not wanted:
        return
    for feature in all_features():
        for scores in feature.scores(until=until):
            if (scores.initiative, scores.source) in wanted:
                yield scores
