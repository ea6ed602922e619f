"""Whom a plan would ask: by departments, roles, tags, panels and mail addresses."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from buyin.accounts.models import Department, Role, RoleAssignment, Tag, User
from buyin.readiness.release import totals_of
from surveys.models import MailStop, Panel, PlannedAddress, WavePlan
from surveys.sealing import marks_of


@dataclass(frozen=True)
class Group:
    """A department that would be asked, how many people that is, and whether it is all of them.

    No department stands for guests outside. `guests` of those asked have no account.
    """

    department: Department | None
    asked: int
    is_whole: bool = True
    guests: int = 0


def people_asked(plan: WavePlan, *, with_addresses: bool = True) -> QuerySet[User]:
    """Return the people whom this plan asks: with an open account and a department to count in."""
    chosen = Q(pk__in=_in_departments(plan)) | Q(pk__in=_in_panels(plan))
    if with_addresses:
        chosen |= Q(email__in=plan.addresses.order_by().values("address"))
    return _countable().filter(chosen)


def guests_of(plan: WavePlan) -> QuerySet[PlannedAddress]:
    """Return the listed addresses without an account, which are asked by mail only.

    Who wanted no more mails about this survey is left out.
    """
    stops = MailStop.objects.filter(survey=plan.survey_id, address=OuterRef("address"))
    found = _without_account(plan).filter(~Exists(stops))
    marks = plan.forgotten_stops
    if not marks:
        return found
    rows = found.order_by().values_list("pk", "address")
    gone = [pk for pk, one in rows if not marks.isdisjoint(marks_of(one, plan.survey_id))]
    return found.exclude(pk__in=gone)


def groups_of(plan: WavePlan) -> list[Group]:
    """Return the departments of this plan with people in them, each with its number of people.

    Where everybody is asked, the roster may know people who have no account yet, and accounts may
    be newer than the roster.
    """
    accounts = _counted(people_asked(plan))
    guests = _counted(guests_of(plan))
    named = Counter(accounts) + Counter(guests)
    outside = named.pop(None, 0)
    whole: dict[int, int] = {}
    if not plan.is_narrowed:
        whole = dict(plan.audience().order_by().values_list("pk", "headcount"))
    departments = Department.objects.order_by("name", "pk")
    groups = [
        Group(one, max(whole.get(one.pk, 0), named[one.pk]), one.pk in whole, guests.get(one.pk, 0))
        for one in departments.filter(pk__in={*named, *whole})
    ]
    groups.append(Group(None, outside, is_whole=False, guests=outside))
    return [group for group in groups if group.asked]


def people_by_department() -> dict[int, int]:
    """Return how many people each department would be counted with."""
    accounts = _counted(_countable())
    rows = Department.objects.order_by().values_list("pk", "headcount")
    return {pk: max(headcount, accounts.get(pk, 0)) for pk, headcount in rows}


def people_under_departments() -> dict[int, int]:
    """Return how many people each department would be counted with, and everything under it."""
    parents = dict(Department.objects.order_by().values_list("pk", "parent_id"))
    return totals_of(parents, people_by_department())


def notes_on(plan: WavePlan) -> list[str]:
    """Return what became of the people who were named one by one, a sentence each."""
    return [*_notes_on_addresses(plan), *_notes_on_panels(plan)]


def rules_of(plan: WavePlan) -> dict[str, Any]:
    """Return by which rules a plan chooses people, as a wave keeps it."""
    return {
        "everybody": plan.asks_everybody,
        "departments": sorted(plan.departments.order_by().values_list("pk", flat=True)),
        "roles": plan.roles,
        "tags": sorted(plan.tags.order_by().values_list("pk", flat=True)),
        "panels": sorted(plan.panels.order_by().values_list("pk", flat=True)),
        "addresses": plan.addresses.count(),
    }


def described(rules: Mapping[str, Any]) -> list[str]:
    """Return the rules by which people were chosen, a line each; nothing where none is kept."""
    lines = []
    if rules.get("everybody"):
        lines.append(_("The whole agency"))
    elif rules.get("departments"):
        lines.append(_names(Department, rules["departments"]))
    if rules.get("roles"):
        roles = ", ".join(str(role.label) for role in Role if role in rules["roles"])
        lines.append(_("Only with a role: %(roles)s") % {"roles": roles})
    if rules.get("tags"):
        lines.append(_("Only with a tag: %(tags)s") % {"tags": _names(Tag, rules["tags"])})
    if rules.get("panels"):
        panels = _names(Panel, rules["panels"])
        lines.append(_("The panels: %(panels)s") % {"panels": panels})
    if count := rules.get("addresses", 0):
        words = ngettext("%(n)d listed mail address", "%(n)d listed mail addresses", count)
        lines.append(words % {"n": count})
    return lines


def _names(model: Any, keys: list[int]) -> str:
    return ", ".join(map(str, model.objects.filter(pk__in=keys).order_by("name", "pk")))


def _countable() -> QuerySet[User]:
    """Return people with an open account who belong to a department: results are by department."""
    people: QuerySet[User] = User.objects.active().filter(department__isnull=False)
    return people


def _without_account(plan: WavePlan) -> QuerySet[PlannedAddress]:
    accounts = User.objects.filter(email=OuterRef("address"))
    return plan.addresses.filter(~Exists(accounts))


def _counted(people: QuerySet[Any]) -> dict[int | None, int]:
    return dict(people.order_by().values_list("department").annotate(Count("pk")))


def _in_departments(plan: WavePlan) -> QuerySet[Any]:
    """Return the people of the departments who also hold a role and have a tag, where any is set."""
    found = User.objects.filter(department__in=plan.audience())
    if plan.roles:
        holders = RoleAssignment.objects.filter(role__in=plan.roles).order_by()
        found = found.filter(pk__in=holders.values("person"))
    if tags := plan.tags.order_by().values_list("pk", flat=True):
        tagged = User.tags.through.objects.filter(tag__in=list(tags))
        found = found.filter(pk__in=tagged.values("user"))
    people: QuerySet[Any] = found.order_by()
    return people.values("pk")


def _in_panels(plan: WavePlan) -> QuerySet[Any]:
    panels = plan.panels.order_by().values("pk")
    members: QuerySet[Any] = Panel.people.through.objects.filter(panel__in=panels)
    return members.values("user")


def _notes_on_addresses(plan: WavePlan) -> list[str]:
    """Say of the listed addresses how many are asked, are asked anyway, and are nobody's."""
    with_it = User.objects.filter(email=OuterRef("address"))
    asked = with_it.filter(is_active=True, department__isnull=False)
    kinds = plan.addresses.annotate(is_asked=Exists(asked), is_known=Exists(with_it)).order_by()
    counts: dict[tuple[bool, bool], int] = {
        (is_asked, is_known): n
        for is_asked, is_known, n in kinds.values_list("is_asked", "is_known").annotate(
            n=Count("pk")
        )
    }
    if not counts:
        return []
    anyway = people_asked(plan, with_addresses=False).filter(
        email__in=plan.addresses.order_by().values("address")
    )
    return _sentences(
        (counts.get((True, True), 0), _asked_by_address),
        (anyway.count(), _asked_anyway),
        *_said_of_guests(plan, closed=counts.get((False, True), 0)),
    )


