"""Workbooks that come from strangers and those that leave: what is in their cells, never run."""

from .archives import unpacked_size
from .old import OLD_WORKBOOK
from .reading import is_workbook, read_workbook
from .refusals import RefusedFileError, Remark
from .sheets import Sheet

__all__ = [
    "OLD_WORKBOOK",
    "RefusedFileError",
    "Remark",
    "Sheet",
    "is_workbook",
    "read_workbook",
    "unpacked_size",
]
