"""Every write to initiatives and what hangs on them."""

from .benefits import add_measurement, save_benefit, set_state
from .initiatives import save_initiative

__all__ = ["add_measurement", "save_benefit", "save_initiative", "set_state"]
