"""What can be told of earlier waves without telling of a person."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse

from buyin.accounts.models import Department, User
from buyin.readiness.models import Snapshot, SnapshotQuerySet
from buyin.readiness.queries import Reading, Shelf, newest_of_each
from buyin.readiness.wording import title_of
from surveys.models import Wave, WaveResult

from .scores import dimensions_of, source_of


@dataclass(frozen=True)
class LastTime:
    """The wave before this one: when it closed, how many answered, and what came of it.

    `finding` is what the readiness pages say of it to the same person; it is empty where they say
    nothing, and `url` leads to them.
    """

    closed_at: datetime
    answers: int
    finding: str = ""
    url: str = ""


def last_time(wave: Wave, person: User) -> LastTime | None:
    """Return the last closed wave of the same survey, None where too few people answered it."""
    earlier = (
        Wave.objects.filter(survey=wave.survey_id, number__lt=wave.number, closed_at__isnull=False)
        .select_related("survey", "version")
        .defer("version__definition")
        .order_by("-number")
        .first()
    )
    if earlier is None or earlier.closed_at is None:
        return None
    counted = WaveResult.objects.filter(wave=earlier).values_list("answers", flat=True).first()
    answers = counted or earlier.responses.count()
    if answers < settings.SMALLEST_GROUP:
        return None
    return LastTime(earlier.closed_at, answers, *_finding(earlier, person))


def _finding(wave: Wave, person: User) -> tuple[str, str]:
    """Return what was found in a wave as this person may read it, and where; else nothing."""
    source = source_of(wave)
    snapshots = newest_of_each(Shelf.of(person).of_initiative(source.initiative))
    snapshot = next((s for s in snapshots if s.source == source.source), None)
    if snapshot is None:
        return "", ""
    reading = Reading.of(snapshot, None, user=person)
    board = reading.board(reading.home(person))
    if not board.scored and not (board.whole and board.whole.overall):
        return "", ""
    chosen = {"initiative": source.initiative, "week": snapshot.period}
    return title_of(board), f"{reverse('readiness:dashboard')}?{urlencode(chosen)}"


def rules_for(wave: Wave) -> tuple[dict[int, int | None], int]:
    """Return the department tree and the smallest group to count a wave by.

    Where readiness has measured the same answers, they are cut along the same tree: two tables of
    the same people, cut along two trees, could show more than either may.
    """
    parents: dict[int, int | None]
    parents = dict(Department.objects.order_by().values_list("pk", "parent_id"))
    first = _snapshots_of(wave).last()
    if first is None:
        return parents, settings.SMALLEST_GROUP
    return parents | first.parents, max(first.smallest_group, settings.SMALLEST_GROUP)


def is_measured(wave: Wave) -> bool:
    """Return whether readiness has measured a closed wave, or finds nothing in it to measure."""
    return not dimensions_of(wave) or _snapshots_of(wave).exists()


def _snapshots_of(wave: Wave) -> SnapshotQuerySet:
    source = source_of(wave)
    same = Snapshot.objects.filter(initiative=source.initiative, source=source.source)
    return same.filter(closed_on=source.closed_on)
