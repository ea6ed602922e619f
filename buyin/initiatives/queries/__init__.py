"""What pages ask about initiatives."""

from .benefits import Standing, benefits_of, measured, register, standing_of, standings
from .opened import opened
from .record import Fact, facts_for, published_of, record_of, steps_of

__all__ = [
    "Fact",
    "Standing",
    "benefits_of",
    "facts_for",
    "measured",
    "opened",
    "published_of",
    "record_of",
    "register",
    "standing_of",
    "standings",
    "steps_of",
]
