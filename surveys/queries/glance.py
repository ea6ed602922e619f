"""For which kinds of tasks it is worth asking, at one glance.

Most people follow no waves and take care of no needs. To learn that from each kind by itself would
cost the page that everybody opens more than the rest of it.
"""

from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from buyin.accounts.models import Role, User
from buyin.initiatives.models import Initiative
from buyin.prepared import Prepared
from surveys.models import Need


@dataclass(frozen=True)
class Glance:
    """Whether a person may follow waves as their author, and whether needs may wait for them."""

    waves: bool
    needs: bool


def glance_at(person: User) -> Glance:
    """Return for which kinds of tasks of this person it is worth asking; one query."""
    leads, cares = GLANCE.first(person=person.pk) or (False, False)
    return Glance(*(bool(one) or person.holds(Role.LEAD) for one in (leads, cares)))


def _glance(person: int) -> QuerySet[User, Any]:
    """Return whether this person leads an initiative, and whether there is a need of theirs."""
    theirs = Q(owner=OuterRef("pk")) | Q(initiative__lead=OuterRef("pk"))
    people: QuerySet[User] = User.objects.filter(pk=person).order_by()
    return people.values_list(
        Exists(Initiative.objects.filter(lead=OuterRef("pk"))),
        Exists(Need.objects.unanswered().filter(theirs)),
    )


GLANCE = Prepared(_glance, person=int)
