"""What the portal's ground itself gives to the home page and the weekly report, as feature apps do.

Its apps stand below `features` and cannot fill its classes in; the settings name these like any other.
"""

from .initiatives import Initiatives
from .stakeholders import Stakeholders

__all__ = ["Initiatives", "Stakeholders"]
