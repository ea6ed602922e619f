"""What a list of stakeholders would change: worked out against the registry, nothing written."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import batched
from typing import Any, cast

from django.utils import timezone
from django.utils.translation import gettext as _

from buyin.stakeholders.contacts import BY_NAME, Contact, ContactList, Learned, read_contacts
from buyin.stakeholders.matching import Match, Sureness, matches
from buyin.stakeholders.models import ImportedRow, ImportSource
from buyin.tables.columns import Remark
from buyin.uploads import Tell, part_of, silent

from .import_changes import Names, changes_of, names_known, vocabulary_known
from .import_states import AT_ONCE, State, parties_known, party_of, stakeholder_in, states_of

NEW = "new"
READ, MATCHED = 0.4, 0.9


@dataclass(frozen=True)
class ImportWishes:
    """How a file is to be brought in; `decisions` say by row who somebody is."""

    source: str = ""
    learned: Learned = field(default_factory=Learned)
    category: str = ""
    decisions: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Doubt:
    """A row that may be about somebody whom we have, or who stands in the file already."""

    contact: Contact
    matches: list[Match]


@dataclass(frozen=True)
class Update:
    """A row that says something else than the record: what was in full, and what changes."""

    contact: Contact
    stakeholder: int
    state: State
    changes: dict[str, Any]


@dataclass
class Plan:
    """What becomes of each row of a file."""

    found: ContactList
    names: Names
    created: list[Contact] = field(default_factory=list)
    updated: list[Update] = field(default_factory=list)
    unchanged: list[tuple[Contact, int]] = field(default_factory=list)
    duplicates: list[tuple[Contact, int]] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    problems: list[Remark] = field(default_factory=list)

    @property
    def counts(self) -> dict[str, int]:
        """Return how many rows there are of each kind."""
        return {
            "created": len(self.created),
            "updated": len(self.updated),
            "unchanged": len(self.unchanged),
            "duplicates": len(self.duplicates) + len(self.doubts),
        }

    def rows_of(self, stakeholders: Mapping[int, int]) -> list[tuple[str, int]]:
        """Return the digest of each row that is about somebody, and whom; `stakeholders` by row.

        A row that is in the file once more is about the same.
        """
        about = {contact.row: pk for contact, pk in self.unchanged}
        about |= {one.contact.row: one.stakeholder for one in self.updated} | dict(stakeholders)
        all_rows = [
            *self.created,
            *(one.contact for one in self.updated),
            *(contact for contact, _pk in self.unchanged),
        ]
        found = [(one.digest, about[one.row]) for one in all_rows if one.row in about]
        return found + [
            (contact.digest, about[row]) for contact, row in self.duplicates if row in about
        ]


def learned_of_source(source: str) -> Learned:
    """Return what somebody said about the columns and words of this source."""
    kept = ImportSource.objects.filter(name=source).first()
    return cast("Learned", kept.learned) if kept else Learned()


def plan_import(content: bytes, wishes: ImportWishes, tell: Tell = silent) -> Plan:
    """Return what a file would change; raise UnreadableError where it is no list."""
    found = read_contacts(
        content,
        vocabulary_known(),
        today=timezone.localdate(),
        learned=wishes.learned,
        tell=part_of(tell, 0, READ),
    )
    plan = Plan(found, names_known(), problems=list(found.problems))
    sorter = _Sorter(plan, wishes)
    known = _rows_known(found.contacts)
    for contact in found.contacts:
        if contact.digest in known:
            sorter.keep(contact, known[contact.digest])
    rest = [contact for contact in found.contacts if contact.digest not in known]
    likely = matches(
        [party_of(contact) for contact in rest], parties_known(), part_of(tell, READ, MATCHED)
    )
    for contact, some in zip(rest, likely, strict=True):
        sorter.sort(contact, some)
    sorter.compare()
    plan.problems.sort(key=lambda one: one.row or 0)
    return plan


def _rows_known(contacts: Sequence[Contact]) -> dict[str, int]:
    """Return by digest whom rows are about that came in before and say the same."""
    found: dict[str, int] = {}
    for some in batched((contact.digest for contact in contacts), AT_ONCE):
        rows = ImportedRow.objects.filter(digest__in=some).order_by("-pk")
        found |= dict(rows.values_list("digest", "stakeholder_id"))
    return found


class _Sorter:
    """Puts each row where it belongs: nobody is taken for somebody else without being sure."""

    def __init__(self, plan: Plan, wishes: ImportWishes) -> None:
        self._plan, self._wishes = plan, wishes
        self._taken: dict[int, int] = {}  # stakeholder: row
        self._targets: dict[int, Contact] = {}

    def keep(self, contact: Contact, stakeholder: int) -> None:
        """Note a row that says what it said before."""
        self._taken.setdefault(stakeholder, contact.row)
        self._plan.unchanged.append((contact, stakeholder))

    def sort(self, contact: Contact, likely: list[Match]) -> None:
        """Find out whom a row is about: by what was decided, else by what is sure."""
        said = self._wishes.decisions.get(str(contact.row), "")
        offered = {match.party.key.partition("/")[0] for match in likely}
        if said == NEW:
            self._create(contact)
        elif said in offered:
            self._take(contact, said)
        elif sure := _only_sure(likely):
            self._take(contact, sure)
        elif likely:
            self._plan.doubts.append(Doubt(contact, likely))
        else:
            self._create(contact)

    def compare(self) -> None:
        """Sort those that are in the registry into what differs and what is as it was."""
        states = states_of(self._targets)
        today = timezone.localdate()
        for pk, contact in self._targets.items():
            changes = changes_of(contact, states[pk], self._plan.names, today)
            if changes:
                self._plan.updated.append(Update(contact, pk, states[pk], changes))
            else:
                self._plan.unchanged.append((contact, pk))

    def _take(self, contact: Contact, key: str) -> None:
        """Note that a row is about this stakeholder, or about whom another row is."""
        pk = stakeholder_in(key)
        row = int(key.removeprefix("r:")) if pk is None else self._taken.get(pk)
        if row is not None:
            self._plan.duplicates.append((contact, row))
        elif pk is not None:
            self._taken[pk] = contact.row
            self._targets[pk] = contact

    def _create(self, contact: Contact) -> None:
        values = contact.values
        if not values.get("category") and self._wishes.category:
            values["category"] = self._wishes.category
        if values.get("category"):
            self._plan.created.append(contact)
            return
        message = _("No category is given. Choose one for all rows without.")
        self._plan.problems.append(Remark(contact.row, str(BY_NAME["category"].label), message))


def _only_sure(likely: Sequence[Match]) -> str:
    """Return the key of the one in the registry who it is for sure; empty where that is open.

    What is in the file twice is asked about: two rows can be two people.
    """
    sure = [one for one in likely if one.likeness.sureness == Sureness.SURE]
    keys = {one.party.key.partition("/")[0] for one in sure}
    known = {key for key in keys if key.startswith("s:")}
    return known.pop() if len(known) == 1 else ""
