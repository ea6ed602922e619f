"""Uploaded files that are read by the clock: who has one in hand, for how long, how far it is."""

from .claiming import KEPT, LONGEST_NAME, MOST_TRIES, Noted, claimed
from .files import Upload
from .progress import Tell, Watched, part_of, silent

__all__ = [
    "KEPT",
    "LONGEST_NAME",
    "MOST_TRIES",
    "Noted",
    "Tell",
    "Upload",
    "Watched",
    "claimed",
    "part_of",
    "silent",
]
