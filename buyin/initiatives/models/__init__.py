"""What is kept of the agency's AI initiatives."""

from .benefits import FORMAL, Benefit
from .decisions import Decision, DecisionInput
from .impact import ImpactAssessment
from .initiatives import Initiative, Stage
from .inventories import InventoryChange, InventoryEntry, InventoryImport, InventorySource
from .measurements import BenefitChange, Measurement
from .milestones import Milestone
from .once import MadeOnce
from .publication import Publication
from .raid import RaidItem
from .record import RecordVersion, SystemRecord
from .rules import has_been, leads_somewhere
from .stages import StageChange
from .stories import Story
from .together import DataAgreement, SharedGoal
from .updates import Update

__all__ = [
    "FORMAL",
    "Benefit",
    "BenefitChange",
    "DataAgreement",
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
    "Milestone",
    "Publication",
    "RaidItem",
    "RecordVersion",
    "SharedGoal",
    "Stage",
    "StageChange",
    "Story",
    "SystemRecord",
    "Update",
    "has_been",
    "leads_somewhere",
]
