"""Which anonymous answers are many enough to leave the buffer."""

from django.conf import settings
from django.db.models import Count

from surveys.models import BufferedResponse


def ripe_groups() -> list[tuple[int, int | None]]:
    """Return (wave, department) wherever enough answers wait to be shuffled among each other.

    No department is a group too: that of all who answered in public.
    """
    groups = (
        BufferedResponse.objects.filter(wave__closed_at__isnull=True)
        .values("wave", "department")
        .annotate(waiting=Count("pk"))
        .filter(waiting__gte=settings.SMALLEST_GROUP)
        .order_by("wave", "department")
    )
    return list(groups.values_list("wave", "department"))
