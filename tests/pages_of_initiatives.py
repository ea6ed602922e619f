"""The pages of one initiative, for the tests that look at every page."""

from datetime import timedelta

from django.utils import timezone

from tests.cast import Cast
from tests.factories.initiatives import (
    InitiativeFactory,
    make_agreement,
    make_change,
    make_goal,
    make_milestone,
    make_update,
)
from tests.shown import Shown


def moved(cast: Cast) -> dict[str, object]:
    """Write an initiative that moved on although something was missing."""
    made = InitiativeFactory(name="Permit triage", stage="pilot", departments=[cast.roads])
    make_change(made, "", "idea", day="2025-03-03", by=cast.lead)
    make_change(made, "idea", "pilot", day="2026-02-02", note="Tea", unmet=["lead"], by=cast.lead)
    return {"initiative": made.pk}


def ended(cast: Cast) -> dict[str, object]:
    """Write an initiative that has come to its end."""
    made = InitiativeFactory(name="Permit triage", stage="retired", departments=[cast.roads])
    return {"initiative": made.pk}


def planned(cast: Cast) -> dict[str, object]:
    """Write an initiative with something of everything in its plan, and an update."""
    made = InitiativeFactory(name="Permit triage", stage="pilot", departments=[cast.roads])
    today = timezone.localdate()
    gone, coming = today - timedelta(days=9), today + timedelta(days=9)
    make_milestone(made, "Tea", due=gone, percent=40, note="Tea")
    make_milestone(made, "Tea", due=coming, planned=gone, steps=5, steps_done=3)
    make_milestone(made, "Tea", due=gone, planned=gone - timedelta(days=9), done_on=gone)
    make_milestone(made, "Tea", due=gone, is_given_up=True)
    make_goal(made, cast.roads, cast.clinic, due=gone, goal="Tea", measure="Tea", target="Tea")
    words = {"shared": "Tea", "purpose": "Tea", "legal_basis": "Tea"}
    signed = {"state": "signed", "signed_on": gone - timedelta(days=9)}
    make_agreement(made, cast.roads, cast.clinic, **words)
    make_agreement(made, cast.parks, cast.clinic, expires_on=gone, **words, **signed)
    make_agreement(made, cast.works, cast.clinic, review_on=gone, **words, **signed)
    told = make_update(made, "Tea", text="Tea", by=cast.lead, changed_at=timezone.now())
    return {"initiative": made.pk, "update": told.pk}


LIFE_PAGES = [
    Shown("lead", "/initiatives/{initiative}/", planned, ("Tea",)),
    Shown("lead", "/initiatives/{initiative}/plan/", planned, ("Tea",)),
    Shown("lead", "/initiatives/{initiative}/needs/", planned),
    Shown("lead", "/initiatives/{initiative}/milestones/add/", planned),
    Shown("lead", "/initiatives/{initiative}/goals/add/", planned),
    Shown("lead", "/initiatives/{initiative}/agreements/add/", planned),
    Shown("lead", "/initiatives/{initiative}/updates/", planned, ("Tea",)),
    Shown("staff", "/initiatives/{initiative}/updates/", ended),
    Shown("lead", "/initiatives/{initiative}/updates/{update}/", planned, ("Tea",)),
    Shown("lead", "/initiatives/{initiative}/stage/", moved, ("Tea",)),
    Shown("lead", "/initiatives/{initiative}/stage/?to=idea", moved, ("Tea",)),
    Shown("staff", "/initiatives/{initiative}/stage/", moved, ("Tea",)),
    Shown("lead", "/initiatives/{initiative}/stage/", ended),
]
