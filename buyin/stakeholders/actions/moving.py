"""What hangs on one record moves to another; what the other has already becomes one with it."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.db.models import Model, Q, UniqueConstraint

from buyin.stakeholders.models import (
    ASSESSED,
    ImportChange,
    Interest,
    MergeRecord,
    NotDouble,
    Post,
    Raci,
    Relationship,
    Stakeholder,
    hanging_on,
)

from .journal import Journal

# What tells of merges and imports stays with those of whom it tells, and each stakeholder is
# somebody.
STAYS = {
    (MergeRecord, "kept"),
    (MergeRecord, "absorbed"),
    (NotDouble, "first"),
    (NotDouble, "second"),
    (ImportChange, "stakeholder"),
    (Stakeholder, "person"),
    (Stakeholder, "organisation"),
    (Stakeholder, "group"),
}


def move_all(journal: Journal, old: Model, new: Model) -> None:
    """Let everything that hangs on the old record hang on the new one."""
    for rows, field in hanging_on(old):
        if (rows.model, field) in STAYS:
            continue
        if rows.model is Interest:
            _join_interests(journal, old, new)
        elif keys := keys_of(rows.model, field):
            for row in rows.order_by("pk"):
                _move_one(journal, row, field, new, keys)
        else:
            journal.move(rows, field, old, new)


def keys_of(model: type[Model], field: str) -> list[Callable[[Model], Q]]:
    """Return what makes two rows of one record the same, apart from the record; none: nothing does.

    Tables that say it in words of their own are listed in SAME, for the others their unique
    constraints say it.
    """
    if model in SAME:
        return [SAME[model]]
    meta = model._meta  # noqa: SLF001 - Django's own way
    sets: list[tuple[Sequence[str], Q]] = [(tuple(one), Q()) for one in meta.unique_together]
    sets += [((one.name,), Q()) for one in meta.concrete_fields if one.unique]
    for one in meta.constraints:
        if isinstance(one, UniqueConstraint):
            sets.append((one.fields, one.condition or Q()))
    return [_by_fields(set(names) - {field}, when) for names, when in sets if field in names]


def _by_fields(names: set[str], when: Q) -> Callable[[Model], Q]:
    def same(row: Model) -> Q:
        if when and not type(row)._base_manager.filter(when, pk=row.pk).exists():  # noqa: SLF001
            return Q(pk__in=[])
        fields: Any = {name: row._meta.get_field(name) for name in names}  # noqa: SLF001
        values = {name: getattr(row, one.attname) for name, one in fields.items()}
        return Q(when, **values)

    return same


def _same_relation(row: Any) -> Q:
    """Both ends and the kind; of relations that have ended, the days as well."""
    found = Q(kind=row.kind, ends_on=row.ends_on)
    return found if row.ends_on is None else found & Q(starts_on=row.starts_on)


def _same_part(row: Any) -> Q:
    return Q(initiative=row.initiative_id, deliverable__iexact=row.deliverable, part=row.part)


def _same_post(row: Any) -> Q:
    place = Q(organisation=row.organisation_id, department=row.department_id)
    return place & Q(title__iexact=row.title, starts_on=row.starts_on, ends_on=row.ends_on)


SAME: Mapping[type[Model], Callable[[Any], Q]] = {
    Relationship: _same_relation,
    Raci: _same_part,
    Post: _same_post,
}


def _move_one(
    journal: Journal, row: Any, field: str, new: Model, keys: list[Callable[[Model], Q]]
) -> None:
    """Move a row, or let it become one with the row that the new record has already."""
    ends: dict[str, Any] = {field: new.pk}
    if isinstance(row, Relationship):
        other = "second" if field == "first" else "first"
        ends[other] = getattr(row, f"{other}_id")
        if ends["first"] == ends["second"]:
            journal.remove(row)  # nobody is related to themselves
            return
    there = type(row)._base_manager.filter(**ends).exclude(pk=row.pk).order_by("pk")  # noqa: SLF001
    for same in keys:
        if twin := there.filter(same(row)).first():
            _join(journal, row, twin)
            return
    journal.change(row, **{field: new})


def _join(journal: Journal, row: Any, twin: Any) -> None:
    """Let what hangs on a row hang on its twin, and the row go."""
    move_all(journal, row, twin)
    journal.remove(row)
    if isinstance(row, Relationship):
        begun = [day for day in (row.starts_on, twin.starts_on) if day]
        journal.change(
            twin,
            strength=max(row.strength, twin.strength),
            starts_on=min(begun) if begun else None,
        )


def _join_interests(journal: Journal, old: Model, new: Model) -> None:
    """Let all that is noted of the old one's interests belong to the new one's; the newest counts.

    The new one gets interests of its own, so that what is noted later is told from what moved.
    """
    for row in Interest.objects.filter(stakeholder=old.pk).select_for_update().order_by("pk"):
        rows = Interest.objects.select_for_update().order_by("pk")
        twin = rows.filter(stakeholder=new.pk, initiative=row.initiative_id).first()
        if twin is None:
            twin = Interest(stakeholder_id=new.pk, initiative_id=row.initiative_id)
            journal.make(twin)
        before = row.assessed_on, {name: getattr(row, name) for name in ASSESSED}
        move_all(journal, row, twin)
        journal.remove(row)
        newest = twin.assessments.first()
        if newest is not None:
            said = {name: getattr(newest, name) for name in ASSESSED}
            journal.change(twin, **said, assessed_on=newest.assessed_on)
        elif twin.assessed_on is None and not any(getattr(twin, name) for name in ASSESSED):
            journal.change(twin, **before[1], assessed_on=before[0])
