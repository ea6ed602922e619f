"""Initiatives with everybody on board for tests, and those in which somebody is missing."""

from datetime import date
from typing import Any

from django.utils import timezone

from buyin.stakeholders.actions.engagements import note_last_contact
from buyin.stakeholders.models import Engagement, Participation, Raci, Stakeholder
from buyin.stakeholders.representation import RULES
from tests.factories.initiatives import InitiativeFactory
from tests.factories.stakeholders import StakeholderFactory, make_assessed
from tests.factories.trail import without_trail

NAMES = {rule.category: f"The {rule.category}" for rule in RULES}


@without_trail
def make_on_board(*departments, without=(), stage="pilot", **said):
    """Write an initiative with one of each category, assessed as supportive, in each department.

    `without` names the categories that are left out. The first of the list leads and is accountable.
    """
    today = timezone.localdate()
    initiative = InitiativeFactory(departments=departments, stage=stage, **said)
    interests: list[Any] = []
    for category, name in NAMES.items():
        for number, department in enumerate(departments):
            is_there = category in {"representative", "budget-holder"} or not number
            if is_there and category not in without:
                who = StakeholderFactory(
                    name=f"{name} of {department}", category=category, department=department
                )
                level = 4 if not interests else 3
                interests.append(
                    make_assessed(
                        stakeholder=who, initiative=initiative, on=today, current=level, desired=4
                    )
                )
    first = interests[0].stakeholder
    Raci.objects.create(initiative=initiative, deliverable="Go-live", stakeholder=first, part="A")
    return initiative


@without_trail
def make_met(*stakeholders, initiative=None, day=date(2026, 9, 30), by=None, **said):
    """Write an engagement with these stakeholders."""
    said = {"kind": "meeting", "summary": "They want a trial first."} | said
    met = Engagement.objects.create(day=day, initiative=initiative, entered_by=by, **said)
    Participation.objects.bulk_create(
        Participation(engagement=met, stakeholder=one) for one in stakeholders
    )
    note_last_contact(Stakeholder.objects.filter(pk__in=[one.pk for one in stakeholders]))
    return met
