"""In which department a wave asks a person: where it invited them, else their own.

Whoever came into a department after the wave was published has no invitation. They are asked where
everybody is. One rule, in the two ways in which it is needed: inside a query, and for many at once.
"""

from collections.abc import Collection, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from django.db.models import OuterRef, Subquery
from django.db.models.functions import Coalesce

from buyin.accounts.models import User

from .asking import WaveDepartment
from .inviting import Invitation


def home_in(wave: str, *, person: int, department: int | None) -> Coalesce:
    """Return the department in which a wave asks a person who belongs to this one, for a query.

    `wave` is the path to the wave there; it is NULL where the wave does not ask them.
    """
    here = {"wave": OuterRef(wave)}
    invited = Invitation.objects.filter(**here, person=person)
    whole = WaveDepartment.objects.filter(**here, department=department, is_whole=True)
    return Coalesce(
        Subquery(invited.values("department")[:1]), Subquery(whole.values("department")[:1])
    )


@dataclass(frozen=True)
class Homes:
    """Whom waves ask and where: people who were invited, and departments in which all are asked."""

    invited: Mapping[tuple[int, int], int | None]
    whole: AbstractSet[tuple[int, int]]

    def asks(self, wave: int, person: User) -> bool:
        """Return whether this wave asks this person."""
        return (wave, person.pk) in self.invited or self._asks_all_around(wave, person)

    def home(self, wave: int, person: User) -> int | None:
        """Return the department in which this wave asks this person, None where there is none."""
        own = person.department_id if self._asks_all_around(wave, person) else None
        return self.invited.get((wave, person.pk)) or own

    def _asks_all_around(self, wave: int, person: User) -> bool:
        home = person.department_id
        return home is not None and (wave, home) in self.whole


def homes_of(waves: Collection[int], people: Collection[User]) -> Homes:
    """Return where each of these waves asks each of these people; two queries."""
    invited = Invitation.objects.filter(wave__in=waves, person__in=people).order_by()
    groups = WaveDepartment.objects.filter(wave__in=waves, is_whole=True).order_by()
    rows = invited.values_list("wave_id", "person_id", "department_id")
    return Homes(
        {(wave, person): department for wave, person, department in rows if person is not None},
        {
            (wave, department)
            for wave, department in groups.values_list("wave_id", "department_id")
            if department is not None
        },
    )
