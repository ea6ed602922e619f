"""The pages of stakeholders."""

from .commitments import (
    asked_of_me,
    commitment,
    commitment_add,
    commitment_edit,
    commitment_entry,
    commitment_register,
    commitment_register_csv,
    commitments,
)
from .engagements import (
    engagement,
    engagement_log,
    engagement_note,
    overdue_contact,
    own_points,
    point_done,
)

__all__ = [
    "asked_of_me",
    "commitment",
    "commitment_add",
    "commitment_edit",
    "commitment_entry",
    "commitment_register",
    "commitment_register_csv",
    "commitments",
    "engagement",
    "engagement_log",
    "engagement_note",
    "overdue_contact",
    "own_points",
    "point_done",
]
