"""Who is missing in initiatives, who sponsors them, and what to do about it next."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from buyin.accounts.models import Department, User, in_tree_order
from buyin.initiatives.models import Initiative, Stage
from buyin.initiatives.queries import Note
from buyin.stakeholders.models import Interest, Stakeholder
from buyin.stakeholders.models.stakeholders import StakeholderQuerySet
from buyin.stakeholders.representation import (
    SPONSORING,
    WITH_ACCOUNTABLE,
    WITH_CHAMPION,
    WITH_SPONSORS,
    Missing,
    missing,
)

from .involvement import Member, Party, parties


@dataclass(frozen=True)
class Warned:
    """Something that is missing: what, why it matters, and the next step where one may take it."""

    code: str
    text: str
    why: str = ""
    action: str = ""
    url: str = ""
    department: Department | None = None


@dataclass(frozen=True)
class Represented:
    """An initiative with what is missing in it now, and of sponsors."""

    party: Party
    now: list[Warned]
    sponsors: list[Warned]
    reach: "_Reach" = field(repr=False)

    @property
    def initiative(self) -> Initiative:
        """The initiative."""
        return self.party.initiative

    @property
    def warnings(self) -> list[Warned]:
        """All that is missing now."""
        return [*self.now, *self.sponsors]

    @cached_property
    def ahead(self) -> list[Warned]:
        """What the stage that usually follows needs besides; long lists do not ask for it."""
        if self.next_stage is None:
            return []
        said = {(one.code, one.department) for one in self.now}
        later = _warned(self.party, self.next_stage, self.reach)
        return [one for one in later if (one.code, one.department) not in said]

    @property
    def next_stage(self) -> Stage | None:
        """The stage that usually follows."""
        return Stage(self.initiative.stage).next


def represented(viewer: User, initiatives: Collection[Initiative]) -> list[Represented]:
    """Return what is missing in each of these initiatives; as many queries for many as for one."""
    found = parties(viewer, initiatives)
    reach = _Reach(viewer, [one.pk for one in initiatives])
    return [_represented(party, reach) for party in found]


def fitting(
    viewer: User, initiative: Initiative, *, category: str, department: int | None
) -> StakeholderQuerySet:
    """Return who could be put on the list of an initiative: of a category, a department, or both."""
    rows = Stakeholder.objects.current().changeable_by(viewer)
    wanted: dict[str, Any] = {"category": category, "department": department}
    asked = {name: value for name, value in wanted.items() if value}
    if not asked:
        return rows.none()
    on_list = Interest.objects.filter(initiative=initiative).order_by().values("stakeholder")
    return rows.filter(**asked).exclude(pk__in=on_list).order_by("name", "pk")


def notes(viewer: User, initiative: Initiative) -> Iterator[Note]:
    """Yield one sentence for the overview of an initiative where somebody is missing in it.

    Only for those who may open the page that it leads to.
    """
    if not (viewer.looks_into_departments or initiative.may_be_changed_by(viewer)):
        return
    (found,) = represented(viewer, [initiative])
    number = len(found.warnings)
    if number:
        words = ngettext(
            "%(n)d thing is missing to have everybody on board: %(first)s",
            "%(n)d things are missing to have everybody on board, among them: %(first)s",
            number,
        )
        text = words % {"n": number, "first": found.warnings[0].text}
        url = reverse("stakeholders:people-represented", args=[initiative.pk])
        yield Note(text, _("Who is missing"), url)


class _Reach:
    """Whom the viewer may open and assess in these initiatives, asked once for all of them."""

    def __init__(self, viewer: User, initiatives: Collection[int]) -> None:
        self.viewer = viewer
        # For all of an agency nothing is asked, and nothing put into words.
        self._known = self._assessable = None
        if not viewer.sees_agency:
            on_lists = Interest.objects.filter(initiative__in=initiatives).order_by()
            known = Stakeholder.objects.known_to(viewer)
            self._known = _ids(known.filter(pk__in=on_lists.values("stakeholder")))
        if not viewer.leads_agency:
            assessable = Interest.objects.changeable_by(viewer)
            self._assessable = _ids(assessable.filter(initiative__in=initiatives))

    def knows(self, member: Member) -> bool:
        """Return whether the viewer works with them."""
        return self._known is None or member.stakeholder in self._known

    def assesses(self, member: Member) -> bool:
        """Return whether the viewer may assess them."""
        return self._assessable is None or member.interest in self._assessable

    @cached_property
    def to_add(self) -> tuple[str, str]:
        """The step of adding somebody, and its address: found once for all that are missing."""
        return _("Add somebody"), reverse("stakeholders:add")

    def changes(self, initiative: Initiative) -> bool:
        """Return whether the viewer may put somebody on its list."""
        return initiative.may_be_changed_by(self.viewer)


def _ids(rows: QuerySet[Any]) -> set[int]:
    return set(rows.order_by().values_list("pk", flat=True))


def _represented(party: Party, reach: _Reach) -> Represented:
    now = list(_warned(party, Stage(party.initiative.stage), reach))
    return Represented(party, now, list(_without_sponsors(party, reach)), reach)


def _warned(party: Party, stage: Stage, reach: _Reach) -> Iterator[Warned]:
    pk, may_change = party.initiative.pk, reach.changes(party.initiative)
    if not party.members:
        yield Warned(
            "nobody",
            _("Nobody is on its list"),
            _("Whoever is not written down is forgotten first."),
            *_add(party, "", None, reach),
        )
        return
    departments = {one.pk: one for one in party.departments}
    for gap in missing(stage, party.involved, departments, party.above):
        yield _gap(party, gap, departments, reach)
    if stage in WITH_ACCOUNTABLE and not party.has_accountable:
        yield Warned(
            "accountable",
            _("Nobody is accountable for anything"),
            _("Of several who are responsible, one has to answer for it."),
            _("Name who is accountable") if may_change else "",
            reverse("stakeholders:people-raci", args=[pk]) if may_change else "",
        )
    if stage in WITH_CHAMPION and not party.has_champion:
        yield Warned(
            "champion",
            _("No champion: nobody is assessed as leading"),
            _("Without somebody who pulls, it goes as far as the money goes."),
            _("See who is closest, and assess"),
            reverse("stakeholders:people-matrix", args=[pk]),
        )


def _gap(party: Party, gap: Missing, departments: dict[int, Department], reach: _Reach) -> Warned:
    rule, department = gap.rule, departments.get(gap.department or 0)
    text = str(rule.text)
    if department:
        text = _("A representative of %(department)s") % {"department": department}
    listed = party.members_in(department.pk) if department else party.members
    same = [one for one in listed if one.category == rule.category and reach.knows(one)]
    action, url = _talk(party, same[0]) if same else _add(party, rule.category, department, reach)
    return Warned(rule.category, text, rule.why, action, url, department)


def _talk(party: Party, member: Member) -> tuple[str, str]:
    """Return the step with somebody who is on the list, and no more than that yet."""
    pk = party.initiative.pk
    back = reverse("stakeholders:people-represented", args=[pk])
    asked = {"stakeholder": member.stakeholder, "initiative": pk, "back": back}
    address = f"{reverse('stakeholders:engagement-note')}?{urlencode(asked)}"
    return _("Talk with %(name)s, and note it") % {"name": member.name}, address


def _add(
    party: Party, category: str, department: Department | None, reach: _Reach
) -> tuple[str, str]:
    if not reach.changes(party.initiative):
        return "", ""
    action, address = reach.to_add
    # Numbers and codes, which an address takes as they are.
    asked = f"initiative={party.initiative.pk}"
    asked += f"&category={category}" if category else ""
    asked += f"&department={department.pk}" if department else ""
    return action, f"{address}?{asked}"


def _without_sponsors(party: Party, reach: _Reach) -> Iterator[Warned]:
    """Yield that nobody sponsors it, or the departments in which nobody does."""
    if party.initiative.stage not in WITH_SPONSORS or not party.members:
        return
    why = _("A sponsor promised to be one, or can decide or pay and is at least supportive.")
    if not party.sponsors:
        yield Warned("sponsor", _("Nobody sponsors it"), why, *_win(party, None, reach))
        return
    for _depth, department in in_tree_order(party.departments):
        if not party.sponsors_in(department.pk):
            text = _("No sponsor in %(department)s") % {"department": department}
            step = _win(party, department, reach)
            yield Warned("sponsor", text, why, *step, department=department)


def _win(party: Party, department: Department | None, reach: _Reach) -> tuple[str, str]:
    """Return the step to a sponsor: assess whoever could be one, else add somebody."""
    listed = party.members_in(department.pk) if department else party.members
    likely = [one for one in listed if one.category in SPONSORING and reach.assesses(one)]
    if not likely:
        return _add(party, SPONSORING[0], department, reach)
    first = max(likely, key=lambda one: -1 if one.level is None else one.level)
    back = reverse("stakeholders:people-sponsors", args=[party.initiative.pk])
    address = reverse("stakeholders:assess", args=[first.stakeholder, first.interest])
    words = _("Win %(name)s, and assess again") % {"name": first.name}
    return words, f"{address}?{urlencode({'back': back})}"
