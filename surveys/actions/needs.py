"""Needs: written from evidence, worked on, answered, put together when they mean the same."""

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from buyin.accounts.models import Department, User
from buyin.initiatives.actions import move_inputs
from surveys.models import Evidence, Need, Remedy

from .editing import is_as_wanted, note_edit, refuse_if_changed
from .refusals import RefusedError

WORDS = ["statement", "initiative_id", "frequency", "severity", "owner_id"]
PROMISE = ["kind", "text", "link", "due"]


@transaction.atomic
def make_need(
    *,
    need: Need,
    departments: Sequence[Department],
    made_by_form: UUID,
    evidence: Evidence | None = None,
) -> Need:
    """Write a need with its first evidence; the same form sent again gives the same need."""
    need.made_by_form = made_by_form
    made, is_new = Need.objects.get_or_create(
        made_by_form=made_by_form,
        defaults={
            "statement": need.statement,
            "initiative": need.initiative,
            "frequency": need.frequency,
            "severity": need.severity,
            "owner": need.owner,
        },
    )
    if is_new:
        made.departments.set(departments)
        if evidence is not None:
            evidence.need = made
            evidence.save()
    return made


@transaction.atomic
def change_need(*, need: Need, departments: Sequence[Department], revision: int, by: User) -> Need:
    """Put a need in other words, rate it otherwise, or say who takes care of it.

    Refused where somebody else has saved since `revision`; what is there already is no change.
    """
    current = _locked(need)
    named = set(current.departments.order_by().values_list("pk", flat=True))
    is_named = named == {one.pk for one in departments}
    if is_named and is_as_wanted(current, need, WORDS):
        return current
    refuse_if_changed(current, revision, by)
    need.save(update_fields=WORDS)
    need.departments.set(departments)
    note_edit(current, by)
    return need


@transaction.atomic
def add_evidence(*, evidence: Evidence) -> Evidence:
    """Add what a need rests on; the same twice is one."""
    _locked(evidence.need)
    same = _same(evidence, evidence.need)
    if same is not None:
        return same
    evidence.save()
    return evidence


@transaction.atomic
def remove_evidence(*, evidence: Evidence) -> None:
    """Take away what a need does not rest on after all; twice does no harm."""
    _locked(evidence.need)
    evidence.need.evidence.filter(pk=evidence.pk).delete()


def _same(evidence: Evidence, need: Need) -> Evidence | None:
    """Return what this need rests on already that is the same; what has lost its source is not."""
    if evidence.is_gone:
        return None
    return need.evidence.filter(**evidence.identity).first()


@transaction.atomic
def add_remedy(*, remedy: Remedy) -> Remedy:
    """Say what is done about a need; the same twice is one."""
    current = _locked(remedy.need)
    same = current.remedies.filter(kind=remedy.kind, text=remedy.text).first()
    if same is not None:
        return same
    remedy.save()
    _settle(current)
    return remedy


@transaction.atomic
def change_remedy(*, remedy: Remedy, revision: int, by: User) -> Remedy:
    """Say otherwise what is done, or until when.

    Refused where somebody else has saved since `revision`, or has taken it away.
    """
    current = _locked(remedy.need)
    stored = current.remedies.select_for_update().filter(pk=remedy.pk).first()
    if stored is None:
        raise RefusedError(_("Somebody else has taken this away. Add it again if you like."))
    if is_as_wanted(stored, remedy, PROMISE):
        return stored
    refuse_if_changed(stored, revision, by)
    remedy.save(update_fields=PROMISE)
    note_edit(stored, by)
    _settle(current)
    return remedy


@transaction.atomic
def remove_remedy(*, remedy: Remedy) -> None:
    """Take away what is not done after all; twice does no harm."""
    current = _locked(remedy.need)
    current.remedies.filter(pk=remedy.pk).delete()
    _settle(current)


@transaction.atomic
def finish_remedy(*, remedy: Remedy) -> None:
    """Note that something has been done; the first time counts."""
    current = _locked(remedy.need)
    current.remedies.filter(pk=remedy.pk, done_on__isnull=True).update(done_on=timezone.localdate())
    _settle(current)


@transaction.atomic
def merge_needs(*, need: Need, into: Need, by: User) -> Need:
    """Put two needs together: evidence, departments, remedies and decisions go to the one that stays."""
    if need.pk == into.pk or need.initiative_id != into.initiative_id:
        raise RefusedError(_("Choose another need of the same initiative."))
    rows = Need.objects.select_for_update().filter(pk__in=[need.pk, into.pk]).order_by("pk")
    locked = {row.pk: row for row in rows}
    old, kept = locked[need.pk], locked[into.pk]
    if old.merged_into_id == kept.pk:
        return kept
    if old.merged_into_id or kept.merged_into_id:
        raise RefusedError(_("One of them was put together with another need meanwhile."))
    for piece in old.evidence.all():
        if _same(piece, kept):
            piece.delete()
        else:
            piece.need = kept
            piece.save(update_fields=["need"])
    old.remedies.update(need=kept)
    link, to = (reverse("surveys:need", args=[one.pk]) for one in (old, kept))
    move_inputs(link=link, to=to)
    kept.departments.add(*old.departments.all())
    kept.frequency = max(kept.frequency, old.frequency)
    kept.severity = max(kept.severity, old.severity)
    kept.save(update_fields=["frequency", "severity"])
    note_edit(kept, by)
    old.merged_into = kept
    old.save(update_fields=["merged_into"])
    _settle(kept)
    return kept


def _locked(need: Need) -> Need:
    found = Need.objects.select_for_update().get(pk=need.pk)
    if found.merged_into_id:
        raise RefusedError(_("This need was put together with another one meanwhile."))
    return found


def _settle(need: Need) -> None:
    """Let what is done decide how far the need is."""
    remedies = list(need.remedies.all())
    real = [one for one in remedies if one.kind != Remedy.Kind.NOTHING]
    if not remedies:
        need.status = Need.Status.NEW
    elif not real:
        need.status = Need.Status.DECLINED
    elif all(one.done_on for one in real):
        need.status = Need.Status.ANSWERED
    else:
        need.status = Need.Status.IN_WORK
    is_answered = need.status in (Need.Status.ANSWERED, Need.Status.DECLINED)
    need.answered_at = (need.answered_at or timezone.now()) if is_answered else None
    need.save(update_fields=["status", "answered_at"])
