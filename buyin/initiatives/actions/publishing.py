"""Publishing a record in the register for everybody, and taking it back."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext as _

from buyin.accounts.models import User
from buyin.initiatives.models import Initiative, Publication, SystemRecord
from buyin.initiatives.record import (
    FIELDS,
    Change,
    Values,
    Weight,
    changes,
    check,
    open_values,
    shown,
    texts_of,
)


def reasons_against(record: SystemRecord) -> list[str]:
    """Return what must be mended before the record may be published; empty when it may be."""
    found = []
    if record.is_withheld:
        found.append(_("The whole record is kept from the public."))
    if record.initiative.stage == "idea":
        found.append(_("It is still an idea. The register lists what is being built or used."))
    found += [_("Missing: %(field)s") % {"field": field.label} for field in record.missing()]
    errors = check(record.values)
    found += [
        str(format_lazy("{}: {}", field.label, problem.text))
        for field in FIELDS
        for problem in errors.get(field.name, [])
        if problem.weight is Weight.ERROR
    ]
    return found


@transaction.atomic
def publish_record(
    *, actor: User, initiative: Initiative, seen: int, note: str = "", shows_benefits: bool = False
) -> Publication:
    """Publish the record as it is now; refused while something is missing for its stage.

    With `shows_benefits` readers also get what was measured, as the register of benefits has it.

    Also refused where somebody has saved a version after the one that the actor had seen.
    """
    record = _locked(actor, initiative)
    if record.revision != seen:
        raise ValidationError(_("Somebody has changed the record meanwhile. Read it again first."))
    if reasons := reasons_against(record):
        raise ValidationError(reasons)
    _end(record)
    return Publication.objects.create(
        record=record,
        version=record.versions.get(number=record.revision),
        note=note,
        shows_benefits=shows_benefits,
        by=actor,
        **readable(record),
    )


@transaction.atomic
def take_back_record(*, actor: User, initiative: Initiative, reason: str) -> None:
    """Take a record out of the register; the reason stays with what was published."""
    record = _locked(actor, initiative)
    if not _end(record, reason=reason):
        raise ValidationError(_("It is not in the register."))


def readable(record: SystemRecord) -> dict[str, Any]:
    """Return the columns of a publication: what everybody may read of a record as it is now."""
    values = open_values(record.whole, record.redactions)
    # Readers write to the agency's mailbox, whatever address the team uses.
    values.pop("contact_email", None)
    withheld = {name: why for name, why in record.redactions.items() if name in record.whole}
    return _columns(values, withheld)


def what_is_new(record: SystemRecord, published: Publication | None) -> list[Change]:
    """Return what everybody would read differently if the record were published as it is now."""
    then = readable(record)
    if published is None:
        return []
    were: dict[str, str] = published.redactions
    return list(changes(published.values, then["values"], were=were, are=then["redactions"]))


def keep_from_public(record: SystemRecord) -> None:
    """Let what was withheld just now be gone from the register at once, without publishing anew."""
    if record.is_withheld:
        _end(record, reason=_("The whole record is withheld now."))
        return
    current = record.publications.current().first()
    if current is None:
        return
    new = {name: why for name, why in record.redactions.items() if name in current.values}
    if new:
        columns = _columns(open_values(current.values, new), current.redactions | new)
        for name, value in columns.items():
            setattr(current, name, value)
        current.save(update_fields=[*columns, "changed_at"])


def _columns(values: Values, withheld: dict[str, str]) -> dict[str, Any]:
    words = [shown(field, values.get(field.name)) for field in FIELDS if field.name != "id"]

    def first(name: str, longest: int) -> str:
        return next(iter(texts_of(values.get(name))), "")[:longest]

    return {
        "values": values,
        "redactions": withheld,
        "name": first("use_case_name", 300),
        "stage": first("development_stage", 60),
        "topic": first("topic_area", 200),
        "department": first("agency_bureau", 300),
        "impact": first("is_high_impact", 60),
        "words": " ".join(word for word in words if word).casefold(),
    }


def _locked(actor: User, initiative: Initiative) -> SystemRecord:
    if not initiative.may_be_changed_by(actor):
        raise PermissionDenied
    Initiative.objects.select_for_update().get(pk=initiative.pk)
    record = SystemRecord.objects.filter(initiative=initiative).first()
    if record is None:
        raise ValidationError(_("There is no record yet."))
    return record


def _end(record: SystemRecord, *, reason: str = "") -> bool:
    """End what is published now; return whether there was something."""
    current = record.publications.current()
    now = timezone.now()
    return bool(current.update(ended_at=now, changed_at=now, taken_back=reason))
