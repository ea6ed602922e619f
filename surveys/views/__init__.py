"""Pages: filling surveys in, and what authors see."""

from .check import check
from .fill import fill
from .mine import mine, start, thanks

__all__ = ["check", "fill", "mine", "start", "thanks"]
