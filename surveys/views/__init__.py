"""Pages: filling surveys in, and what authors see."""

from .fill import fill
from .mine import mine, start, thanks

__all__ = ["fill", "mine", "start", "thanks"]
