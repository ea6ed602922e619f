"""How much contact people and departments had lately, over all initiatives."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, NamedTuple

from django.db.models import Count, DateField, Q, QuerySet, Value
from django.db.models.functions import Cast
from django.utils import timezone

from buyin.accounts.models import Department, User
from buyin.among import Among, as_one
from buyin.fatigue import DAYS, Asked, Contact
from buyin.features import all_features
from buyin.prepared import Prepared
from buyin.stakeholders.models import (
    Engagement,
    Participation,
    Person,
    PlannedActivity,
    Stakeholder,
)

from .plans import next_planned

FIELDS = ("pk", "name", "department__name", "owner__name", "owner__email")
IS_MAIL = Q(engagement__kind=Engagement.Kind.MAIL)


class TiredStakeholder(NamedTuple):
    """What a list says of a stakeholder: of thousands no records are made."""

    pk: int
    name: str
    department: str | None
    owner: str | None


@dataclass(frozen=True)
class Tired:
    """A stakeholder whom one more contact may be too much; `planned` is what comes next."""

    stakeholder: Stakeholder | TiredStakeholder
    contact: Contact
    planned: PlannedActivity | None = None


@dataclass(frozen=True)
class Place:
    """A department with what its people had: `asked` by surveys, `met` in person and by mail."""

    department: Department
    asked: Asked
    met: Contact

    @property
    def mails(self) -> int:
        """Mails about surveys, and those that somebody noted as engagements."""
        return self.asked.mails + self.met.mails

    @property
    def is_much(self) -> bool:
        """Whether at least half of its people were asked in so many surveys that it is much."""
        return self.asked.is_much


def since(today: date | None = None) -> date:
    """Return the first day that counts."""
    return (today or timezone.localdate()) - timedelta(days=DAYS)


def contacts_of(stakeholders: Iterable[Stakeholder]) -> dict[int, Contact]:
    """Return what each of these stakeholders had in the last 30 days; the features add their part.

    Confidential engagements count: that somebody was met is no content. Who has no account is
    asked by no survey under their name.
    """
    given = list(stakeholders)
    found = _met([one.pk for one in given])
    accounts = {one.person.user_id: one.pk for one in given if one.person and one.person.user_id}
    for feature in all_features() if accounts else ():
        for user, contact in feature.contacts_of([*accounts]).items():
            pk = accounts[user]
            found[pk] = found.get(pk, Contact()) + contact
    return {one.pk: found.get(one.pk, Contact()) for one in given}


def _met(stakeholders: Collection[int]) -> dict[int, Contact]:
    """Return how these were met and written to; nothing of who was not."""
    return _contacts(_counted(since()).filter(stakeholder__in=stakeholders))


def _contacts(rows: Iterable[Sequence[int]]) -> dict[int, Contact]:
    """Return contacts by id, out of rows of an id, mails and meetings."""
    return {pk: Contact(mails=mails, meetings=meetings) for pk, mails, meetings in rows}


def _counted(first: date | Cast) -> QuerySet[Participation, Any]:
    rows = Participation.objects.filter(engagement__day__gt=first).order_by()
    counted = rows.values("stakeholder").annotate(
        mails=Count("pk", filter=IS_MAIL), meetings=Count("pk", filter=~IS_MAIL)
    )
    return counted.values_list("stakeholder", "mails", "meetings")


# The same of all, in words found once.
COUNTED = Prepared(lambda first: _counted(Cast(Value(first), DateField())), first=str)


def tired(viewer: User) -> list[Tired]:
    """Return whom the viewer works with and who had much contact, the most first, else by name.

    All contact of the agency is counted: the database does that sooner than it looks up whose
    stakeholders these are, and the few who had much are all that is looked up.
    """
    known = Stakeholder.objects.current().known_to(viewer).order_by()
    contacts = _contacts(COUNTED.rows(first=since().isoformat()))
    asked = _asked_with_account()
    if asked:
        accounts = known.filter(person__user__in=asked).values_list("person__user", "pk")
        for user, pk in accounts:
            contacts[pk] = contacts.get(pk, Contact()) + asked[user]
    much = {pk: contact for pk, contact in contacts.items() if contact.is_much}
    rows = TIRED.rows(ids=as_one(much)) if viewer.sees_agency else _told_of(known, as_one(much))
    found = [
        Tired(TiredStakeholder(pk, name, department, owner or address), much[pk])
        for pk, name, department, owner, address in rows
    ]
    return sorted(found, key=lambda one: -one.contact.total)


def _told_of(known: QuerySet[Stakeholder], ids: str) -> QuerySet[Stakeholder, Any]:
    return known.filter(Among("pk", ids)).order_by("name", "pk").values_list(*FIELDS)


# Of all who look into the whole agency, in words found once.
TIRED = Prepared(lambda ids: _told_of(Stakeholder.objects.current().standing_alone(), ids), ids=str)


def _asked_with_account() -> dict[int, Contact]:
    """Return what the features asked of those stakeholders who have an account, by account."""
    people = Person.objects.filter(user__isnull=False).order_by().values("user")
    found: dict[int, Contact] = {}
    for feature in all_features():
        for user, contact in feature.contacts_of(people).items():
            found[user] = found.get(user, Contact()) + contact
    return found


def tired_of(stakeholders: Iterable[Stakeholder]) -> list[Tired]:
    """Return those of these stakeholders who had much contact, the most first."""
    given = list(stakeholders)
    contacts = contacts_of(given)
    found = [Tired(one, contacts[one.pk]) for one in given if contacts[one.pk].is_much]
    return sorted(found, key=lambda one: -one.contact.total)


def with_next(viewer: User, found: Iterable[Tired]) -> list[Tired]:
    """Return the same with what is planned next with each, as far as the viewer may read it."""
    rows = list(found)
    planned = next_planned(viewer, [one.stakeholder.pk for one in rows])
    return [replace(one, planned=planned.get(one.stakeholder.pk)) for one in rows]


def places(viewer: User) -> list[Place]:
    """Return the departments that the viewer looks into, each without those under it, as a tree.

    Only those whose people had any contact lately.
    """
    seen = {one.pk: one for one in Department.objects.visible_to(viewer)}
    asked: dict[int, Asked] = {}
    for feature in all_features():
        asked |= _both(asked, feature.contacts_in([*seen]))
    met = _met_in([*seen])
    found = []
    for pk, department in sorted(seen.items(), key=lambda pair: pair[1].name):
        place = Place(department, asked.get(pk, Asked()), met.get(pk, Contact()))
        if place.asked.surveys or place.met.total:
            found.append(place)
    return found


def _both(one: Mapping[int, Asked], other: Mapping[int, Asked]) -> dict[int, Asked]:
    """Return the other's figures with those of one added; who was asked often only one knows."""
    found = dict(other)
    for pk in one.keys() & other.keys():
        mine, theirs = one[pk], other[pk]
        found[pk] = Asked(
            mine.surveys + theirs.surveys,
            mine.mails + theirs.mails,
            max(mine.people, theirs.people),
            theirs.often if mine.often is None else mine.often,
        )
    return found


def _met_in(departments: Collection[int]) -> dict[int, Contact]:
    """Return the engagements in which anybody of a department took part, each counted once."""
    rows = Participation.objects.filter(
        engagement__day__gt=since(), stakeholder__department__in=departments
    ).order_by()
    counted = rows.values("stakeholder__department").annotate(
        mails=Count("engagement", filter=IS_MAIL, distinct=True),
        meetings=Count("engagement", filter=~IS_MAIL, distinct=True),
    )
    return _contacts(counted.values_list("stakeholder__department", "mails", "meetings"))
