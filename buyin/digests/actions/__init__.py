"""Every change to reports: planned, wanted, not wanted."""

from .choices import resubscribe, set_frequency, unsubscribe
from .planning import plan

__all__ = ["plan", "resubscribe", "set_frequency", "unsubscribe"]
