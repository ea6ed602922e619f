"""XLSForm: forms in a spreadsheet, as ODK and Kobo use them, in and out.

A group at the top is a page, each inner group with words a section, a table of choices a matrix. What the
format has no word for stands in columns that begin with `portal_`, which other programs pass over.
"""

from .reading import read_xlsform
from .writing import write_xlsform

__all__ = ["read_xlsform", "write_xlsform"]
