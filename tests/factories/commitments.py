"""Commitments for tests: what a stakeholder is asked for, and how far it is."""

from datetime import date
from decimal import Decimal

import factory

from buyin.stakeholders.models import Commitment, CommitmentEntry
from tests.factories.initiatives import InitiativeFactory
from tests.factories.stakeholders import ContactFactory, InterestFactory, StakeholderFactory
from tests.factories.trail import without_trail

DAY = date(2026, 6, 1)


class CommitmentFactory(factory.django.DjangoModelFactory):
    """40,000 USD that somebody is asked for, of which nothing is promised yet."""

    class Meta:
        model = Commitment

    initiative = factory.SubFactory(InitiativeFactory)
    stakeholder = factory.SubFactory(StakeholderFactory)
    kind = "funding"
    title = factory.Sequence(lambda n: f"Money for the pilot {n:03}")
    unit = "USD"
    requested = Decimal(40_000)


def make_giver(user, initiative, **said):
    """Write a stakeholder who is this person, on the initiative's list."""
    person = ContactFactory(user=user, name=user.name)
    giver = StakeholderFactory(person=person, name=user.name, **said)
    InterestFactory(stakeholder=giver, initiative=initiative)
    return giver


@without_trail
def make_commitment(*, entries=(), **said):
    """Write a commitment with its request and further entries as (step, amount)."""
    made = CommitmentFactory(**said)
    for step, amount in (("requested", made.requested), *entries):
        CommitmentEntry.objects.create(commitment=made, step=step, amount=amount, day=DAY)
        setattr(made, step, Decimal(amount))
    made.save()
    return made
