"""What people may type about initiatives."""

from .initiatives import InitiativeForm

__all__ = ["InitiativeForm"]
