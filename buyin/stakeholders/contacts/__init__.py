"""Lists of stakeholders that other people keep, as they come: which column holds what, row by row.

Pure: bytes and vocabularies in, plain values with remarks out.
"""

from .fields import BY_NAME, FIELDS, Field
from .reading import ContactList, Learned, read_contacts
from .rows import Contact
from .words import Vocabulary, codes_of

__all__ = [
    "BY_NAME",
    "FIELDS",
    "Contact",
    "ContactList",
    "Field",
    "Learned",
    "Vocabulary",
    "codes_of",
    "read_contacts",
]
