"""Which snapshots there are: by week, by wave, and the one that was asked for."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch

from buyin.accounts.models import User
from buyin.initiatives.models import Initiative
from buyin.readiness.models import Snapshot, SnapshotCell, SnapshotQuerySet


def snapshots_of(period: str) -> SnapshotQuerySet:
    """Return the snapshots of a week with their cells and departments, in a fixed order."""
    cells = SnapshotCell.objects.select_related("department").order_by(
        "department__name", "dimension", "pk"
    )
    return (
        Snapshot.objects.filter(period=period)
        .select_related("initiative")
        .prefetch_related(Prefetch("cells", queryset=cells))
        .order_by("initiative__name", "pk")
    )


def one_a_wave(snapshots: Iterable[Snapshot]) -> list[Snapshot]:
    """Return the first snapshot of each wave, the oldest wave first: what a trend is made of."""
    found = {snapshot.source: snapshot for snapshot in snapshots}
    return sorted(found.values(), key=lambda s: (s.closed_on or date.min, s.pk))


def newest_of_each(snapshots: Iterable[Snapshot]) -> list[Snapshot]:
    """Return one snapshot for each result, the newest first; all are of one initiative.

    A result is carried over from week to week. Of several in one week the first one given counts,
    as it does for whoever asks for that week.
    """
    of_week: dict[str, Snapshot] = {}
    for snapshot in snapshots:
        of_week.setdefault(snapshot.period, snapshot)
    found: dict[tuple, Snapshot] = {}
    for snapshot in of_week.values():
        found.setdefault(snapshot.result, snapshot)
    return list(found.values())


@dataclass(frozen=True)
class Shelf:
    """All snapshots that one person may open, the newest first, without their contents."""

    snapshots: list[Snapshot]

    @classmethod
    def of(cls, user: User) -> "Shelf":
        """Return what this person may open."""
        rows = (
            Snapshot.objects.visible_to(user).select_related("initiative").defer("summary", "tree")
        )
        return cls(list(rows))

    @property
    def initiatives(self) -> list[Initiative]:
        """Return the initiatives with results, by name."""
        found = {snapshot.initiative_id: snapshot.initiative for snapshot in self.snapshots}
        return sorted(found.values(), key=lambda initiative: initiative.name)

    def of_initiative(self, initiative: int) -> list[Snapshot]:
        """Return the snapshots of one initiative, the newest first."""
        return [s for s in self.snapshots if s.initiative_id == initiative]

    def pick(self, *, initiative: str, week: str) -> Snapshot | None:
        """Return the snapshot that was asked for, else the newest.

        A week that the initiative has none of gives the newest before it. An initiative that this
        person may not see gives None.
        """
        found = [s for s in self.snapshots if not initiative or str(s.initiative_id) == initiative]
        if not initiative and found:
            found = self.of_initiative(found[0].initiative_id)
        earlier = [s for s in found if not week or s.period <= week]
        return next(iter(earlier or found), None)


def wave_before(snapshot: Snapshot, snapshots: Iterable[Snapshot]) -> Snapshot | None:
    """Return the snapshot of the wave before this one's, made by the same formula, if any."""
    earlier = [
        other
        for other in one_a_wave(snapshots)
        if other.source != snapshot.source
        and other.formula == snapshot.formula
        and other.initiative_id == snapshot.initiative_id
        and (other.closed_on or date.min) < (snapshot.closed_on or date.max)
    ]
    return earlier[-1] if earlier else None


def newest_summary(user: User) -> Snapshot | None:
    """Return the newest snapshot that a person may open, for its facts about the whole agency."""
    return Snapshot.objects.visible_to(user).select_related("initiative").first()
