"""Every write to the registry of stakeholders."""

from .assessing import assess, show_newest, take_up
from .commitments import add_entry, save_commitment
from .engagements import Point, add_points, finish_point, note_engagement

__all__ = [
    "Point",
    "add_entry",
    "add_points",
    "assess",
    "finish_point",
    "note_engagement",
    "save_commitment",
    "show_newest",
    "take_up",
]
