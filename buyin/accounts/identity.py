"""Who a session belongs to: asked with every request of everybody who is signed in."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.db.models import QuerySet

from buyin.prepared import Prepared

from .models import User

COLUMNS = [field.attname for field in User._meta.concrete_fields]  # noqa: SLF001 - as documented
ROLE = ("role_assignments__role", "role_assignments__department_id")


def _person(person: int) -> QuerySet[User, Any]:
    """Return a row of the person for each role they hold, one with nothing where they hold none."""
    people: QuerySet[User] = User.objects.order_by().filter(pk=person)
    return people.values_list(*COLUMNS, *ROLE)


PERSON = Prepared(_person, person=int)


class PersonBackend(AuthenticationBackend):
    """Signs people in by address, and finds who a session belongs to."""

    def get_user(self, user_id: int) -> User | None:
        """Return the active person of this id with the roles they hold, by one query; else None."""
        rows = list(PERSON.rows(person=user_id))
        if not rows:
            return None
        person = User.from_db("default", COLUMNS, rows[0][: len(COLUMNS)])
        held = [(role, department) for *_person, role, department in rows if role is not None]
        person.held_roles = held
        return person if self.user_can_authenticate(person) else None
