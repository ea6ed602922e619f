"""Who gets which report: the highest of a person's roles decides, one mail a person."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import groupby
from operator import itemgetter
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from buyin.accounts.models import Role, RoleAssignment, User
from buyin.digests.models import Delivery, DigestKind, DigestPreference, DigestRun
from buyin.outbox.models import Message, MessageState

EXPIRES_AFTER = timedelta(days=7)
HIGHEST_FIRST = (
    (Role.EXECUTIVE, DigestKind.EXECUTIVE),
    (Role.LEAD, DigestKind.LEAD),
    (Role.COORDINATOR, DigestKind.LEAD),
)


@dataclass(frozen=True)
class Audience:
    """A kind of report and the department it is about; none means the whole agency."""

    kind: str
    department_id: int | None = None


def audience_of(person: User) -> Audience:
    """Return which report this person gets; the role for the agency comes before any other."""
    return _audience(person.held_roles, person.department_id)


def _audience(roles: Sequence[tuple[str, int | None]], own: int | None) -> Audience:
    for role, kind in HIGHEST_FIRST:
        held = [department for name, department in roles if name == role]
        if held:
            return Audience(kind, _main(held, own))
    return Audience(DigestKind.STAFF)


def kinds_for(person: User) -> list[str]:
    """Return the kinds of report that this person may preview: their own and those below it."""
    kinds = [str(kind) for kind in DigestKind]
    own = kinds.index(audience_of(person).kind)
    if person.holds(Role.LEAD) or person.sees_agency:
        return kinds[: max(own, kinds.index(DigestKind.LEAD)) + 1]
    return kinds[: own + 1]


def reports_of(person: User) -> QuerySet[Delivery]:
    """Return the reports that this person may read: what came, and what fits their role today.

    A report that was held back because a role had ended must not be open here instead.
    """
    now = audience_of(person)
    came = Q(message__state__in=[MessageState.SENT, MessageState.KEPT])
    fits = Q(kind=now.kind, department=now.department_id)
    return Delivery.objects.visible_to(person).readable().filter(came | fits)


def _main(held: Sequence[int | None], own: int | None) -> int | None:
    """Return the department to report on: the person's own if it is among those held."""
    if None in held:
        return None
    return own if own in held else min(department for department in held if department)


def people_to_plan(run: DigestRun, *, after: int, limit: int) -> list[User]:
    """Return active people who want reports and have no delivery in this run, in steps by id."""
    planned = Delivery.objects.filter(run=run, person=OuterRef("pk"))
    unwanted = DigestPreference.objects.off().filter(person=OuterRef("pk"))
    people = list(
        User.objects.active()
        .filter(~Exists(planned), ~Exists(unwanted), pk__gt=after)
        .select_related("digest_preference")
        .order_by("pk")[:limit]
    )
    held = defaultdict(list)
    roles = RoleAssignment.objects.filter(person__in=people).order_by("pk")
    for person_id, *role in roles.values_list("person_id", "role", "department_id"):
        held[person_id].append(tuple(role))
    for person in people:
        person.held_roles = held[person.pk]
    return people


def reasons_to_skip(messages: Sequence[Message]) -> dict[int, str]:
    """Return why planned reports must not go out any more; asked right before they are sent."""
    abouts = {pk: list(rows) for pk, rows in groupby(_abouts(messages), key=itemgetter(0))}
    found = ((message.pk, _reason(message, abouts.get(message.pk, []))) for message in messages)
    return {pk: reason for pk, reason in found if reason}


def _reason(message: Message, rows: list[tuple[Any, ...]]) -> str:
    if timezone.now() - message.dated > EXPIRES_AFTER:
        return _("too late: the week after is over")
    if not rows:
        return _("its reader is gone")
    _pk, frequency, kind, department, home, *_role = rows[0]
    if frequency == DigestPreference.Frequency.OFF:
        return _("unsubscribed since it was planned")
    roles = [(role, held) for *_said, role, held in rows if role]
    if kind and _audience(roles, home) != Audience(kind, department):
        return _("the person's role has changed since it was planned")
    return ""


def _abouts(messages: Sequence[Message]) -> QuerySet[Message, Any]:
    """Ask for the choice, the delivery and the roles behind messages; a row for each role."""
    return (
        Message.objects.filter(pk__in=[message.pk for message in messages])
        .order_by("pk")
        .values_list(
            "pk",
            "person__digest_preference__frequency",
            "delivery__kind",
            "delivery__department_id",
            "person__department_id",
            "person__role_assignments__role",
            "person__role_assignments__department_id",
        )
    )
