"""What is different between two versions of a record, in words."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from .fields import FIELDS
from .parts import Field, Values
from .values import shown


@dataclass(frozen=True)
class Change:
    """A field that reads differently; `reason` says why it is withheld in the newer version."""

    field: Field
    before: str
    after: str
    reason: str = ""
    is_newly_withheld: bool = False


def changes(
    before: Values,
    after: Values,
    *,
    were: Mapping[str, str],
    are: Mapping[str, str],
) -> Iterator[Change]:
    """Yield what changed from one version to the next, and what is withheld since or no longer.

    `were` and `are` are the reasons for withheld fields in the two versions.
    """
    for field in FIELDS:
        old, new = shown(field, before.get(field.name)), shown(field, after.get(field.name))
        was, now = were.get(field.name, ""), are.get(field.name, "")
        if old != new or was != now:
            yield Change(field, old, new, now, bool(now and not was))
