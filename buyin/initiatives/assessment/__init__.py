"""Canada's Algorithmic Impact Assessment: its questions, when each is asked, and its score.

Nothing here knows of a database or a request. What the questions are, where they come from and what
was changed about them stands in docs/initiatives.md.
"""

from .files import UnreadableFileError, read_file, written
from .levels import LEVELS, LevelMeaning
from .questionnaires import (
    LANGUAGES,
    NEWEST,
    Answers,
    Choice,
    Question,
    Questionnaire,
    Section,
    questionnaire,
)
from .scoring import Score, SectionScore, counted, progress, score, shown

__all__ = [
    "LANGUAGES",
    "LEVELS",
    "NEWEST",
    "Answers",
    "Choice",
    "LevelMeaning",
    "Question",
    "Questionnaire",
    "Score",
    "Section",
    "SectionScore",
    "UnreadableFileError",
    "counted",
    "progress",
    "questionnaire",
    "read_file",
    "score",
    "shown",
    "written",
]
