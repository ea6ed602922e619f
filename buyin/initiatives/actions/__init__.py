"""Every write to initiatives and what hangs on them."""

from .initiatives import save_initiative

__all__ = ["save_initiative"]
