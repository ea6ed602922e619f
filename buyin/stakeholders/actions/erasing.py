"""People removed from the registry: the facts stay, the names go, from every table and the history."""

from collections import Counter
from collections.abc import Callable, Iterable

from auditlog.context import disable_auditlog
from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import CharField, Model, Q, TextField
from django.utils import timezone
from django.utils.translation import gettext as _

from buyin.accounts.actions import record_event
from buyin.accounts.models import EventKind, Role, User
from buyin.stakeholders.models import (
    LegalHold,
    MergeRecord,
    NotDouble,
    Person,
    Removal,
    RemovalBasis,
    Stakeholder,
)
from buyin.stakeholders.queries.dossier import records_of
from buyin.stakeholders.queries.retention import due_for_removal, hold_on

from .cleaning import clean_elsewhere
from .hiding import hiding, names_of

# Facts that stay without the name. Everything else that points to a person goes.
STAYS = {
    "stakeholders.assessment",
    "stakeholders.commitment",
    "stakeholders.commitmententry",
    "stakeholders.discussionpoint",
    "stakeholders.engagement",
    "stakeholders.interest",
    "stakeholders.mergerecord",
    "stakeholders.participation",
    "stakeholders.person",
    "stakeholders.plannedactivity",
    "stakeholders.stakeholder",
}


@transaction.atomic
def place_hold(*, actor: User, stakeholder: Stakeholder, reason: str) -> LegalHold:
    """Note that a person must be kept; a second note at the same time is refused."""
    _refuse_others(actor)
    person = Person.objects.select_for_update().get(stakeholder=stakeholder)
    hold = LegalHold(person=person, reason=reason, placed_by=actor, placed_at=timezone.now())
    hold.full_clean()
    hold.save()
    return hold


@transaction.atomic
def lift_hold(*, actor: User, hold: LegalHold) -> None:
    """Note that nothing says any more that a person must be kept; twice is no harm."""
    _refuse_others(actor)
    found = LegalHold.objects.select_for_update().get(pk=hold.pk)
    if found.lifted_at is None:
        found.lifted_at, found.lifted_by = timezone.now(), actor
        found.save(update_fields=["lifted_at", "lifted_by"])


@transaction.atomic
def remove_due(*, actor: User, stakeholders: Iterable[Stakeholder]) -> list[Removal]:
    """Remove people for whom it is time, all of them or none; a ValidationError says why not."""
    return [
        remove_person(actor=actor, stakeholder=one, basis=RemovalBasis.PERIOD)
        for one in sorted(stakeholders, key=lambda found: found.pk)
    ]


@transaction.atomic
def remove_person(*, actor: User, stakeholder: Stakeholder, basis: RemovalBasis) -> Removal:
    """Remove everything by which a person is known, also from texts, merges and the history.

    Engagements, assessments and commitments stay as facts without the name. Refused while there is
    a legal hold or an open account, and by the period only while it is still time.
    """
    _refuse_others(actor)
    rows = Stakeholder.objects.standing_alone().filter(pk=stakeholder.pk, person__isnull=False)
    found = rows.select_for_update(of=("self",)).first()
    if found is None or found.person is None:
        raise ValidationError(_("This person is not there any more."))
    _refuse(found, basis)
    everybody = [found, *Stakeholder.objects.filter(merged_into=found)]
    people = [one.person for one in everybody if one.person]
    known = names_of(everybody, people)
    hide = hiding(known)
    with disable_auditlog():
        counts = _clean([one for whom in everybody for one in records_of(whom)], hide)
        _forget(everybody, people)
        counts += clean_elsewhere(everybody, known)
    record_event(
        kind=EventKind.ERASED, actor=actor, detail=_("Stakeholder %(n)d") % {"n": found.pk}
    )
    days = settings.STAKEHOLDER_KEEP_DAYS if basis == RemovalBasis.PERIOD else None
    removal = Removal(basis=basis, keep_days=days, approved_by=actor, counts=dict(+counts))
    removal.save()
    return removal


def _refuse_others(actor: User) -> None:
    if not actor.holds(Role.ADMINISTRATOR):
        raise PermissionDenied


def _refuse(found: Stakeholder, basis: RemovalBasis) -> None:
    """Refuse what must not be removed, with the reason."""
    name = {"name": found.name}
    if hold := hold_on(found):
        words = {**name, "reason": hold.reason}
        raise ValidationError(_("There is a legal hold on %(name)s: %(reason)s.") % words)
    if found.person and found.person.user and found.person.user.is_active:
        raise ValidationError(
            _("%(name)s has an account that is open. Close it, then remove them.") % name
        )
    if basis == RemovalBasis.PERIOD and not due_for_removal().filter(pk=found.pk).exists():
        raise ValidationError(
            _("There was a dealing with %(name)s meanwhile. Nobody was removed.") % name
        )


def _clean(records: Iterable[Model], hide: Callable[[str], str]) -> Counter[str]:
    """Delete what goes, and take the names out of the texts that stay; return how many went."""
    counts: Counter[str] = Counter()
    for row in records:
        rows = type(row)._base_manager.filter(pk=row.pk)  # noqa: SLF001 - Django's own way
        if _label(row) not in STAYS:
            counts[_label(row)] += 1
            rows.delete()
        elif texts := _texts(row, hide):
            rows.update(**texts)
    return counts


def _texts(row: Model, hide: Callable[[str], str]) -> dict[str, str]:
    """Return the texts of a row in which a name stood, without it."""
    found = {}
    for one in row._meta.concrete_fields:  # noqa: SLF001 - Django's own way
        said = getattr(row, one.attname)
        if isinstance(one, CharField | TextField) and isinstance(said, str) and not one.choices:
            hidden = hide(said)
            if hidden != said:
                found[one.attname] = hidden[: one.max_length]
    return found


def _forget(everybody: list[Stakeholder], people: list[Person]) -> None:
    """Leave of the records themselves that there was somebody."""
    pks = [one.pk for one in everybody]
    nobody, now = _("Removed person"), timezone.now()
    Person.objects.filter(pk__in=[one.pk for one in people]).update(
        name=nobody, email="", phone="", user=None, locale="", time_zone="", contact_permitted=None
    )
    Stakeholder.objects.filter(pk__in=pks).update(
        name=nobody, department=None, owner=None, channel="", cadence=None, archived_at=now,
        erased_at=now,
    )  # fmt: skip
    told = Q(kept__in=pks) | Q(absorbed__in=pks)
    MergeRecord.objects.filter(told).update(snapshot=[], stayed=[])
    NotDouble.objects.filter(Q(first__in=pks) | Q(second__in=pks)).delete()


def _label(row: Model | type[Model]) -> str:
    return row._meta.label_lower  # noqa: SLF001 - Django's own way
