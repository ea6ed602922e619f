"""Who is in the registry: stakeholders added, changed and archived, one or many."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Model, Q, QuerySet
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext as _

from buyin.accounts.models import Department, User, tag_names
from buyin.initiatives.models import Initiative
from buyin.stakeholders.models import (
    CHANGING_ROLES,
    Group,
    Interest,
    Organisation,
    Person,
    Stakeholder,
    StakeholderTag,
)

from .posts import hold

WRITABLE = {"category", "owner", "channel", "cadence"}
OF_PARTY = {
    Person: {"name", "email", "phone", "locale", "time_zone"},
    Organisation: {"name", "kind", "department"},
    Group: {"name", "description", "department"},
}


def save_stakeholder(
    *,
    actor: User,
    stakeholder: Stakeholder,
    said: dict[str, Any],
    made_by_form: UUID | None = None,
    **fields: Any,
) -> Stakeholder:
    """Make or change a stakeholder: `said` of the person, organisation or group, and the rest.

    A new one may come with its first `post`, and with an `initiative` on whose list it is put.
    Whoever adds one must be able to change it afterwards: coordinators add those of their
    departments, who leads an initiative adds those on its list. The same form sent twice adds one.
    """
    if stakeholder.pk or not made_by_form:
        return _save(actor, stakeholder, said, **fields)
    if made := Stakeholder.already(made_by_form):
        return made
    stakeholder.made_by_form = made_by_form
    try:
        return _save(actor, stakeholder, said, **fields)
    except (IntegrityError, ValidationError):
        # Who sent it at the same moment was first: what they made is what was asked for.
        if made := Stakeholder.already(made_by_form):
            return made
        raise


@transaction.atomic
def _save(
    actor: User,
    stakeholder: Stakeholder,
    said: dict[str, Any],
    post: dict[str, Any] | None = None,
    initiative: Initiative | None = None,
    **fields: Any,
) -> Stakeholder:
    party = stakeholder.party
    tags = fields.pop("tags", None)
    if unknown := (fields.keys() - WRITABLE) | (said.keys() - OF_PARTY[type(party)]):
        raise TypeError(f"not writable: {sorted(unknown)}")
    if stakeholder.pk:
        refuse_strangers(actor, stakeholder)
    _write(party, said)
    setattr(stakeholder, type(party).__name__.lower(), party)
    of_party = {} if isinstance(party, Person) else {"department": party.department}
    _write(stakeholder, {**fields, **of_party, "name": party.name})
    if post:
        hold(stakeholder, post)
    if initiative and initiative.may_be_changed_by(actor):
        Interest.objects.get_or_create(stakeholder=stakeholder, initiative=initiative)
    if not may_keep(actor, stakeholder):
        raise ValidationError({"department": _("Choose a department that is yours.")})
    if tags is not None:
        stakeholder.tags.set(tags_called(tags))
    return stakeholder


def _write(row: Model, fields: dict[str, Any]) -> None:
    for name, value in fields.items():
        setattr(row, name, value)
    row.full_clean()
    # What others have written meanwhile into other fields stays.
    row.save(update_fields=None if row.pk is None else fields)


def refuse_strangers(actor: User, *stakeholders: Stakeholder) -> None:
    """Refuse who may not change these stakeholders' records, and hold them while they are changed.

    Who is merged at the same moment is held by then, and is not there any more afterwards.
    """
    held(Stakeholder.objects.changeable_by(actor), *stakeholders)


def held(rows: QuerySet[Stakeholder], *stakeholders: Stakeholder) -> None:
    """Hold these stakeholders until the transaction ends; PermissionDenied if one is not in the rows."""
    asked = {one.pk for one in stakeholders}
    found = rows.filter(pk__in=asked).order_by("pk").select_for_update(of=("self",), no_key=True)
    if len(found) != len(asked):
        raise PermissionDenied


def may_keep(actor: User, stakeholder: Stakeholder) -> bool:
    """Return whether the record is still this person's to change, the way it is now."""
    if keeps_all(actor) or keeps_department(actor, stakeholder.department):
        return True
    led = stakeholder.pk and stakeholder.interests.filter(initiative__lead=actor).exists()
    return bool(led and actor.is_active)


def keeps_all(actor: User) -> bool:
    """Return whether this person changes the records of all stakeholders."""
    return any(actor.holds(role) for role in CHANGING_ROLES)


def keeps_department(actor: User, department: Department | None) -> bool:
    """Return whether this person changes the records of a department's stakeholders."""
    return department is not None and department.pk in actor.department_ids_held(*CHANGING_ROLES)


def tags_called(names: Sequence[str]) -> list[StakeholderTag]:
    """Return the tags with these names, however they are capitalised; made where there are none."""
    wanted = {name.lower(): name for name in names}
    known = _tags(wanted)
    fresh = [StakeholderTag(name=name) for lower, name in wanted.items() if lower not in known]
    if fresh:
        StakeholderTag.objects.bulk_create(fresh, ignore_conflicts=True)
        known = _tags(wanted)
    return [known[lower] for lower in wanted]


def _tags(wanted: dict[str, str]) -> dict[str, StakeholderTag]:
    # By the name itself as well: not every database makes an "Ä" small as Python does.
    same = Q(lower__in=wanted) | Q(name__in=wanted.values())
    found = StakeholderTag.objects.annotate(lower=Lower("name")).filter(same)
    return {tag.name.lower(): tag for tag in found.order_by("-pk")}


@transaction.atomic
def archive(*, actor: User, stakeholder: Stakeholder, archived: bool = True) -> None:
    """Take a stakeholder out of the lists, or back into them; nothing that is noted is lost."""
    refuse_strangers(actor, stakeholder)
    since = stakeholder.archived_at or timezone.now()
    stakeholder.archived_at = since if archived else None
    stakeholder.save(update_fields=["archived_at"])


@transaction.atomic
def change_many(
    *,
    actor: User,
    stakeholders: Sequence[Stakeholder],
    owner: User | None = None,
    tag: str = "",
    archived: bool | None = None,
) -> int:
    """Give several stakeholders an owner or tags, archive them or bring them back: all or none.

    Returns how many there were. Each change is noted as if it had been made alone.
    """
    asked = {one.pk for one in stakeholders}
    found = Stakeholder.objects.changeable_by(actor).filter(pk__in=asked)
    locked = list(found.select_for_update(of=("self",)).order_by("pk"))
    if len(locked) != len(asked):
        raise PermissionDenied
    given = tags_called(tag_names(tag))
    for one in locked:
        if owner:
            one.owner = owner
        if archived is not None:
            one.archived_at = (one.archived_at or timezone.now()) if archived else None
        if owner or archived is not None:
            one.save(update_fields=["owner", "archived_at"])
        one.tags.add(*given)
    return len(locked)
