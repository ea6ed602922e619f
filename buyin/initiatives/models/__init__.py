"""What is kept of the agency's AI initiatives."""

from .initiatives import Initiative, Stage

__all__ = ["Initiative", "Stage"]
