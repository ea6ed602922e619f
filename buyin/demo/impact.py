"""Impact assessments of the demo agency: one that is finished and one that is being filled in."""

from datetime import datetime, timedelta
from typing import Any

from buyin.features import DemoAgency
from buyin.initiatives.assessment import Question, questionnaire, shown
from buyin.initiatives.models import ImpactAssessment, Initiative
from buyin.initiatives.models.impact import RESULT

# What the city answers otherwise than with the choice of fewest points of risk, or most of mitigation.
SIGNALS: dict[str, Any] = {
    "projectDetailsPhase": "item2",
    "projectDetailsTitle": "Adaptive traffic signals",
    "projectDetailsDescription": "Green phases at 40 crossings follow the traffic that sensors count.",
    "businessDrivers1": ["item2", "item5"],
    "businessDrivers3": "People wait too long on foot and in buses. Counted at 40 crossings in spring.",
    "riskProfile1": "item1-3",
    "aboutSystem1": ["item5"],
    "aboutAlgorithm1": "item1-1",
    "aboutAlgorithm2": "item1-3",
    "aboutAlgorithm8": "item1-3",
    "aboutSystem3": "item4-1",
    "impact30": "item1-4",
    "impact3": "item1-4",
    "impact5": "item1-2",
    "impact22": "item1-2",
    "impact6": "item2-2",
    "impact9": "item2-2",
    "impact11": "item2-2",
    "impact13": "item2-2",
    "aboutDataSource4": "item1-2",
    "aboutDataSource5": "item1-4",
    "aboutDataSource6": "item1-4",
    "consultationImplementation1": "item2-0",
    "privacyImplementation3": "item2-0",
}
PERMITS: dict[str, Any] = {
    "projectDetailsPhase": "item1",
    "projectDetailsTitle": "Permit triage assistant",
    "projectDetailsDescription": "Sorts applications by what is missing. A case worker decides.",
    "businessDrivers1": ["item1", "item2"],
    "businessDrivers5": "item3-0",
    "riskProfile1": "item1-3",
    "riskProfile2": "item2-0",
}
SINCE = 45  # days ago one was finished
BEGUN = 3


def fill(agency: DemoAgency) -> None:
    """Write both assessments, as the agency's lead filled them in."""
    by_name = {initiative.name: initiative for initiative in agency.initiatives}
    signals = _made(agency, by_name["Adaptive traffic signals"], SINCE, _complete(SIGNALS))
    signals.finished_by, signals.finished_at = agency.lead, signals.changed_at
    score = signals.score
    for name in RESULT:
        setattr(signals, name, getattr(score, name))
    permits = _made(agency, by_name["Permit triage assistant"], BEGUN, PERMITS)
    ImpactAssessment.objects.bulk_create([signals, permits])


def _made(
    agency: DemoAgency, initiative: Initiative, days: int, answers: dict[str, Any]
) -> ImpactAssessment:
    moment: datetime = agency.now - timedelta(days=days)
    return ImpactAssessment(
        initiative=initiative,
        number=1,
        answers=answers,
        begun_by=agency.lead,
        begun_at=moment,
        changed_at=moment,
    )


def _complete(answers: dict[str, Any]) -> dict[str, Any]:
    """Answer every question with choices that is asked and not answered yet."""
    found = questionnaire()
    full = dict(answers)
    while True:
        asked = [q for part in shown(found, full).values() for q in part if q.choices]
        left = [question for question in asked if question.name not in full]
        if not left:
            return full
        full.update({question.name: _mild(question) for question in left})


def _mild(question: Question) -> str | list[str]:
    pick = max if question.counts_as == "mitigation" else min
    key = pick(question.choices, key=lambda choice: choice.points).key
    return [key] if question.kind == "checkbox" else key
