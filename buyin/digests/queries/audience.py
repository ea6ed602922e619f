"""Who gets which report: the highest of a person's roles decides, one mail a person."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Exists, OuterRef, Prefetch
from django.utils import timezone
from django.utils.translation import gettext as _

from buyin.accounts.models import Role, RoleAssignment, User
from buyin.digests.models import Delivery, DigestKind, DigestPreference, DigestRun
from buyin.outbox.models import Message

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
    for role, kind in HIGHEST_FIRST:
        held = [department for name, department in person.held_roles if name == role]
        if held:
            return Audience(kind, _main(person, held))
    return Audience(DigestKind.STAFF)


def kinds_for(person: User) -> list[str]:
    """Return the kinds of report that this person may preview: their own and those below it."""
    kinds = [str(kind) for kind in DigestKind]
    own = kinds.index(audience_of(person).kind)
    if person.holds(Role.LEAD) or person.sees_agency:
        return kinds[: max(own, kinds.index(DigestKind.LEAD)) + 1]
    return kinds[: own + 1]


def _main(person: User, held: list[int | None]) -> int | None:
    """Return the department to report on: the person's own if it is among those held."""
    if None in held:
        return None
    own = person.department_id
    return own if own in held else min(department for department in held if department)


def people_to_plan(run: DigestRun, *, after: int, limit: int) -> list[User]:
    """Return active people who want reports and have no delivery in this run, in steps by id."""
    planned = Delivery.objects.filter(run=run, person=OuterRef("pk"))
    unwanted = DigestPreference.objects.off().filter(person=OuterRef("pk"))
    roles = Prefetch("role_assignments", queryset=RoleAssignment.objects.order_by("pk"))
    people = list(
        User.objects.active()
        .filter(~Exists(planned), ~Exists(unwanted), pk__gt=after)
        .select_related("department", "digest_preference")
        .prefetch_related(roles)
        .order_by("pk")[:limit]
    )
    for person in people:
        person.held_roles = [(r.role, r.department_id) for r in person.role_assignments.all()]
    return people


def reason_to_skip(message: Message) -> str:
    """Return why a planned report must not go out any more; asked right before it is sent."""
    if timezone.now() - message.dated > EXPIRES_AFTER:
        return _("too late: the week after is over")
    person = message.person
    if DigestPreference.objects.off().filter(person=person).exists():
        return _("unsubscribed since it was planned")
    delivery = Delivery.objects.filter(message=message).first()
    if delivery and audience_of(person) != Audience(delivery.kind, delivery.department_id):
        return _("the person's role has changed since it was planned")
    return ""
