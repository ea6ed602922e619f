"""What pages, reports and programs read of readiness: released rows and nothing else."""

from django.db.models import Prefetch

from .models import Snapshot, SnapshotCell, SnapshotQuerySet


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
