"""What a field of the AI system record is made of. Pure: no tables, no requests."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise

from buyin.tables.dates import Day

Words = str | Promise
Value = str | list[str] | Day
Values = Mapping[str, Value]


class Kind(StrEnum):
    """What is typed into a field."""

    TEXT = "text"
    LONG = "long"
    CHOICE = "choice"
    MULTI = "multi"
    YES_NO = "yes_no"
    DATE = "date"
    EMAIL = "email"
    LINK = "link"


class Tier(StrEnum):
    """When a field is due: for a draft, for a complete record, or by the UK's standard only."""

    DRAFT = "draft"
    COMPLETE = "complete"
    ATRS = "atrs"


@dataclass(frozen=True)
class Choice:
    """One value that may be chosen: the code that is kept, how we say it, and how files write it.

    `long` is the wording of the federal form; `aliases` are other spellings met in real files.
    """

    value: str
    label: Words
    long: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True)
class Needed:
    """When a field must be filled: at these stages, for this impact, after these answers."""

    stages: frozenset[str] = frozenset()
    high_impact_only: bool = False
    after: str = ""
    answers: frozenset[str] = frozenset()

    def by(self, values: Values) -> bool:
        """Say whether a record with these values needs the field."""
        if self.stages and values.get("development_stage") not in self.stages:
            return False
        if self.high_impact_only and values.get("is_high_impact") != "High-impact":
            return False
        return not self.after or values.get(self.after) in self.answers


PRE_DEPLOYMENT = "Pre-deployment"
PILOT = "Pilot"
DEPLOYED = "Deployed"
RETIRED = "Retired"

ALWAYS = Needed()
# An idea has no stage in the inventories, and nobody can write one into its record.
AFTER_IDEA = Needed(stages=frozenset({PRE_DEPLOYMENT, PILOT, DEPLOYED, RETIRED}))
WHILE_ACTIVE = Needed(stages=frozenset({PRE_DEPLOYMENT, PILOT, DEPLOYED}))
IN_USE = Needed(stages=frozenset({PILOT, DEPLOYED}))
WHEN_RETIRED = Needed(stages=frozenset({RETIRED}))
HIGH_IMPACT_IN_USE = Needed(stages=frozenset({DEPLOYED}), high_impact_only=True)


@dataclass(frozen=True)
class Field:
    """One field of the record, declared once: form, help page, checks, files and register use it.

    `needed` is None for what is never asked for; fields of the tier ATRS are asked for only where
    the agency follows that standard. `standard` says where the field comes from, `order` is its
    number there. A field that is not public never leaves the agency.
    """

    name: str
    kind: Kind
    label: Words
    help: Words
    example: Words = ""
    choices: tuple[Choice, ...] = ()
    needed: Needed | None = None
    tier: Tier = Tier.COMPLETE
    standard: str = ""
    order: str = ""
    is_public: bool = True
    longest: int = 4000
    group: str = ""
    kept_with_initiative: bool = False

    def is_needed(self, values: Values, *, atrs: bool = False) -> bool:
        """Say whether a record with these values needs this field."""
        if self.tier is Tier.ATRS:
            return atrs and WHILE_ACTIVE.by(values)
        return self.needed is not None and self.needed.by(values)

    def choice(self, value: str) -> Choice | None:
        """Return the choice that is kept under this code."""
        return next((choice for choice in self.choices if choice.value == value), None)


@dataclass(frozen=True)
class Group:
    """Fields that belong together and are filled in on one page."""

    name: str
    label: Words
    about: Words
    fields: tuple[Field, ...]
