"""Initiatives for tests."""

import factory

from buyin.initiatives.models import Initiative


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
