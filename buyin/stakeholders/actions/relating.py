"""What is noted about one stakeholder over time: posts, consent, relations and parts."""

from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from buyin.accounts.models import User
from buyin.initiatives.models import Initiative
from buyin.stakeholders.models import (
    ConsentEvent,
    ConsentKind,
    Person,
    Post,
    Raci,
    Relationship,
    Stakeholder,
)

from .posts import hold
from .registry import held, may_keep, refuse_strangers


@transaction.atomic
def add_post(
    *, actor: User, stakeholder: Stakeholder, made_by_form: UUID | None = None, **fields: Any
) -> Post:
    """Note that a person holds a post; their newest post says to which department they belong.

    The same form sent twice notes one.
    """
    refuse_strangers(actor, stakeholder)
    if told := Post.already(made_by_form):
        return told
    made = hold(stakeholder, fields, made_by_form)
    if not may_keep(actor, stakeholder):
        raise ValidationError({"department": _("Choose a department that is yours.")})
    return made


@transaction.atomic
def end_post(*, actor: User, stakeholder: Stakeholder, post: Post, on: date) -> None:
    """Note the last day of a post."""
    refuse_strangers(actor, stakeholder)
    post.ends_on = on
    post.full_clean()
    post.save(update_fields=["ends_on"])


@transaction.atomic
def note_consent(
    *, actor: User, stakeholder: Stakeholder, kind: ConsentKind, basis: str
) -> ConsentEvent:
    """Note that a person agreed to be contacted or took it back, and how we know; added, kept."""
    refuse_strangers(actor, stakeholder)
    if stakeholder.person is None:
        raise TypeError("only people agree to be contacted")
    person = Person.objects.select_for_update().get(pk=stakeholder.person.pk)
    made = ConsentEvent(person=person, kind=kind, basis=basis, noted_by=actor, at=timezone.now())
    made.full_clean()
    made.save()
    person.contact_permitted = kind == ConsentKind.GIVEN
    person.save(update_fields=["contact_permitted"])
    return made


@transaction.atomic
def relate(*, actor: User, first: Stakeholder, second: Stakeholder, **fields: Any) -> Relationship:
    """Note what the first is to the second; the same at the same moment is noted once.

    A ValidationError says so to who comes second.
    """
    if first.pk == second.pk:
        raise ValidationError(_("A relation is between two different stakeholders."))
    held(Stakeholder.objects.visible_to(actor), first, second)
    refuse_strangers(actor, first)
    made = Relationship(first=first, second=second, **fields)
    made.full_clean()
    made.save()
    return made


@transaction.atomic
def end_relation(*, actor: User, relation: Relationship, on: date) -> None:
    """Note the last day of a relation."""
    refuse_strangers(actor, relation.first)
    if not Relationship.objects.visible_to(actor).filter(pk=relation.pk).exists():
        raise PermissionDenied
    relation.ends_on = on
    relation.full_clean()
    relation.save(update_fields=["ends_on"])


@transaction.atomic
def give_part(
    *, actor: User, initiative: Initiative, stakeholder: Stakeholder, deliverable: str, part: str
) -> Raci:
    """Say what a stakeholder is for a deliverable; a second accountable is refused.

    A ValidationError says so, also to who comes second at the same moment.
    """
    if not initiative.may_be_changed_by(actor):
        raise PermissionDenied
    if not initiative.interests.filter(stakeholder=stakeholder).exists():
        raise ValidationError({"stakeholder": _("They are not on the initiative's list.")})
    held(Stakeholder.objects.standing_alone(), stakeholder)
    Initiative.objects.select_for_update().get(pk=initiative.pk)
    made = Raci(initiative=initiative, stakeholder=stakeholder, deliverable=deliverable, part=part)
    made.full_clean()
    made.save()
    return made


@transaction.atomic
def take_part_away(*, actor: User, part: Raci) -> None:
    """Take back what a stakeholder is for a deliverable; the history keeps who it was."""
    if not part.initiative.may_be_changed_by(actor):
        raise PermissionDenied
    part.delete()
