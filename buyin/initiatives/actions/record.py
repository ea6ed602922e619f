"""Saving and reviewing an AI system record: each save that changes something makes a version."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from buyin.accounts.models import User
from buyin.initiatives.models import Initiative, RecordVersion, SystemRecord
from buyin.initiatives.record import BY_NAME, Value, Values, Weight, check, is_filled

from .publishing import keep_from_public

LONGEST_REASON = 300


class ChangedMeanwhileError(Exception):
    """Somebody else saved the same fields first; nothing of theirs was overwritten."""

    def __init__(self, record: SystemRecord, names: set[str]) -> None:
        super().__init__(
            _(
                "Somebody else has changed this while you were typing. What you typed is still "
                "here. Save again to put it in place of theirs."
            )
        )
        self.record = record
        self.names = names


@dataclass(frozen=True)
class Edit:
    """What somebody saves: only the fields named here, and the version they had seen.

    An empty value empties its field, an empty reason makes a field public again.
    """

    values: Values
    redactions: Mapping[str, str]
    seen: int
    note: str = ""


@transaction.atomic
def save_record(*, actor: User, initiative: Initiative, edit: Edit) -> SystemRecord:
    """Save fields of a record as a new version; what others saved in other fields stays.

    Raises ChangedMeanwhileError where somebody else has changed one of these fields since `seen`.
    A field that is withheld now is gone from the public at once.
    """
    if not initiative.may_be_changed_by(actor):
        raise PermissionDenied
    _refuse_wrong(edit)
    record = locked_record(initiative)
    base = record.versions.filter(number=edit.seen).first()
    values = _merged(record, "values", base, edit.values)
    redactions = _merged(record, "redactions", base, edit.redactions)
    if (values, redactions) != (record.values, record.redactions):
        record.values, record.redactions = values, redactions
        add_version(record, by=actor, note=edit.note)
        keep_from_public(record)
    return record


def locked_record(initiative: Initiative) -> SystemRecord:
    """Return the record of an initiative, made if there is none, that nobody else can save now."""
    Initiative.objects.select_for_update().get(pk=initiative.pk)
    record, _is_new = SystemRecord.objects.get_or_create(initiative=initiative)
    return record


def add_version(record: SystemRecord, *, by: User | None, note: str = "") -> RecordVersion:
    """Store a locked record as its next version."""
    record.revision += 1
    record.save()
    return RecordVersion.objects.create(
        record=record,
        number=record.revision,
        values=record.values,
        redactions=record.redactions,
        by=by,
        note=note,
    )


@transaction.atomic
def review_record(*, actor: User, initiative: Initiative, next_due: datetime.date) -> SystemRecord:
    """Note that somebody has looked through the record today, and when to look again."""
    if not initiative.may_be_changed_by(actor):
        raise PermissionDenied
    if next_due <= timezone.localdate():
        raise ValidationError({"next_due": _("Choose a day that is still to come.")})
    record = locked_record(initiative)
    record.last_reviewed, record.review_due = timezone.localdate(), next_due
    record.save(update_fields=["last_reviewed", "review_due"])
    return record


def _refuse_wrong(edit: Edit) -> None:
    """Refuse values that no field can hold, and reasons where nothing can be withheld."""
    found = {
        name: [problem.text for problem in problems if problem.weight is Weight.ERROR]
        for name, problems in check(edit.values).items()
    }
    for name in edit.values:
        if name in BY_NAME and BY_NAME[name].kept_with_initiative:
            found[name] = [_("This is kept with the initiative and changed there.")]
    for name, reason in edit.redactions.items():
        field = BY_NAME.get(name)
        if field is None or not field.is_public or field.kept_with_initiative:
            found.setdefault(name, []).append(_("This field cannot be withheld."))
        elif len(reason) > LONGEST_REASON:
            message = _("A reason has up to %(most)d characters.") % {"most": LONGEST_REASON}
            found.setdefault(name, []).append(message)
    if errors := {name: texts for name, texts in found.items() if texts}:
        raise ValidationError(errors)


def _merged(
    record: SystemRecord, part: str, base: RecordVersion | None, wanted: Mapping[str, Any]
) -> dict[str, Any]:
    """Return the values as they will be: what is wanted, and all else as others left it."""
    current: dict[str, Any] = getattr(record, part)
    before: dict[str, Any] = getattr(base, part) if base else {}
    mine = {
        name: value
        for name, value in wanted.items()
        if _differ(value, before.get(name)) and _differ(value, current.get(name))
    }
    theirs = {name for name in mine if _differ(current.get(name), before.get(name))}
    if theirs:
        raise ChangedMeanwhileError(record, theirs)
    return {name: value for name, value in (current | mine).items() if is_filled(value)}


def _differ(one: Value | None, other: Value | None) -> bool:
    """Say whether two values differ; nothing and empty are the same."""
    return (one if is_filled(one) else None) != (other if is_filled(other) else None)
