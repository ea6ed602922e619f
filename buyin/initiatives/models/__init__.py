"""What is kept of the agency's AI initiatives."""

from .benefits import FORMAL, Benefit
from .decisions import Decision, DecisionInput
from .impact import ImpactAssessment
from .initiatives import Initiative, Stage
from .inventories import InventoryChange, InventoryEntry, InventoryImport, InventorySource
from .measurements import BenefitChange, Measurement
from .once import MadeOnce
from .publication import Publication
from .raid import RaidItem
from .record import RecordVersion, SystemRecord
from .rules import has_been, leads_somewhere
from .stories import Story

__all__ = [
    "FORMAL",
    "Benefit",
    "BenefitChange",
    "Decision",
    "DecisionInput",
    "ImpactAssessment",
    "Initiative",
    "InventoryChange",
    "InventoryEntry",
    "InventoryImport",
    "InventorySource",
    "MadeOnce",
    "Measurement",
    "Publication",
    "RaidItem",
    "RecordVersion",
    "Stage",
    "Story",
    "SystemRecord",
    "has_been",
    "leads_somewhere",
]
