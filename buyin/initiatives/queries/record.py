"""Records as their pages show them: versions with differences, and what the portal could add.

What knows a fact for a record is a function that the settings name in RECORD_SOURCES; most of them
are in apps that stand above this one.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from buyin.initiatives.models import Initiative, Publication, RecordVersion, SystemRecord
from buyin.initiatives.record import BY_NAME, Change, Field, Value, changes, shown, texts_of

from .sources import sources_in


@dataclass(frozen=True)
class Fact:
    """Something that the portal knows and the record does not say yet.

    `value` is added to the choices of a field with several, and replaces what stands in others.
    """

    name: str
    value: str
    why: str
    url: str = ""

    @property
    def field(self) -> Field:
        """Return the field that it is for."""
        return BY_NAME[self.name]

    @property
    def words(self) -> str:
        """Return the value as people read it."""
        return shown(self.field, self.value)

    def added_to(self, value: Value | None) -> Value:
        """Return what the field holds once this is taken over."""
        if self.field.kind == "multi":
            return [*texts_of(value), self.value]
        if self.field.kind == "long":
            return "\n\n".join([*texts_of(value), self.value])
        return self.value

    def is_in(self, value: Value | None) -> bool:
        """Say whether the field holds this already."""
        return any(self.value in text for text in texts_of(value))


type Source = Callable[[Initiative], Iterable[Fact]]


@dataclass(frozen=True)
class Step:
    """A version with what it changed."""

    version: RecordVersion
    changes: list[Change]
    is_first: bool = False


def record_of(initiative: Initiative) -> SystemRecord:
    """Return the record of an initiative; an empty one that is not stored where there is none."""
    found = SystemRecord.objects.filter(initiative=initiative).first()
    record = found or SystemRecord(initiative=initiative)
    record.initiative = initiative
    return record


def facts_for(record: SystemRecord) -> list[Fact]:
    """Return what the portal knows and the record does not say; nobody has written it there yet."""
    sources: Sequence[Source] = sources_in("RECORD_SOURCES")
    return [
        fact
        for source in sources
        for fact in source(record.initiative)
        if not fact.is_in(record.values.get(fact.name))
    ]


def steps_of(versions: Sequence[RecordVersion], older: RecordVersion | None) -> list[Step]:
    """Return versions, the newest first, each with what it changed; `older` is the one before."""
    before = [*versions, older][1:]
    return [
        Step(
            version,
            list(
                changes(
                    old.values if old else {},
                    version.values,
                    were=old.redactions if old else {},
                    are=version.redactions,
                )
            ),
            is_first=old is None,
        )
        for version, old in zip(versions, before, strict=True)
    ]


def published_of(record: SystemRecord) -> Publication | None:
    """Return what everybody may read of a record now."""
    return record.publications.current().select_related("version").first() if record.pk else None
