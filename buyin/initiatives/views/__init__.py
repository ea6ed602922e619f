"""The pages of initiatives."""

from .initiatives import initiative, initiative_edit, initiatives

__all__ = ["initiative", "initiative_edit", "initiatives"]
