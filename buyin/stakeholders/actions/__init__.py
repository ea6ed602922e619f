"""Every write to the registry of stakeholders."""

from .assessing import assess, show_newest, take_up
from .commitments import add_entry, save_commitment

__all__ = ["add_entry", "assess", "save_commitment", "show_newest", "take_up"]
