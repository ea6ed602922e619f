"""What can be told of earlier waves without telling of a person."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import Count

from surveys.models import Wave


@dataclass(frozen=True)
class LastTime:
    """The wave before this one: when it closed and how many people answered."""

    closed_at: datetime
    answers: int


def last_time(wave: Wave) -> LastTime | None:
    """Return the last closed wave of the same survey, None where too few people answered it."""
    earlier = (
        Wave.objects.filter(survey=wave.survey_id, number__lt=wave.number, closed_at__isnull=False)
        .annotate(answers=Count("responses"))
        .order_by("-number")
        .values_list("closed_at", "answers")
        .first()
    )
    if earlier is None or earlier[0] is None or earlier[1] < settings.SMALLEST_GROUP:
        return None
    return LastTime(closed_at=earlier[0], answers=earlier[1])
