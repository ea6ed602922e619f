"""What pages ask about initiatives."""

from .benefits import Standing, benefits_of, measured, register, standing_of, standings
from .opened import opened

__all__ = [
    "Standing",
    "benefits_of",
    "measured",
    "opened",
    "register",
    "standing_of",
    "standings",
]
