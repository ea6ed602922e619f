"""Everything that is kept about one person, for who asks what it is."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext as _

from buyin.stakeholders.models import (
    Engagement,
    MergeRecord,
    Participation,
    Person,
    PlannedActivity,
    Stakeholder,
    hanging_on,
)

DEEPEST = 3
# What says nothing of a person, and what a snapshot says once more.
LEFT_OUT = {"id", "made_by_form", "snapshot"}


@dataclass
class Section:
    """All records of one kind: the heads of their columns and their rows."""

    name: str
    title: str
    columns: Sequence[str]
    rows: list[list[str]] = field(default_factory=list)

    def entries(self) -> list[dict[str, str]]:
        """Return each record under the heads of its columns."""
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]


def dossier_of(stakeholder: Stakeholder) -> list[Section]:
    """Return all that is kept about the person, kind by kind; who was merged into them as well.

    It follows whatever points to the person from the models themselves: a new table is in it
    without being listed.
    """
    found: dict[str, Section] = {}
    for row in records_of(stakeholder):
        meta = row._meta  # noqa: SLF001 - Django's own way
        fields = [one for one in meta.concrete_fields if one.name not in LEFT_OUT]
        if meta.label_lower not in found:
            heads = [str(one.verbose_name) for one in fields]
            found[meta.label_lower] = Section(
                meta.label_lower, str(meta.verbose_name_plural), _told_apart(heads)
            )
        found[meta.label_lower].rows.append([_words(row, one) for one in fields])
    return list(found.values())


def records_of(stakeholder: Stakeholder) -> list[Model]:
    """Return each record that is kept about a person once: their own, and whatever points to it."""
    if stakeholder.person is None:
        raise TypeError("only people ask what is kept about them")
    found: dict[tuple[str, Any], Model] = {}
    for row in (stakeholder.person, stakeholder):
        _collect(found, row, depth=0)
    return list(found.values())


def _collect(found: dict[tuple[str, Any], Model], row: Model, depth: int) -> None:
    key = row._meta.label_lower, row.pk  # noqa: SLF001 - Django's own way
    if key in found:
        return
    found[key] = row
    if depth < DEEPEST:
        for other in _beside(row):
            _collect(found, other, depth + 1)


def _told_apart(heads: list[str]) -> list[str]:
    """Return the heads with a number behind those that there are several of."""
    return [
        f"{head} ({heads[:place].count(head) + 1})" if heads.count(head) > 1 else head
        for place, head in enumerate(heads)
    ]


def _beside(row: Model) -> Iterator[Model]:
    """Yield the records that belong to this one; of others only their names are told."""
    if isinstance(row, Participation):
        yield row.engagement
        return
    if isinstance(row, PlannedActivity.stakeholders.through):
        yield row.plannedactivity
        return
    if isinstance(row, Engagement):
        yield from row.points.all()  # who else took part is their affair
        return
    if isinstance(row, MergeRecord | PlannedActivity):
        return
    for rows, name in hanging_on(row):
        if rows.model in {Person, Stakeholder} and name != "merged_into":
            continue
        yield from rows.order_by("pk")


def _words(row: Model, one: Any) -> str:
    shown = getattr(row, f"get_{one.name}_display", None)
    value = shown() if shown else getattr(row, one.name)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, datetime):
        return timezone.localtime(value).strftime("%Y-%m-%d %H:%M")
    return "" if value is None else str(value)
