"""Decisions, RAID items and stories as pages and programs read them."""

from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from buyin.accounts.models import User
from buyin.initiatives.models import Decision, Initiative, RaidItem, Story

KINDS = (
    (RaidItem.Kind.RISK, _("risks")),
    (RaidItem.Kind.ASSUMPTION, _("assumptions")),
    (RaidItem.Kind.ISSUE, _("issues")),
    (RaidItem.Kind.DEPENDENCY, _("dependencies")),
)


@dataclass(frozen=True)
class Risks:
    """The RAID items of one initiative: those that need somebody, by type, and those closed."""

    open: list[RaidItem]
    closed: list[RaidItem]

    @property
    def by_kind(self) -> list[tuple[str, list[RaidItem]]]:
        """Return the open ones under the name of their type, risks first."""
        found = [(str(name), [o for o in self.open if o.kind == kind]) for kind, name in KINDS]
        return [(name, rows) for name, rows in found if rows]


def decisions_of(initiative: Initiative) -> QuerySet[Decision]:
    """Return the decisions of one initiative, the newest first, with what they rest on."""
    rows = Decision.objects.filter(initiative=initiative).select_related("decider", "superseded_by")
    return rows.prefetch_related("inputs")


def decisions_resting_on(user: User, link: str) -> QuerySet[Decision]:
    """Return the decisions that this person may read and that rest on the page at this address."""
    return Decision.objects.visible_to(user).resting_on(link)


def risks_of(initiative: Initiative) -> Risks:
    """Return the RAID items of one initiative, the most pressing first; one query."""
    rows = RaidItem.objects.filter(initiative=initiative).select_related("owner")
    found = list(rows.pressing_first(timezone.localdate()))
    closed = [one for one in found if one.status == RaidItem.Status.CLOSED]
    return Risks([one for one in found if one not in closed], closed)


def stories_of(user: User, initiative: Initiative) -> QuerySet[Story]:
    """Return the stories of one initiative that this person may read."""
    rows = Story.objects.readable_by(user).filter(initiative=initiative)
    return rows.select_related("measurement__benefit", "measurement__corrected_by")
