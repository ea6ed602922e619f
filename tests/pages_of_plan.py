"""The pages of the engagement plan, for the tests that look at every page."""

from buyin.stakeholders.mail import token_for
from buyin.stakeholders.models import PlannedActivity
from tests.cast import Cast
from tests.factories.initiatives import InitiativeFactory
from tests.factories.plan import make_activity, make_gap
from tests.shown import Shown

WRITTEN = (
    *("Bo Budget", "Una Union", "Pothole finder", "Hear what stands in the way", "They have left"),
    "Hear what they think of the pilot",
)


def planned(cast: Cast) -> dict[str, object]:
    """Write a gap with nothing planned, an overdue series about another, and one that was dropped."""
    initiative = InitiativeFactory(name="Pothole finder", departments=[cast.roads])
    gap = make_gap(initiative, cast.roads, name="Bo Budget", category="budget-holder", power=5)
    other = make_gap(initiative, cast.roads, name="Una Union", power=2, interest=5)
    staff = cast.people["staff"]
    series = make_activity(
        other.stakeholder, owner=staff, due=-2, initiative=initiative, cadence=30
    )
    dropped = make_activity(
        other.stakeholder, owner=staff, initiative=initiative, state="dropped",
        dropped_why="They have left", purpose="Hear what they think of the pilot",
    )  # fmt: skip
    PlannedActivity.objects.filter(pk=series.pk).update(follows=dropped)
    return {
        "stakeholder": gap.stakeholder_id,
        "initiative": initiative.pk,
        "activity": series.pk,
        "dropped": dropped.pk,
        "token": token_for(staff.pk),
    }


PLAN_PAGES = [
    Shown(who, path, planned, written=WRITTEN)
    for who, path in (
        ("lead", "/stakeholders/plan/"),
        ("lead", "/stakeholders/plan/new/?stakeholder={stakeholder}&initiative={initiative}"),
        ("lead", "/stakeholders/plan/{activity}/"),
        ("lead", "/stakeholders/plan/{dropped}/"),
        ("lead", "/stakeholders/plan/{activity}/edit/"),
        ("lead", "/stakeholders/plan/{activity}/close/"),
        ("staff", "/stakeholders/plan/{activity}/drop/"),
        ("lead", "/initiatives/{initiative}/people/plan/"),
        ("lead", "/initiatives/{initiative}/events/"),
        ("staff", "/stakeholders/log/points/"),
        ("staff", "/stakeholders/reminders/{token}/"),
    )
]
