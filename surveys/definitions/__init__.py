"""The definition of a survey: a JSON document by `definition.schema.json`.

`check` says in plain words what is wrong with one, `read` turns a good one into frozen objects,
`fingerprint` tells whether it has changed. Nothing here knows the database.
"""

from .checking import Problem, check
from .reading import (
    DIMENSIONS,
    DONT_KNOW,
    Choice,
    Definition,
    Item,
    Page,
    Question,
    Row,
    fingerprint,
    read,
)

__all__ = [
    "DIMENSIONS",
    "DONT_KNOW",
    "Choice",
    "Definition",
    "Item",
    "Page",
    "Problem",
    "Question",
    "Row",
    "check",
    "fingerprint",
    "read",
]
