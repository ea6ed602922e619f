"""What the form of the plan begins with: for a gap, or for somebody to be in touch with."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from buyin.accounts.models import User
from buyin.stakeholders.models import Engagement, Interest, Stakeholder
from buyin.stakeholders.proposing import BY_CHANNEL, TOUCH, Case, day_for, propose
from buyin.stakeholders.wording import PROPOSALS


def proposal_for(interest: Interest, actor: User) -> tuple[dict[str, Any], Any]:
    """Return what the plan's form begins with for a gap, and in words why."""
    stakeholder, initiative = interest.stakeholder, interest.initiative
    case = Case(
        category=stakeholder.category,
        current=interest.current or 0,
        desired=interest.desired or 0,
        quadrant=interest.quadrant,
        salience=interest.salience,
        channel=stakeholder.channel,
    )
    rule = propose(case)
    purpose, why = PROPOSALS[rule.code]
    keeper, lead = stakeholder.owner, initiative.lead
    wished = (lead, keeper, actor) if rule.by_lead else (keeper, lead, actor)
    owner = next(one for one in wished if one is not None and one.is_active)
    today = timezone.localdate()
    begun = {
        "kind": rule.kind_for(case),
        "purpose": purpose,
        "owner": owner.email,
        "due_on": day_for(rule, today=today, desired_by=interest.desired_by),
        "cadence": rule.cadence,
        "initiative": initiative,
        "participants": [stakeholder.pk],
    }
    return begun, why


def touch_for(stakeholder: Stakeholder, actor: User) -> dict[str, Any]:
    """Return what the form begins with for somebody with whom to be in touch every so often."""
    keeper = stakeholder.owner
    owner = keeper if keeper is not None and keeper.is_active else actor
    return {
        "kind": BY_CHANNEL.get(stakeholder.channel, Engagement.Kind.CALL),
        "purpose": _("Be in touch again: ask how things stand"),
        "owner": owner.email,
        "due_on": day_for(TOUCH, today=timezone.localdate(), desired_by=None),
    }
