"""Initiatives for tests."""

from uuid import uuid4

import factory

from buyin.initiatives.models import (
    DataAgreement,
    Initiative,
    Milestone,
    SharedGoal,
    StageChange,
    Update,
)
from tests.factories.trail import without_trail


class InitiativeFactory(factory.django.DjangoModelFactory):
    """An initiative without a lead. `departments=[…]` says which take part."""

    class Meta:
        model = Initiative
        skip_postgeneration_save = True

    name = factory.Sequence(lambda n: f"Initiative {n:03}")

    @factory.post_generation
    def departments(self, create, extracted, **kwargs):
        """Add the departments that a test names."""
        if extracted:
            self.departments.set(extracted)


@without_trail
def make_change(initiative, from_stage, to_stage, *, day, **fields):
    """Write down a change of stage that happened on a day."""
    return StageChange.objects.create(
        initiative=initiative, from_stage=from_stage, to_stage=to_stage, day=day, **fields
    )


@without_trail
def make_milestone(initiative, title="All desks work with it", *, due, **fields):
    """Write a milestone that was promised for the day on which it is due, unless told otherwise."""
    fields.setdefault("planned", due)
    return Milestone.objects.create(initiative=initiative, title=title, due=due, **fields)


@without_trail
def make_update(initiative, title="It began", **fields):
    """Write an update."""
    fields.setdefault("text", "People see why.")
    return Update.objects.create(initiative=initiative, title=title, made_by_form=uuid4(), **fields)


@without_trail
def make_goal(initiative, *departments, due="2026-12-18", **fields):
    """Write a goal that departments share."""
    words = {"goal": "Decide within two weeks", "measure": "Median days", "target": "14 days"}
    goal = SharedGoal.objects.create(initiative=initiative, due=due, **{**words, **fields})
    goal.departments.set(departments)
    return goal


@without_trail
def make_agreement(initiative, giver, taker, **fields):
    """Write an agreement about data that is asked for, unless told otherwise."""
    words = {"shared": "Applications", "purpose": "To test it", "legal_basis": "Records Act"}
    return DataAgreement.objects.create(
        initiative=initiative, giver=giver, taker=taker, **{**words, **fields}
    )
