"""Uploaded files that are read by the clock: who has one in hand, for how long, how far it is."""

from .announcing import Announced, forget_percent, percent_of
from .claiming import KEPT, LONGEST_NAME, MOST_TRIES, Noted, claimed
from .files import Upload
from .hanging import hanging
from .imports import ChangeByImport, Import, ImportQuerySet, ImportState, LearnedSource
from .progress import Tell, Watched, part_of, silent
from .steps import (
    AT_REST,
    LITTLE,
    bring_on,
    discarded,
    forget_left_behind,
    refuse,
    still,
    to_be_undone,
)

__all__ = [
    "AT_REST",
    "KEPT",
    "LITTLE",
    "LONGEST_NAME",
    "MOST_TRIES",
    "Announced",
    "ChangeByImport",
    "Import",
    "ImportQuerySet",
    "ImportState",
    "LearnedSource",
    "Noted",
    "Tell",
    "Upload",
    "Watched",
    "bring_on",
    "claimed",
    "discarded",
    "forget_left_behind",
    "forget_percent",
    "hanging",
    "part_of",
    "percent_of",
    "refuse",
    "silent",
    "still",
    "to_be_undone",
]