def _said_of_guests(plan: WavePlan, *, closed: int) -> list[tuple[int, Any]]:
    """Return how many addresses have no account, where they count, and how many are left out.

    Why one is left out is not told: that somebody left, or wants no mails, is nobody's to know.
    """
    homes = _counted(guests_of(plan))
    guests, outside = sum(homes.values()), homes.get(None, 0)
    left = _without_account(plan).count() - guests
    return [
        (guests, _guests),
        (guests - outside, _at_home),
        (outside, _outside),
        (left + closed, _left_out),
    ]


def _notes_on_panels(plan: WavePlan) -> list[str]:
    members = User.objects.filter(pk__in=_in_panels(plan))
    lost = members.filter(Q(is_active=False) | Q(department__isnull=True)).count()
    return _sentences((lost, _lost_in_panels))


def _sentences(*said: tuple[int, Any]) -> list[str]:
    return [words(n) % {"n": n} for n, words in said if n]


def _asked_by_address(n: int) -> str:
    return ngettext(
        "%(n)d listed address belongs to a person who is asked.",
        "%(n)d listed addresses belong to people who are asked.",
        n,
    )


def _asked_anyway(n: int) -> str:
    return ngettext(
        "%(n)d of them would be asked anyway and is asked only once.",
        "%(n)d of them would be asked anyway and are asked only once.",
        n,
    )


def _left_out(n: int) -> str:
    return ngettext(
        "%(n)d listed address is left out: its account is closed or in no department, or it wants no"
        " more mails about this survey.",
        "%(n)d listed addresses are left out: their accounts are closed or in no department, or they"
        " want no more mails about this survey.",
        n,
    )


def _guests(n: int) -> str:
    return ngettext(
        "%(n)d listed address has no account. It is asked by a mail with a link of its own.",
        "%(n)d listed addresses have no account. They are asked by mails with links of their own.",
        n,
    )


def _at_home(n: int) -> str:
    return ngettext(
        "%(n)d of them counts in the department that stands beside it.",
        "%(n)d of them count in the departments that stand beside them.",
        n,
    )


def _outside(n: int) -> str:
    return ngettext(
        "%(n)d of them counts as outside: no department stands beside it.",
        "%(n)d of them count as outside: no department stands beside them.",
        n,
    )


def _lost_in_panels(n: int) -> str:
    return ngettext(
        "%(n)d person of the panels is left out: their account is closed or in no department.",
        "%(n)d people of the panels are left out: their accounts are closed or in no department.",
        n,
    )
