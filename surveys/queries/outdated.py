"""Which translations of a survey are older than their text, and what else speaks against asking."""

from surveys.building import Raw
from surveys.building.checks import Finding, findings_in
from surveys.building.outdated import Outdated, Own
from surveys.models import OutdatedTexts, Survey


def outdated_of(survey: Survey) -> Outdated:
    """Return by language and key the text of which an outdated translation was made."""
    row = OutdatedTexts.objects.filter(survey=survey).first()
    return row.texts if row else {}


def findings_about(survey: Survey, definition: Raw) -> list[Finding]:
    """Return everything that speaks against asking these questions of this survey; one query."""
    own = Own(survey.own_texts, survey.translations)
    return findings_in(definition, outdated_of(survey), own)
