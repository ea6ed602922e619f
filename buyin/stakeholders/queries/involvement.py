"""Who is on the lists of initiatives and who of them is involved, for many initiatives at once."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, NamedTuple

from django.db.models import Q, QuerySet

from buyin.accounts.models import LOOKING_ROLES, Department, User
from buyin.among import Among, as_one
from buyin.initiatives.models import Initiative
from buyin.prepared import Prepared
from buyin.stakeholders import representation
from buyin.stakeholders.models import Commitment, Interest, Level, Part, Participation, Raci
from buyin.stakeholders.representation import SPONSORING, Involved

GIVEN = Q(pledged__gt=0) | Q(committed__gt=0) | Q(received__gt=0)
# Who did something where, by ids.
type Those = dict[int, set[int]]


class Member(NamedTuple):
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

    @cached_property
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
    found = whole_parties(initiatives)
    if viewer.sees_agency:
        return found
    held = set(viewer.department_ids_held(*LOOKING_ROLES))
    return [one if one.initiative.lead_id == viewer.pk else _within(one, held) for one in found]


def whole_parties(initiatives: Collection[Initiative]) -> list[Party]:
    """Return the same, with the departments told apart for who looks into every one."""
    ids = as_one(one.pk for one in initiatives)
    having_part, accountable = _parts(ids)
    members = _members(ids, _those(MET_ABOUT.rows(ids=ids)), having_part)
    promised = _those(PROMISED.rows(ids=ids))
    departments = {one.pk: one for one in Department.objects.order_by("name", "pk")}
    above = representation.lines({pk: one.parent_id for pk, one in departments.items()})
    taking_part = _taking_part(ids, departments)
    return [
        Party(
            initiative=one,
            departments=taking_part[one.pk],
            members=members[one.pk],
            has_accountable=one.pk in accountable,
            promised=frozenset(promised[one.pk]),
            above=above,
        )
        for one in initiatives
    ]


def _within(party: Party, held: Collection[int]) -> Party:
    """Return the party with these departments alone; its people stay all who are on the list."""
    shown = [department for department in party.departments if department.pk in held]
    return replace(party, departments=shown)


def _those(rows: Iterable[Sequence[int]]) -> Those:
    """Return whom rows of two ids name, by the first of both; of whom nothing is said: nobody."""
    found: Those = defaultdict(set)
    for where, who in rows:
        found[where].add(who)
    return found


def _taking_part(ids: str, departments: dict[int, Department]) -> dict[int, list[Department]]:
    """Return by initiative those of these departments that take part, in the order of these."""
    where = _those(TAKING_PART.rows(ids=ids))
    found: dict[int, list[Department]] = defaultdict(list)
    for pk, one in departments.items():
        for initiative in where[pk]:
            found[initiative].append(one)
    return found


def _parts(ids: str) -> tuple[Those, set[int]]:
    """Return by initiative who has a part in a deliverable, and where somebody is accountable."""
    rows = list(HAVING_PART.rows(ids=ids))
    accountable = {where for where, _who, part in rows if part == Part.ACCOUNTABLE}
    return _those(row[:2] for row in rows), accountable


def _members(ids: str, met: Those, having_part: Those) -> dict[int, list[Member]]:
    found: dict[int, list[Member]] = defaultdict(list)
    for initiative, pk, stakeholder, name, category, place, level in MEMBERS.rows(ids=ids):
        is_involved = (
            level not in {None, Level.UNAWARE}
            or stakeholder in met[initiative]
            or stakeholder in having_part[initiative]
        )
        member = Member(pk, stakeholder, name, category, place, level, is_involved)
        found[initiative].append(member)
    return found


def _members_of(ids: str) -> QuerySet[Interest, Any]:
    # Who was met and who has a part is asked for apart: the database would look through all
    # engagements of the agency to answer it for each of a few members.
    rows = Interest.objects.filter(Among("initiative", ids), stakeholder__archived_at=None)
    return rows.order_by("stakeholder__name", "pk").values_list(
        *("initiative", "pk", "stakeholder", "stakeholder__name", "stakeholder__category"),
        *("stakeholder__department", "current"),
    )


def _met_about(ids: str) -> QuerySet[Participation, Any]:
    rows = Participation.objects.filter(Among("engagement__initiative", ids)).order_by()
    return rows.values_list("engagement__initiative", "stakeholder")


def _having_part(ids: str) -> QuerySet[Raci, Any]:
    rows = Raci.objects.filter(Among("initiative", ids)).order_by()
    return rows.values_list("initiative", "stakeholder", "part")


def _sponsoring(ids: str) -> QuerySet[Commitment, Any]:
    """Return where somebody has promised to sponsor it and did not take it back, and who."""
    rows = Commitment.objects.filter(Among("initiative", ids), GIVEN, declined_on=None)
    of_kind = rows.filter(kind=Commitment.Kind.SPONSORSHIP).order_by()
    return of_kind.values_list("initiative", "stakeholder")


def _departments_of(ids: str) -> QuerySet[Any, Any]:
    through = Initiative.departments.through._default_manager  # noqa: SLF001 - its own table
    rows: QuerySet[Any] = through.filter(Among("initiative", ids)).order_by()
    return rows.values_list("department", "initiative")


MEMBERS = Prepared(_members_of, ids=str)
MET_ABOUT = Prepared(_met_about, ids=str)
HAVING_PART = Prepared(_having_part, ids=str)
PROMISED = Prepared(_sponsoring, ids=str)
TAKING_PART = Prepared(_departments_of, ids=str)
