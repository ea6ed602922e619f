"""What is kept of stakeholders: who they are, how they stand, and with whom they are related."""

from .commitments import Commitment, CommitmentEntry
from .doubles import DoublesSearch, LikelyDouble
from .engagements import DiscussionPoint, Engagement, Participation
from .imports import ImportChange, ImportedRow, ImportRun, ImportSource
from .interests import (
    ASSESSED,
    SCORES,
    Assessment,
    Confidence,
    Interest,
    Level,
    Source,
)
from .lacks import LackingInitiative, LacksSearch
from .levels import DisagreeingLevel, LevelsSearch
from .merges import MergeRecord, NotDouble
from .organisations import Organisation, OrganisationKind
from .people import Person, Post
from .plan import PlannedActivity
from .pointing import hanging_on
from .relations import (
    ConsentEvent,
    ConsentKind,
    Part,
    Raci,
    Relationship,
    RelationshipKind,
    Strength,
)
from .reminders import ReminderStop
from .retention import LegalHold, Removal, RemovalBasis
from .searches import SavedSearch
from .stakeholders import (
    CHANGING_ROLES,
    Cadence,
    Category,
    Channel,
    Group,
    Stakeholder,
    StakeholderTag,
)
from .words import QUADRANTS, SALIENCES

__all__ = [
    "ASSESSED",
    "CHANGING_ROLES",
    "QUADRANTS",
    "SALIENCES",
    "SCORES",
    "Assessment",
    "Cadence",
    "Category",
    "Channel",
    "Commitment",
    "CommitmentEntry",
    "Confidence",
    "ConsentEvent",
    "ConsentKind",
    "DisagreeingLevel",
    "DiscussionPoint",
    "DoublesSearch",
    "Engagement",
    "Group",
    "ImportChange",
    "ImportRun",
    "ImportSource",
    "ImportedRow",
    "Interest",
    "LackingInitiative",
    "LacksSearch",
    "LegalHold",
    "Level",
    "LevelsSearch",
    "LikelyDouble",
    "MergeRecord",
    "NotDouble",
    "Organisation",
    "OrganisationKind",
    "Part",
    "Participation",
    "Person",
    "PlannedActivity",
    "Post",
    "Raci",
    "Relationship",
    "RelationshipKind",
    "ReminderStop",
    "Removal",
    "RemovalBasis",
    "SavedSearch",
    "Source",
    "Stakeholder",
    "StakeholderTag",
    "Strength",
    "hanging_on",
]
