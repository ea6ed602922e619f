"""Uploaded files that are read by the clock: who has one in hand, for how long, how far it is."""

from .announcing import Announced, forget_percent, percent_of
from .claiming import KEPT, LONGEST_NAME, MOST_TRIES, Noted, claimed
from .files import Upload
from .hanging import hanging
from .imports import Import, ImportQuerySet, ImportState
from .progress import Tell, Watched, part_of, silent

__all__ = [
    "KEPT",
    "LONGEST_NAME",
    "MOST_TRIES",
    "Announced",
    "Import",
    "ImportQuerySet",
    "ImportState",
    "Noted",
    "Tell",
    "Upload",
    "Watched",
    "claimed",
    "forget_percent",
    "hanging",
    "part_of",
    "percent_of",
    "silent",
]
