"""The definition of a survey: a JSON document by `definition.schema.json`.

`check` says in plain words what is wrong with one, `read` turns a good one into frozen objects,
`fingerprint` tells whether it has changed. Nothing here knows the database.
"""

from .checking import Problem, check
from .parts import (
    DIMENSIONS,
    DONT_KNOW,
    HIGHEST_RATING,
    LOWEST_RATING,
    OTHER,
    Choice,
    Definition,
    Item,
    Page,
    Question,
    Row,
)
from .reading import fingerprint, read
from .translating import in_language, texts_of

__all__ = [
    "DIMENSIONS",
    "DONT_KNOW",
    "HIGHEST_RATING",
    "LOWEST_RATING",
    "OTHER",
    "Choice",
    "Definition",
    "Item",
    "Page",
    "Problem",
    "Question",
    "Row",
    "check",
    "fingerprint",
    "in_language",
    "read",
    "texts_of",
]
