"""What pages ask about initiatives."""

from .benefits import Standing, benefits_of, measured, register, standing_of, standings
from .evidence import decisions_of, decisions_resting_on, risks_of, stories_of
from .opened import opened
from .record import Fact, facts_for, published_of, record_of, steps_of

__all__ = [
    "Fact",
    "Standing",
    "benefits_of",
    "decisions_of",
    "decisions_resting_on",
    "facts_for",
    "measured",
    "opened",
    "published_of",
    "record_of",
    "register",
    "risks_of",
    "standing_of",
    "standings",
    "steps_of",
    "stories_of",
]
