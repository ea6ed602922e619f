"""Remembering which translations are older than their text."""

from collections.abc import Mapping

from surveys.building.outdated import Outdated, Own
from surveys.models import OutdatedTexts, Survey

Translations = Mapping[str, Mapping[str, str]]


def keep_outdated(survey: Survey, texts: Outdated) -> None:
    """Write down which translations are outdated now."""
    if texts:
        OutdatedTexts.objects.update_or_create(survey=survey, defaults={"texts": texts})
    else:
        OutdatedTexts.objects.filter(survey=survey).delete()


def own_of(survey: Survey, translations: Translations | None = None) -> Own:
    """Return title and purpose with their translations, or with these in their place."""
    return Own(survey.own_texts, survey.translations if translations is None else translations)
