"""Remembering which translations are older than their text."""

from surveys.building.outdated import Outdated
from surveys.models import OutdatedTexts, Survey


def keep_outdated(survey: Survey, texts: Outdated) -> None:
    """Write down which translations are outdated now."""
    if texts:
        OutdatedTexts.objects.update_or_create(survey=survey, defaults={"texts": texts})
    else:
        OutdatedTexts.objects.filter(survey=survey).delete()
