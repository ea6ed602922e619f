"""A record as people read it within the agency: group by group, with what is missing."""

from dataclasses import dataclass

from buyin.initiatives.models import SystemRecord
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
    """A group with the lines that say something or should, and how many fields are empty."""

    group: Group
    lines: list[Line]
    empty: int


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
        lines = [
            line(field)
            for field in group.fields
            if is_filled(values.get(field.name)) or field.name in missing
        ]
        found.append(Section(group, lines, len(group.fields) - len(lines)))
    return found
