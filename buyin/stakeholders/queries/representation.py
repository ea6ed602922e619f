"""Who is missing in initiatives, who sponsors them, and what to do about it next."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import ngettext

from buyin.accounts.models import Department, User
from buyin.initiatives.models import Initiative, Stage
from buyin.initiatives.queries import Note
from buyin.stakeholders.models import Interest, Stakeholder
from buyin.stakeholders.models.stakeholders import StakeholderQuerySet
from buyin.stakeholders.representation import RULES, SPONSORING

from .involvement import Member, Party, parties
from .lacking import ACCOUNTABLE, CHAMPION, NOBODY, SPONSOR, Lack, lacks, lacks_sponsors

# What is missing, by the code of a `Lack`, and why it matters.
WORDS: dict[str, tuple[Any, Any]] = {
    **{rule.category: (rule.text, rule.why) for rule in RULES},
    NOBODY: (
        _lazy("Nobody is on its list"),
        _lazy("Whoever is not written down is forgotten first."),
    ),
    ACCOUNTABLE: (
        _lazy("Nobody is accountable for anything"),
        _lazy("Of several who are responsible, one has to answer for it."),
    ),
    CHAMPION: (
        _lazy("No champion: nobody is assessed as leading"),
        _lazy("Without somebody who pulls, it goes as far as the money goes."),
    ),
    SPONSOR: (
        _lazy("Nobody sponsors it"),
        _lazy("A sponsor promised to be one, or can decide or pay and is at least supportive."),
    ),
}
# The same where it is missing in one department.
WORDS_OF_DEPARTMENT: dict[str, Any] = {
    "representative": _lazy("A representative of %(department)s"),
    SPONSOR: _lazy("No sponsor in %(department)s"),
}
# What to do next, and at which address; empty where one may do nothing.
type Step = tuple[str, str]


@dataclass(frozen=True)
class Warned:
    """Something that is missing: what, why it matters, and the next step where one may take it.

    It is put into words when it is shown: long lists count most of what is missing, and show a few.
    """

    lack: Lack
    party: Party = field(repr=False)
    reach: "_Reach" = field(repr=False)

    @property
    def code(self) -> str:
        """The category of which somebody is missing, or what else is."""
        return self.lack.code

    @property
    def department(self) -> Department | None:
        """The department in which it is missing, where only one is told."""
        return self.lack.department

    @cached_property
    def text(self) -> str:
        """What is missing, in words."""
        if self.department:
            return str(WORDS_OF_DEPARTMENT[self.code] % {"department": self.department})
        return str(WORDS[self.code][0])

    @property
    def why(self) -> str:
        """Why it matters."""
        return str(WORDS[self.code][1])

    @property
    def action(self) -> str:
        """What to do next, in words."""
        return self._step[0]

    @property
    def url(self) -> str:
        """Where to do it."""
        return self._step[1]

    @cached_property
    def _step(self) -> Step:
        return STEPS.get(self.code, _involve)(self.party, self.lack, self.reach)


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
        said = {one.lack for one in self.now}
        later = lacks(self.party, self.next_stage)
        return [Warned(one, self.party, self.reach) for one in later if one not in said]

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
    """Whom the viewer may open and assess in these initiatives, asked once for all of them.

    And only when a step is shown: None stands for all, of whom nothing is asked.
    """

    def __init__(self, viewer: User, initiatives: Collection[int]) -> None:
        self.viewer, self._initiatives = viewer, initiatives

    def knows(self, member: Member) -> bool:
        """Return whether the viewer works with them."""
        return self._known is None or member.stakeholder in self._known

    def assesses(self, member: Member) -> bool:
        """Return whether the viewer may assess them."""
        return self._assessable is None or member.interest in self._assessable

    @cached_property
    def _known(self) -> set[int] | None:
        if self.viewer.sees_agency:
            return None
        on_lists = Interest.objects.filter(initiative__in=self._initiatives).order_by()
        known = Stakeholder.objects.known_to(self.viewer)
        return _ids(known.filter(pk__in=on_lists.values("stakeholder")))

    @cached_property
    def _assessable(self) -> set[int] | None:
        if self.viewer.leads_agency:
            return None
        assessable = Interest.objects.changeable_by(self.viewer)
        return _ids(assessable.filter(initiative__in=self._initiatives))

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
    now = [Warned(one, party, reach) for one in lacks(party, party.initiative.stage)]
    sponsors = [Warned(one, party, reach) for one in lacks_sponsors(party)]
    return Represented(party, now, sponsors, reach)


def _listed(party: Party, lack: Lack) -> list[Member]:
    return party.members_in(lack.department.pk) if lack.department else party.members


def _involve(party: Party, lack: Lack, reach: _Reach) -> Step:
    """Return the step to somebody of a category: with who is on the list, else to add somebody."""
    listed = _listed(party, lack)
    same = [one for one in listed if one.category == lack.code and reach.knows(one)]
    return _talk(party, same[0]) if same else _add(party, lack, reach, category=lack.code)


def _talk(party: Party, member: Member) -> Step:
    """Return the step with somebody who is on the list, and no more than that yet."""
    pk = party.initiative.pk
    back = reverse("stakeholders:people-represented", args=[pk])
    asked = {"stakeholder": member.stakeholder, "initiative": pk, "back": back}
    address = f"{reverse('stakeholders:engagement-note')}?{urlencode(asked)}"
    return _("Talk with %(name)s, and note it") % {"name": member.name}, address


def _add(party: Party, lack: Lack, reach: _Reach, *, category: str = "") -> Step:
    if not reach.changes(party.initiative):
        return "", ""
    action, address = reach.to_add
    # Numbers and codes, which an address takes as they are.
    asked = f"initiative={party.initiative.pk}"
    asked += f"&category={category}" if category else ""
    asked += f"&department={lack.department.pk}" if lack.department else ""
    return action, f"{address}?{asked}"


def _name_accountable(party: Party, _lack: Lack, reach: _Reach) -> Step:
    if not reach.changes(party.initiative):
        return "", ""
    address = reverse("stakeholders:people-raci", args=[party.initiative.pk])
    return _("Name who is accountable"), address


def _look_for_champion(party: Party, _lack: Lack, reach: _Reach) -> Step:
    """Return the step to the matrix, where there is somebody to assess in it, or to see at least."""
    address = reverse("stakeholders:people-matrix", args=[party.initiative.pk])
    if any(reach.assesses(one) for one in party.members):
        return _("See who is closest, and assess"), address
    if any(reach.knows(one) for one in party.members):
        return _("See who is closest"), address
    return "", ""


def _win(party: Party, lack: Lack, reach: _Reach) -> Step:
    """Return the step to a sponsor: assess whoever could be one, else add somebody."""
    listed = _listed(party, lack)
    likely = [one for one in listed if one.category in SPONSORING and reach.assesses(one)]
    if not likely:
        return _add(party, lack, reach, category=SPONSORING[0])
    first = max(likely, key=lambda one: -1 if one.level is None else one.level)
    back = reverse("stakeholders:people-sponsors", args=[party.initiative.pk])
    address = reverse("stakeholders:assess", args=[first.stakeholder, first.interest])
    words = _("Win %(name)s, and assess again") % {"name": first.name}
    return words, f"{address}?{urlencode({'back': back})}"


# Of what is not about a category; for that the step is to involve somebody of it.
STEPS: dict[str, Callable[[Party, Lack, _Reach], Step]] = {
    NOBODY: _add,
    ACCOUNTABLE: _name_accountable,
    CHAMPION: _look_for_champion,
    SPONSOR: _win,
}
