"""What pages ask about initiatives."""

from .benefits import Standing, benefits_of, measured, register, standing_of, standings
from .evidence import decisions_of, decisions_resting_on, risks_of, stories_of
from .finding import Search, found_by, leads_of, lines_of
from .gates import Answer, checked
from .notes import Note, notes_for
from .opened import opened
from .plans import plan_of
from .record import Fact, facts_for, published_of, record_of, steps_of
from .stages import history_of, stages_of

__all__ = [
    "Answer",
    "Fact",
    "Note",
    "Search",
    "Standing",
    "benefits_of",
    "checked",
    "decisions_of",
    "decisions_resting_on",
    "facts_for",
    "found_by",
    "history_of",
    "leads_of",
    "lines_of",
    "measured",
    "notes_for",
    "opened",
    "plan_of",
    "published_of",
    "record_of",
    "register",
    "risks_of",
    "stages_of",
    "standing_of",
    "standings",
    "steps_of",
    "stories_of",
]
