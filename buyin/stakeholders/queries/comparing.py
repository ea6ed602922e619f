"""Two stakeholders side by side: their fields, what is noted of each, and whether either changed."""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext as _

from buyin.stakeholders.models import Group, Organisation, Person, Stakeholder

# What is compared field by field, and may be kept of either.
COMPARED: Mapping[type[Model], tuple[str, ...]] = {
    Person: ("name", "email", "phone"),
    Organisation: ("name", "kind", "department"),
    Group: ("name", "description", "department"),
}
OF_ALL = ("category", "owner", "channel", "cadence")


@dataclass(frozen=True)
class Compared:
    """One field of both: its name, what it is called, both values, both as people read them."""

    name: str
    label: str
    kept: Any
    absorbed: Any
    words: tuple[str, str]

    @property
    def differs(self) -> bool:
        """Whether both say something, and not the same."""
        return self.kept != self.absorbed and not {self.kept, self.absorbed} & {None, ""}


def party_of(stakeholder: Stakeholder) -> Person | Organisation | Group:
    """Return the person, organisation or group, as every function here means it."""
    return stakeholder.party


def mark_of(*stakeholders: Stakeholder) -> str:
    """Return a mark that differs as soon as a field of one of them does."""
    said = []
    for one in stakeholders:
        for row, names in ((party_of(one), COMPARED[type(party_of(one))]), (one, OF_ALL)):
            said += [str(_attribute(row, name)) for name in names]
    return sha256("\0".join(said).encode()).hexdigest()


def mark_of_record(stakeholder: Stakeholder) -> str:
    """Return a name for what may be changed of a record: another one as soon as that differs."""
    tags = sorted(tag.name for tag in stakeholder.tags.all())
    said = "\0".join((mark_of(stakeholder), *tags))
    return sha256(said.encode()).hexdigest()[:32]


def _attribute(row: Any, name: str) -> Any:
    """Return what the table holds in a field: of a foreign key its number."""
    return getattr(row, row._meta.get_field(name).attname)  # noqa: SLF001 - Django's own way


def side_by_side(kept: Stakeholder, absorbed: Stakeholder) -> list[Compared]:
    """Return every field of both that may be kept of either."""
    found = []
    first, second = party_of(kept), party_of(absorbed)
    for one, other, names in (
        (first, second, COMPARED[type(first)]),
        (kept, absorbed, OF_ALL),
    ):
        for name in names:
            label = str(one._meta.get_field(name).verbose_name)  # type: ignore[union-attr]  # noqa: SLF001
            values = getattr(one, name), getattr(other, name)
            found.append(Compared(name, label, *values, (_words(one, name), _words(other, name))))
    return found


def _words(row: Any, name: str) -> str:
    shown = getattr(row, f"get_{name}_display", None)
    value = shown() if shown else getattr(row, name)
    return str(value) if value else "–"


def noted(stakeholder: Stakeholder) -> list[tuple[str, int]]:
    """Return how many there are of what is noted of a stakeholder, each with its name."""
    person = stakeholder.person
    found = [
        (_("Initiatives"), stakeholder.interests.count()),
        (_("Engagements"), stakeholder.participations.count()),
        (_("Commitments"), stakeholder.commitments.count()),
        (_("Relations"), stakeholder.relations_from.count() + stakeholder.relations_to.count()),
        (_("Parts in deliverables"), stakeholder.raci.count()),
    ]
    if person:
        found += [
            (_("Posts"), person.posts.count()),
            (_("Notes on consent"), person.consent_events.count()),
        ]
    return found
