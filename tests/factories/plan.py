"""Planned activities for tests, and gaps to plan for."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from buyin.stakeholders.models import PlannedActivity
from tests.factories.stakeholders import InterestFactory, StakeholderFactory
from tests.factories.trail import without_trail


def in_days(days):
    """Return the day that is this many days from today."""
    return timezone.localdate() + timedelta(days=days)


@without_trail
def make_activity(*stakeholders, owner, due=7, **said):
    """Write a meeting that is due in a week, with a stakeholder unless others are given."""
    usual: dict[str, Any] = {"kind": "meeting", "purpose": "Hear what stands in the way"}
    if said.get("state", "planned") != "planned":
        usual |= {"closed_on": in_days(0), "closed_by": owner}
    made = PlannedActivity.objects.create(owner=owner, due_on=in_days(due), **(usual | said))
    made.stakeholders.set(stakeholders or [StakeholderFactory()])
    return made


def make_gap(initiative, department, *, current=1, desired=3, **said):
    """Write a stakeholder of this department who is not yet where they are wanted."""
    known = {"name", "category", "owner", "channel", "cadence", "person"}
    theirs = {name: said.pop(name) for name in known & said.keys()}
    stakeholder = StakeholderFactory(department=department, **theirs)
    return InterestFactory(
        stakeholder=stakeholder, initiative=initiative, current=current, desired=desired, **said
    )
