"""Who is on the lists of initiatives and who of them is involved, for many initiatives at once."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef, Q

from buyin.accounts.models import LOOKING_ROLES, Department, User
from buyin.initiatives.models import Initiative
from buyin.stakeholders import representation
from buyin.stakeholders.models import Commitment, Interest, Level, Part, Participation, Raci
from buyin.stakeholders.representation import SPONSORING, Involved

GIVEN = Q(pledged__gt=0) | Q(committed__gt=0) | Q(received__gt=0)


@dataclass(frozen=True)
class Member:
    """Somebody on an initiative's list. `is_involved`: more than a name on it.

    That is: told and assessed, met about it, or with a part in a deliverable.
    """

    interest: int
    stakeholder: int
    name: str
    category: str
    department: int | None
    level: int | None
    is_involved: bool

    @property
    def is_sponsor(self) -> bool:
        """Whether they can decide or pay, and support it."""
        supports = self.level is not None and self.level >= Level.SUPPORTIVE
        return self.category in SPONSORING and supports


@dataclass(frozen=True)
class Party:
    """What is known of the people of one initiative.

    `departments` are those that take part, as far as whoever asks looks into them; `sponsors` are
    all who sponsor it, by id, those among them who have promised it in `promised`.
    """

    initiative: Initiative
    departments: list[Department]
    members: list[Member]
    has_accountable: bool
    promised: frozenset[int]
    above: dict[int, frozenset[int]] = field(repr=False)

    @property
    def involved(self) -> list[Involved]:
        """Those who are involved, as the rules see them."""
        found = [one for one in self.members if one.is_involved]
        return [Involved(one.category, one.department) for one in found]

    @property
    def has_champion(self) -> bool:
        """Whether somebody is assessed as leading."""
        return any(one.level == Level.LEADING for one in self.members)

    @property
    def sponsors(self) -> list[Member]:
        """Those who sponsor it: they have promised to, or can decide or pay and support it."""
        found = self.members
        return [one for one in found if one.is_sponsor or one.stakeholder in self.promised]

    def sponsors_in(self, department: int) -> list[Member]:
        """Return those who sponsor it in a department or in one under it."""
        return [one for one in self.sponsors if self._is_in(one, department)]

    def members_in(self, department: int) -> list[Member]:
        """Return those on the list who belong to a department or to one under it."""
        return [one for one in self.members if self._is_in(one, department)]

    def _is_in(self, member: Member, department: int) -> bool:
        home = member.department
        return home is not None and department in self.above.get(home, ())


def parties(viewer: User, initiatives: Collection[Initiative]) -> list[Party]:
    """Return what is known of the people of these initiatives; as many queries for many as for one.

    Everybody on the lists counts, whoever asks: what is said of them are numbers and categories.
    Departments are told apart for those only who look into them.
    """
    ids = [one.pk for one in initiatives]
    members = _members(ids)
    named = Raci.objects.filter(initiative__in=ids, part=Part.ACCOUNTABLE)
    accountable = set(named.order_by().values_list("initiative", flat=True))
    promised = _promised(ids)
    taking_part = _departments(ids)
    above = lines_of_all()
    held = None if viewer.sees_agency else set(viewer.department_ids_held(*LOOKING_ROLES))
    found = []
    for one in initiatives:
        shown = taking_part[one.pk]
        if held is not None and one.lead_id != viewer.pk:
            shown = [department for department in shown if department.pk in held]
        party = Party(
            initiative=one,
            departments=shown,
            members=members[one.pk],
            has_accountable=one.pk in accountable,
            promised=frozenset(promised[one.pk]),
            above=above,
        )
        found.append(party)
    return found


def lines_of_all() -> dict[int, frozenset[int]]:
    """Return every department with those that it is part of, itself among them; one query."""
    pairs = Department.objects.order_by().values_list("pk", "parent_id")
    return representation.lines(dict(pairs))


def _departments(ids: Collection[int]) -> dict[int, list[Department]]:
    through = Initiative.departments.through._default_manager  # noqa: SLF001 - its own table
    rows = through.filter(initiative__in=ids).select_related("department")
    found: dict[int, list[Department]] = defaultdict(list)
    for row in rows.order_by("department__name", "department"):
        found[row.initiative_id].append(row.department)
    return found


def _promised(ids: Collection[int]) -> dict[int, set[int]]:
    """Return by initiative who has promised to sponsor it and did not take it back."""
    rows = Commitment.objects.filter(
        GIVEN, kind=Commitment.Kind.SPONSORSHIP, declined_on=None, initiative__in=ids
    )
    found: dict[int, set[int]] = defaultdict(set)
    for initiative, stakeholder in rows.order_by().values_list("initiative", "stakeholder"):
        found[initiative].add(stakeholder)
    return found


def _members(ids: Collection[int]) -> dict[int, list[Member]]:
    met = Participation.objects.filter(
        stakeholder=OuterRef("stakeholder"), engagement__initiative=OuterRef("initiative")
    )
    parts = Raci.objects.filter(
        stakeholder=OuterRef("stakeholder"), initiative=OuterRef("initiative")
    )
    rows = (
        Interest.objects.filter(initiative__in=ids, stakeholder__archived_at=None)
        .annotate(is_met=Exists(met), has_part=Exists(parts))
        .order_by("stakeholder__name", "pk")
        .values_list(
            *("initiative", "pk", "stakeholder", "stakeholder__name", "stakeholder__category"),
            *("stakeholder__department", "current", "is_met", "has_part"),
        )
    )
    found: dict[int, list[Member]] = defaultdict(list)
    for initiative, pk, stakeholder, name, category, place, level, is_met, has_part in rows:
        is_involved = level not in {None, Level.UNAWARE} or is_met or has_part
        member = Member(pk, stakeholder, name, category, place, level, is_involved)
        found[initiative].append(member)
    return found
