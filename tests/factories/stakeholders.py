"""Stakeholders for tests: a person, an organisation or a group, and how they stand."""

from datetime import date

import factory

from buyin.stakeholders.models import (
    ASSESSED,
    Assessment,
    ConsentEvent,
    Group,
    Interest,
    Organisation,
    Person,
    Post,
    Raci,
    Relationship,
    Stakeholder,
)
from tests.factories.initiatives import InitiativeFactory
from tests.factories.trail import without_trail


class OrganisationFactory(factory.django.DjangoModelFactory):
    """A vendor, unless another kind is given."""

    class Meta:
        model = Organisation

    name = factory.Sequence(lambda n: f"Organisation {n:03}")
    kind = "vendor"


class ContactFactory(factory.django.DjangoModelFactory):
    """A person whom the agency deals with, without an account and without a post."""

    class Meta:
        model = Person

    name = factory.Sequence(lambda n: f"Contact {n:03}")


class PostFactory(factory.django.DjangoModelFactory):
    """A post that is held; say in which department or organisation."""

    class Meta:
        model = Post

    person = factory.SubFactory(ContactFactory)
    title = factory.Sequence(lambda n: f"Post {n:03}")


class GroupFactory(factory.django.DjangoModelFactory):
    """A group without members."""

    class Meta:
        model = Group

    name = factory.Sequence(lambda n: f"Group {n:03}")


class StakeholderFactory(factory.django.DjangoModelFactory):
    """A person who is a decision-maker. `organisation=` or `group=` with `person=None` for others."""

    class Meta:
        model = Stakeholder

    person = factory.SubFactory(ContactFactory, name=factory.SelfAttribute("..name"))
    name = factory.Sequence(lambda n: f"Stakeholder {n:03}")
    category = "decision-maker"


class InterestFactory(factory.django.DjangoModelFactory):
    """A stakeholder's interest in an initiative, not assessed."""

    class Meta:
        model = Interest

    stakeholder = factory.SubFactory(StakeholderFactory)
    initiative = factory.SubFactory(InitiativeFactory)


@without_trail
def make_assessed(*, on=date(2026, 3, 2), why="", by=None, **said):
    """Write an interest with one assessment; `stakeholder`, `initiative` and what was assessed."""
    assessed = {name: said.pop(name) for name in ASSESSED if name in said}
    interest = InterestFactory(**said, **assessed, assessed_on=on)
    Assessment.objects.create(
        about=interest, assessed_on=on, rationale=why, assessed_by=by, **assessed
    )
    return interest


@without_trail
def make_one_of_each(department):
    """Write a stakeholder of this department with one of everything that is noted about them."""
    stakeholder = StakeholderFactory(department=department)
    PostFactory(person=stakeholder.person, department=department)
    ConsentEvent.objects.create(person=stakeholder.person, kind="given", basis="By mail")
    GroupFactory(department=department)
    interest = make_assessed(stakeholder=stakeholder, power=4, interest=4, current=1, desired=3)
    vendor = OrganisationFactory()
    other = StakeholderFactory(person=None, organisation=vendor, name=vendor.name)
    Relationship.objects.create(first=stakeholder, second=other, kind="influences")
    Raci.objects.create(
        initiative=interest.initiative, deliverable="Go-live", stakeholder=stakeholder, part="A"
    )
    return interest
