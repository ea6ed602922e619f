"""Every write of this app, by topic."""

from .answering import (
    AnsweredError,
    ClosedError,
    Outcome,
    PausedError,
    Submission,
    save_page,
    submit,
)
from .closing import close_wave, flush_group
from .drafting import forget_old_drafts
from .sending import send

__all__ = [
    "AnsweredError",
    "ClosedError",
    "Outcome",
    "PausedError",
    "Submission",
    "close_wave",
    "flush_group",
    "forget_old_drafts",
    "save_page",
    "send",
    "submit",
]
