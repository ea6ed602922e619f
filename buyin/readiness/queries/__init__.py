"""What pages, reports and programs read of readiness: released rows and nothing else."""

from .history import (
    Shelf,
    newest_of_each,
    newest_summary,
    one_a_wave,
    snapshots_of,
    wave_before,
)
from .reading import Reading, newest_standing, score_of, trend

__all__ = [
    "Reading",
    "Shelf",
    "newest_of_each",
    "newest_standing",
    "newest_summary",
    "one_a_wave",
    "score_of",
    "snapshots_of",
    "trend",
    "wave_before",
]
