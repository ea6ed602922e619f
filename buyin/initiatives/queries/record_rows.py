"""A record as people read it within the agency: group by group, with what is missing."""

from dataclasses import dataclass

from buyin.initiatives.models import Stage, SystemRecord
from buyin.initiatives.record import GROUPS, Field, Group, is_filled, shown


@dataclass(frozen=True)
class Line:
    """A field with its value in words; `withheld` is why the public does not read it."""

    field: Field
    words: str
    withheld: str
    is_missing: bool


@dataclass(frozen=True)
class Section:
    """A group with the lines that say something or should, and its other fields, all empty."""

    group: Group
    lines: list[Line]
    empty: list[Field]


@dataclass(frozen=True)
class Ahead:
    """A stage to come, and the fields that it needs besides those that are missing already."""

    stage: Stage
    fields: list[Field]


def ahead_of(record: SystemRecord, wanted: str = "") -> Ahead | None:
    """Return what the stage that is asked for needs besides, or else the next; None at the end."""
    now = Stage(record.initiative.stage)
    to = Stage(wanted) if wanted in Stage.values and wanted != now else now.next
    if to is None:
        return None
    missing = record.missing()
    return Ahead(to, [field for field in record.missing_at(to) if field not in missing])


def sections_of(record: SystemRecord) -> list[Section]:
    """Return the groups of a record as its page shows them."""
    values = record.whole
    missing = {field.name for field in record.missing()}

    def line(field: Field) -> Line:
        words = shown(field, values.get(field.name))
        reason = record.redactions.get(field.name, "")
        return Line(field, words, reason, field.name in missing)

    found = []
    for group in GROUPS:
        filled = [is_filled(values.get(one.name)) or one.name in missing for one in group.fields]
        told = list(zip(group.fields, filled, strict=True))
        lines = [line(field) for field, is_told in told if is_told]
        found.append(Section(group, lines, [field for field, is_told in told if not is_told]))
    return found
