"""Every write to the registry of stakeholders."""

from .assessing import assess, show_newest, take_up

__all__ = ["assess", "show_newest", "take_up"]
