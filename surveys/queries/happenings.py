"""What happened to a wave in the field, for those who may follow it."""

from django.db.models import QuerySet

from surveys.models import Happening, Wave


def happened_to(wave: Wave) -> QuerySet[Happening]:
    """Return what happened to this wave, the first first, each with who did it."""
    return Happening.objects.filter(wave=wave).select_related("by").order_by("at", "pk")
