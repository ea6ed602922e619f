"""Which translations of a survey are older than their text."""

from surveys.building.outdated import Outdated
from surveys.models import OutdatedTexts, Survey


def outdated_of(survey: Survey) -> Outdated:
    """Return by language and key the text of which an outdated translation was made."""
    row = OutdatedTexts.objects.filter(survey=survey).first()
    return row.texts if row else {}
