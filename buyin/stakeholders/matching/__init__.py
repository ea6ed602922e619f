"""Who may be the same: people, organisations and groups compared by name, mail and place.

Pure: no tables, no requests. Nobody is taken for somebody else without one of these reasons.
"""

from .comparing import Likeness, Party, Reason, Sureness, compare, is_addressed
from .names import folded_name, likeness, words_of
from .searching import Match, matches

__all__ = [
    "Likeness",
    "Match",
    "Party",
    "Reason",
    "Sureness",
    "compare",
    "folded_name",
    "is_addressed",
    "likeness",
    "matches",
    "words_of",
]
