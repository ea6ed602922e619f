"""What pages say about results: labels of answers, the finding of each question, changes."""

from .changing import (
    change_words,
    changes_sentence,
    changes_title,
    figure_name,
    short_name,
    value_words,
)
from .findings import (
    department_note,
    finding_of,
    missing_notes,
    overview_sentence,
    overview_title,
    scale_note,
    texts_title,
)
from .labels import (
    cell_label,
    codes_label,
    edge_of_choice,
    number_words,
    share_words,
    stored_share,
    texts_of,
)

__all__ = [
    "cell_label",
    "change_words",
    "changes_sentence",
    "changes_title",
    "codes_label",
    "department_note",
    "edge_of_choice",
    "figure_name",
    "finding_of",
    "missing_notes",
    "number_words",
    "overview_sentence",
    "overview_title",
    "scale_note",
    "share_words",
    "short_name",
    "stored_share",
    "texts_of",
    "texts_title",
    "value_words",
]
