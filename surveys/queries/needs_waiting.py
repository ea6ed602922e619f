"""Needs that wait for somebody: for who takes care of them, and for leads where nobody does."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Q

from buyin.accounts.models import Role, User
from surveys.models import Need, Remedy

SOON = timedelta(days=14)


@dataclass(frozen=True)
class Waits:
    """What about needs waits for one person.

    `due` and `undecided` are of the needs that they take care of. Who leads reads how many needs
    nobody takes care of, and what somebody else has not done in time.
    """

    due: list[Remedy] = field(default_factory=list)
    undecided: list[Need] = field(default_factory=list)
    unowned: list[Need] = field(default_factory=list)
    late: list[Remedy] = field(default_factory=list)


def waits_for_all(people: Sequence[User], *, today: date) -> dict[int, Waits]:
    """Return what waits for each of these people, by id; two queries for any number."""
    leads = {person.pk for person in people if person.holds(Role.LEAD)}
    theirs = Q(owner__in=people) | Q(initiative__lead__in=people)
    open_needs = Need.objects.unanswered().filter(Q() if leads else theirs)
    needs = list(open_needs.ranked().select_related("initiative", "owner"))
    if not needs:
        return {}
    by_pk = {need.pk: need for need in needs}
    remedies = list(
        Remedy.objects.open()
        .filter(need__in=open_needs.order_by().values("pk"), due__lte=today + SOON)
        .order_by("due", "pk")
    )
    for remedy in remedies:
        remedy.need = by_pk[remedy.need_id]
    return {
        person.pk: _waits(person, needs, remedies, today=today, leads_all=person.pk in leads)
        for person in people
    }


def _waits(
    person: User, needs: Sequence[Need], remedies: Sequence[Remedy], *, today: date, leads_all: bool
) -> Waits:
    def leads(need: Need) -> bool:
        return leads_all or need.initiative.lead_id == person.pk

    def owns(need: Need) -> bool:
        return need.owner_id == person.pk

    return Waits(
        due=[one for one in remedies if owns(one.need)],
        undecided=[one for one in needs if owns(one) and one.status == Need.Status.NEW],
        unowned=[one for one in needs if leads(one) and not one.is_taken_care_of],
        late=[
            one
            for one in remedies
            if one.is_overdue(today) and leads(one.need) and not owns(one.need)
        ],
    )
