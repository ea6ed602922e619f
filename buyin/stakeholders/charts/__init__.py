"""The map, the matrix and the network of stakeholders, each with what it says."""

from .lines import network_drawing
from .map import map_figure
from .matrix import matrix_of
from .titles import against, map_title, matrix_title

__all__ = ["against", "map_figure", "map_title", "matrix_of", "matrix_title", "network_drawing"]
