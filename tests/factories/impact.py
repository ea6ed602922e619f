"""Impact assessments for tests."""

from typing import Any

from django.utils import timezone

from buyin.initiatives.models import ImpactAssessment, Initiative
from buyin.initiatives.models.impact import RESULT
from tests.factories.trail import without_trail

ANSWERS: dict[str, Any] = {
    "projectDetailsPhase": "item2",
    "projectDetailsTitle": "Permits in a day",
    "riskProfile1": "item1-3",
    "impact6": "item2-2",
    "aboutDataSource1": "item1-2",
    "aboutDataSource14": ["item2-1", "item5-3"],
    "privacyImplementation1": "item1-2",
}


@without_trail
def make_impact(
    initiative: Initiative, *, is_finished: bool = True, answers: dict[str, Any] | None = None
) -> ImpactAssessment:
    """Write an assessment with these answers, or with few that come to 11 points."""
    now = timezone.now()
    made = ImpactAssessment(
        initiative=initiative,
        number=initiative.impact_assessments.count() + 1,
        answers=dict(ANSWERS if answers is None else answers),
        begun_at=now,
        changed_at=now,
    )
    if is_finished:
        made.finished_at = now
        for name in RESULT:
            setattr(made, name, getattr(made.score, name))
    made.save()
    return made
