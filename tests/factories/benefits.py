"""Benefits, measurements, decisions, risks and stories for tests."""

from datetime import date
from typing import Any

from buyin.initiatives.models import Benefit, Decision, Measurement, RaidItem, Story
from tests.factories.trail import without_trail

DAYS: dict[str, Any] = {
    "title": "Permits are decided sooner",
    "category": "service",
    "kind": "quantifiable",
    "indicator": "Median days to decide",
    "unit": "days",
    "direction": "lower",
    "baseline_value": 41,
    "baseline_on": date(2024, 10, 1),
    "target_value": 25,
    "target_on": date(2027, 6, 30),
}


@without_trail
def make_benefit(initiative: Any, **fields: Any) -> Benefit:
    """Return a benefit of this initiative: fewer days to decide, unless said otherwise."""
    return Benefit.objects.create(initiative=initiative, **{**DAYS, **fields})


@without_trail
def make_measurement(benefit: Benefit, value: Any, day: date, **fields: Any) -> Measurement:
    """Return what was measured of a benefit on a day."""
    return Measurement.objects.create(benefit=benefit, value=value, day=day, **fields)


@without_trail
def make_decision(initiative: Any, **fields: Any) -> Decision:
    """Return a decision about this initiative."""
    given = {
        "title": "Reasons stand beside each suggestion",
        "decided_on": date(2026, 5, 12),
        "decided_by": "Steering group",
        "rationale": "Nobody trusts what they cannot explain.",
        **fields,
    }
    return Decision.objects.create(initiative=initiative, **given)


@without_trail
def make_risk(initiative: Any, probability: int = 3, impact: int = 4, **fields: Any) -> RaidItem:
    """Return a risk of this initiative."""
    given = {
        "kind": "risk",
        "statement": "Old scans are sorted last",
        "category": "quality",
        "response": "mitigate",
        **fields,
    }
    if given["kind"] == "risk":
        given |= {"probability": probability, "impact": impact}
    else:
        given["response"] = ""
    return RaidItem.objects.create(initiative=initiative, **given)


@without_trail
def make_story(initiative: Any, **fields: Any) -> Story:
    """Return a success story, a draft without measurement unless said otherwise."""
    given = {
        "title": "Permits decided in a month",
        "challenge": "Half of them waited too long.",
        "done": "Complete ones came first.",
        "result": "Half of them wait less.",
        **fields,
    }
    return Story.objects.create(initiative=initiative, **given)


def evidence_of(initiative: Any, *, owner: Any) -> dict[str, object]:
    """Write one of everything that shows what an initiative brings; return what addresses need."""
    benefit = make_benefit(initiative, owner=owner)
    measured = make_measurement(benefit, 29, date(2026, 9, 30), entered_by=owner)
    benefit.changes.create(what="state", after="planned", changed_by=owner)
    decision = make_decision(initiative)
    driver = decision.inputs.create(kind="need", text="To see why", link="/surveys/needs/")
    draft = make_story(initiative)
    out = make_story(
        initiative,
        title="Sooner for all",
        measurement=measured,
        state="published",
        cleared_on=date(2026, 10, 1),
        published_on=date(2026, 10, 2),
    )
    return {
        "benefit": benefit.pk,
        "decision": decision.pk,
        "driver": driver.pk,
        "risk": make_risk(initiative).pk,
        "draft": draft.pk,
        "story": out.pk,
        "step": "take-back",
    }
