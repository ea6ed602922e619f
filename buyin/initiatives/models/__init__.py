"""What is kept of the agency's AI initiatives."""

from .benefits import FORMAL, Benefit
from .initiatives import Initiative, Stage
from .measurements import BenefitChange, Measurement
from .once import MadeOnce
from .publication import Publication
from .record import RecordVersion, SystemRecord
from .rules import has_been, leads_somewhere

__all__ = [
    "FORMAL",
    "Benefit",
    "BenefitChange",
    "Initiative",
    "MadeOnce",
    "Measurement",
    "Publication",
    "RecordVersion",
    "Stage",
    "SystemRecord",
    "has_been",
    "leads_somewhere",
]
