"""The demo agency's surveys. Nothing here runs outside the demo agency."""

from .sharing import tell
from .talks import talk
from .waves import fill

__all__ = ["fill", "talk", "tell"]
