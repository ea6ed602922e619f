"""Answers: what a form posts, how two tabs merge, and what is right enough to be stored.

What a person typed is kept as it was typed (`Typed`: texts by item code, lists for several
choices), so that nothing is lost on the way; `read` turns it into stored answers at the end.
"""

from .given import Given, typed_of
from .kinds import AMBIGUOUS, BLANKS, Answer, day_in, in_order
from .reading import Reading, read
from .typed import (
    LONGEST,
    PREFIX,
    Edit,
    Typed,
    counted,
    edit_in,
    merge,
    shown_in,
    typed_in,
    unstorable,
)
from .wording import limits

__all__ = [
    "AMBIGUOUS",
    "BLANKS",
    "LONGEST",
    "PREFIX",
    "Answer",
    "Edit",
    "Given",
    "Reading",
    "Typed",
    "counted",
    "day_in",
    "edit_in",
    "in_order",
    "limits",
    "merge",
    "read",
    "shown_in",
    "typed_in",
    "typed_of",
    "unstorable",
]
