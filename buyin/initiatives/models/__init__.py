"""What is kept of the agency's AI initiatives."""

from .benefits import FORMAL, Benefit
from .initiatives import Initiative, Stage
from .measurements import BenefitChange, Measurement
from .publication import Publication
from .record import RecordVersion, SystemRecord

__all__ = [
    "FORMAL",
    "Benefit",
    "BenefitChange",
    "Initiative",
    "Measurement",
    "Publication",
    "RecordVersion",
    "Stage",
    "SystemRecord",
]
