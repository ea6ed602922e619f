"""What pages ask about initiatives."""

from .opened import opened

__all__ = ["opened"]
