"""What of initiatives concerns people: what is late for who leads, and what those near them told."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.db.models import QuerySet

from buyin.accounts.models import Department, Role, User, under
from buyin.initiatives.models import (
    DataAgreement,
    Initiative,
    Milestone,
    Stage,
    SystemRecord,
    Update,
)


def overdue_for(people: Sequence[User], today: date) -> QuerySet[Milestone]:
    """Return the overdue milestones of what these people lead, the oldest first.

    What has come to its end has nothing left to reach.
    """
    late = Milestone.objects.overdue(today).filter(initiative__lead__in=people)
    late = late.exclude(initiative__stage=Stage.RETIRED)
    return late.select_related("initiative").order_by("due", "pk")


def ending_for(people: Sequence[User], by: date) -> QuerySet[DataAgreement]:
    """Return the agreements that end, or wait to be looked at, of what these people lead."""
    found = DataAgreement.objects.ending(by).filter(initiative__lead__in=people)
    return found.select_related("initiative").order_by("pk")


def to_review_for(people: Sequence[User], by: date) -> QuerySet[SystemRecord]:
    """Return the records of what these people lead that are to be looked through, the first first."""
    records = SystemRecord.objects.to_review(*people, until=by)
    return records.select_related("initiative").order_by("review_due", "pk")


def updates_near(
    people: Sequence[User], *, since: datetime, until: datetime
) -> dict[int, list[Update]]:
    """Return what initiatives that each of these people may open told in a period.

    One update an initiative, its newest; the newest first. A fixed number of queries for any number
    of people whose roles are known.
    """
    told = Update.objects.filter(made_at__gt=since, made_at__lte=until)
    newest: dict[int, Update] = {}
    for one in told.select_related("initiative").order_by("-made_at", "-pk"):
        newest.setdefault(one.initiative_id, one)
    if not newest:
        return {}
    reach = _Reach(newest)
    return {person.pk: [u for u in newest.values() if reach.holds(person, u)] for person in people}


class _Reach:
    """Which departments stand in the reach of initiatives, read once for many people."""

    def __init__(self, initiatives: Iterable[int]) -> None:
        self.parents = list(Department.objects.order_by().values_list("pk", "parent_id"))
        self.reached: dict[int, set[int]] = {}
        self.of_roles: dict[tuple[int, ...], set[int]] = {}
        taking_part: dict[int, set[int]] = {}
        through = Initiative.departments.through._default_manager  # noqa: SLF001
        rows = through.filter(initiative__in=list(initiatives))
        for initiative, department in rows.values_list("initiative_id", "department_id"):
            taking_part.setdefault(initiative, set()).add(department)
        self.taking_part = taking_part
        for initiative, departments in taking_part.items():
            self.reached[initiative] = under(departments, self.parents)

    def holds(self, person: User, update: Update) -> bool:
        """Return whether this person may open the initiative: the same people as `visible_to`."""
        if person.sees_agency or update.initiative.lead_id == person.pk:
            return True
        if person.department_id in self.reached.get(update.initiative_id, set()):
            return True
        tops = tuple(sorted(person.tops_held(*Role)))
        if tops and tops not in self.of_roles:
            self.of_roles[tops] = under(tops, self.parents)
        held = self.of_roles.get(tops, set()) if tops else set()
        return bool(held & self.taking_part.get(update.initiative_id, set()))
