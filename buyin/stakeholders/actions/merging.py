"""Two stakeholders that are one become one, and can be made two again."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from buyin.accounts.models import User
from buyin.stakeholders.models import (
    ConsentKind,
    Group,
    Interest,
    MergeRecord,
    NotDouble,
    Organisation,
    Person,
    Stakeholder,
)
from buyin.stakeholders.queries.comparing import COMPARED, OF_ALL, mark_of, party_of

from .assessing import show_newest
from .engagements import note_last_contact
from .journal import Journal, TakingBack
from .moving import move_all
from .posts import place_of

CHANGED = gettext_lazy(
    "Somebody has changed one of the two meanwhile. Look at both again, then merge."
)
KEPT, ABSORBED = "kept", "absorbed"
OTHERWISE: Mapping[type, tuple[str, ...]] = {Person: ("locale", "time_zone")}
# What follows from what is noted; where that has grown since, it is worked out anew.
FOLLOWS = {"stakeholders.interest", "stakeholders.person:contact_permitted"}


@transaction.atomic
def merge(
    *,
    actor: User,
    kept: Stakeholder,
    absorbed: Stakeholder,
    choices: Mapping[str, str],
    seen: str,
    made_by_form: UUID | None = None,
) -> MergeRecord:
    """Merge one stakeholder into another of the same sort; everything that is noted moves.

    `choices` says for which fields the absorbed one's value is kept; of other fields the kept one's
    stays, unless it is empty. `seen` is the mark of what was compared (`mark_of`): where either was
    changed since, a ValidationError says so. The same form sent twice merges once.
    """
    if not actor.leads_agency:
        raise PermissionDenied
    one, other = _locked(kept, absorbed)
    if made := MergeRecord.already(made_by_form):
        return made
    _refuse(one, other, seen)
    journal = Journal()
    _merge_parties(journal, one, other, choices)
    move_all(journal, other, one)
    _choose(journal, one, other, OF_ALL, choices)
    if one.archived_at and not other.archived_at:
        journal.change(one, archived_at=None)
    if one.person:
        newest = one.person.posts.select_related("department", "organisation__department").first()
        place = place_of(newest) if newest else one.department or other.department
        journal.change(one, department=place)
    journal.change(other, merged_into=one)
    note_last_contact(Stakeholder.objects.filter(pk__in=[one.pk, other.pk]))
    record = MergeRecord(kept=one, absorbed=other, snapshot=journal.entries, made_by=actor)
    if made_by_form:
        record.made_by_form = made_by_form
    record.full_clean(exclude=["snapshot"])
    record.save()
    return record


def _locked(*stakeholders: Stakeholder) -> list[Stakeholder]:
    """Return them as they are now, in this order, so that nobody changes them meanwhile."""
    asked = [one.pk for one in stakeholders]
    rows = Stakeholder.objects.filter(pk__in=asked).select_for_update(of=("self",)).order_by("pk")
    found = {one.pk: one for one in rows}
    people = [one.person_id for one in found.values() if one.person_id]
    list(Person.objects.filter(pk__in=people).select_for_update().order_by("pk"))
    return [found[pk] for pk in asked]


def _refuse(kept: Stakeholder, absorbed: Stakeholder, seen: str) -> None:
    """Refuse what cannot be merged, with the reason."""
    if kept.pk == absorbed.pk:
        raise ValidationError(_("This is one record already."))
    for one in (kept, absorbed):
        if one.merged_into:
            words = {"name": one, "other": one.merged_into}
            raise ValidationError(
                _("%(name)s has been merged into %(other)s meanwhile. Nothing was merged now.")
                % words
            )
    first, second = party_of(kept), party_of(absorbed)
    if type(first) is not type(second):
        raise ValidationError(_("Only people, only organisations or only groups can be merged."))
    if mark_of(kept, absorbed) != seen:
        raise ValidationError(CHANGED)
    if isinstance(first, Person) and isinstance(second, Person):
        users = [one.user for one in (first, second) if one.user and one.user.is_active]
        if len(users) > 1:
            raise ValidationError(
                _("Both have an account that is open. Close one of the accounts first.")
            )


def _merge_parties(
    journal: Journal, kept: Stakeholder, absorbed: Stakeholder, choices: Mapping[str, str]
) -> None:
    """Merge the two people, organisations or groups that the stakeholders are."""
    first: Any = party_of(kept)
    second: Any = party_of(absorbed)
    move_all(journal, second, first)
    _choose(journal, first, second, COMPARED[type(first)], choices)
    _choose(journal, first, second, OTHERWISE.get(type(first), ()), {})
    journal.change(kept, name=first.name)
    if isinstance(first, Organisation | Group):
        journal.change(kept, department=first.department)
    if isinstance(first, Person):
        _merge_accounts(journal, first, second)
        journal.change(first, contact_permitted=_permitted(first, second))
        journal.change(second, merged_into=first)


def _choose(
    journal: Journal, kept: Any, absorbed: Any, names: tuple[str, ...], choices: Mapping[str, str]
) -> None:
    for name in names:
        mine, theirs = getattr(kept, name), getattr(absorbed, name)
        chosen = choices.get(name) or (ABSORBED if mine in {None, ""} else KEPT)
        if chosen == ABSORBED and mine != theirs:
            journal.change(kept, **{name: theirs})


def _merge_accounts(journal: Journal, kept: Person, absorbed: Person) -> None:
    """Let the person keep the account that is open, or the only one."""
    theirs = absorbed.user
    if theirs and (kept.user is None or not kept.user.is_active):
        journal.change(absorbed, user=None)  # first: an account belongs to one person
        journal.change(kept, user=theirs)


def _permitted(*people: Person) -> bool | None:
    """Return what the newest note on consent says; without any, a no counts before a yes."""
    newest = people[0].consent_events.first()
    if newest:
        return newest.kind == ConsentKind.GIVEN
    said = {one.contact_permitted for one in people}
    return next((answer for answer in (False, True) if answer in said), None)


@transaction.atomic
def unmerge(*, actor: User, record: MergeRecord) -> MergeRecord:
    """Make two of the one again, as both were; what was noted since stays with the kept one.

    What was changed since cannot go back: `stayed` of the record names it. A later merge with the
    same stakeholder is undone first. Undone twice, it is undone once.
    """
    if not actor.leads_agency:
        raise PermissionDenied
    kept, absorbed = _locked(record.kept, record.absorbed)
    found = MergeRecord.objects.select_for_update().get(pk=record.pk)
    if found.undone_at:
        return found
    if kept.erased_at or absorbed.erased_at:
        raise ValidationError(_("Who this was about has been removed. There is nothing to undo."))
    later = MergeRecord.objects.in_force().filter(pk__gt=found.pk)
    both = {kept.pk, absorbed.pk}
    after = later.filter(kept__in=both) | later.filter(absorbed__in=both)
    if blocking := after.first():
        raise ValidationError(_("Undo the later merge first: %(merge)s.") % {"merge": blocking})
    taking = TakingBack(found.snapshot)
    taking.run()
    found.stayed = [one for one in taking.stayed if not _follows(one)]
    _work_out(taking.stayed, kept)
    note_last_contact(Stakeholder.objects.filter(pk__in=both))
    found.undone_at, found.undone_by = timezone.now(), actor
    found.save(update_fields=["stayed", "undone_at", "undone_by"])
    return found


def _follows(stayed: dict[str, Any]) -> bool:
    names = {stayed["model"], f"{stayed['model']}:{stayed.get('field')}"}
    return bool(names & FOLLOWS) and stayed["why"] == "changed"


def _work_out(stayed: list[dict[str, Any]], kept: Stakeholder) -> None:
    """Let what follows from what is noted follow from what is noted now."""
    grown = [one["pk"] for one in stayed if one["model"] == "stakeholders.interest"]
    for interest in Interest.objects.filter(pk__in=grown).select_for_update().order_by("pk"):
        show_newest(interest)
    if any(one.get("field") == "contact_permitted" for one in stayed):
        person = Person.objects.get(stakeholder=kept)
        person.contact_permitted = _permitted(person)
        person.save(update_fields=["contact_permitted"])


@transaction.atomic
def set_apart(*, actor: User, first: Stakeholder, second: Stakeholder) -> NotDouble:
    """Note that two who look alike are two, so that nobody is asked again; twice is once."""
    if not actor.leads_agency or first.pk == second.pk:
        raise PermissionDenied
    one, other = sorted((first, second), key=lambda found: found.pk)
    _locked(one, other)
    found, _is_new = NotDouble.objects.get_or_create(
        first=one, second=other, defaults={"said_by": actor}
    )
    return found
