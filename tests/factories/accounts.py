"""People, departments and roles for tests; nothing is made that a test did not ask for."""

import factory

from buyin.accounts.models import Department, RoleAssignment, User

PASSWORD = "correct horse battery staple"


class DepartmentFactory(factory.django.DjangoModelFactory):
    """A department at the top of the tree, unless a parent is given."""

    class Meta:
        model = Department

    code = factory.Sequence(lambda n: f"department-{n}")
    name = factory.Sequence(lambda n: f"Department {n:03}")


class PersonFactory(factory.django.DjangoModelFactory):
    """A person without department or role. `password=True` gives them `PASSWORD`."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    name = factory.Sequence(lambda n: f"Person {n:03}")
    email = factory.Sequence(lambda n: f"person{n}@fairhaven.example")

    @factory.post_generation
    def password(self, create, extracted, **kwargs):
        """Set a password only where a test signs in by it."""
        if extracted:
            self.set_password(PASSWORD if extracted is True else extracted)
            self.save(update_fields=["password"])


class RoleFactory(factory.django.DjangoModelFactory):
    """A role for the whole agency, unless a department is given."""

    class Meta:
        model = RoleAssignment

    person = factory.SubFactory(PersonFactory)
    department = None
