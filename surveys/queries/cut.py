"""Waves that were counted whole and have lost answers since, because people had theirs deleted.

Whatever is made of the rest now, beside the figures of all, tells what the deleted answers said.
"""

from collections.abc import Collection

from django.db.models import Count, F, Q

from surveys.models import Anonymity, Wave, WaveResult


def deleted_since_counted(wave: Wave) -> int:
    """Return how many answers of a wave were deleted after its results had been counted."""
    counted = WaveResult.objects.filter(wave=wave).values_list("answers", flat=True).first()
    return max(0, counted - wave.responses.count()) if counted else 0


def has_figures(wave: int) -> bool:
    """Return whether a wave has figures; what is deleted after that is still in them."""
    return WaveResult.objects.filter(wave=wave, answers__isnull=False).exists()


def not_whole(waves: Collection[Wave]) -> set[int]:
    """Return which of these closed waves must not be measured: cut, or with names and not counted yet.

    Until a wave is counted nobody can tell whether it is cut. Without names nothing is deleted.
    """
    signed = Wave.objects.filter(pk__in=[wave.pk for wave in waves]).order_by()
    signed = signed.exclude(version__anonymity=Anonymity.ANONYMOUS)
    left = signed.annotate(left=Count("responses"))
    return set(
        left.filter(Q(result=None) | Q(result__answers__gt=F("left"))).values_list("pk", flat=True)
    )
