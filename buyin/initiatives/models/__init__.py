"""What is kept of the agency's AI initiatives."""

from .benefits import FORMAL, Benefit
from .impact import ImpactAssessment
from .initiatives import Initiative, Stage
from .inventories import InventoryChange, InventoryEntry, InventoryImport, InventorySource
from .measurements import BenefitChange, Measurement
from .once import MadeOnce
from .publication import Publication
from .record import RecordVersion, SystemRecord
from .rules import has_been, leads_somewhere

__all__ = [
    "FORMAL",
    "Benefit",
    "BenefitChange",
    "ImpactAssessment",
    "Initiative",
    "InventoryChange",
    "InventoryEntry",
    "InventoryImport",
    "InventorySource",
    "MadeOnce",
    "Measurement",
    "Publication",
    "RecordVersion",
    "Stage",
    "SystemRecord",
    "has_been",
    "leads_somewhere",
]
