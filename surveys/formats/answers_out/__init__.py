"""Answers as other programs take them: tables of codes or labels, and what describes them.

Everything here is pure: a definition and stored answers in, cells and texts out.
"""

from .codebooks import codebook_rows, ddi_codebook
from .sav import sav_stream
from .spss import one_line_each, spss_syntax
from .variables import DONT_KNOW, NOT_ASKED, Variable, variables_of

__all__ = [
    "DONT_KNOW",
    "NOT_ASKED",
    "Variable",
    "codebook_rows",
    "ddi_codebook",
    "one_line_each",
    "sav_stream",
    "spss_syntax",
    "variables_of",
]
