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

__all__ = [
    "asked_of_me",
    "commitment",
    "commitment_add",
    "commitment_edit",
    "commitment_entry",
    "commitment_register",
    "commitment_register_csv",
    "commitments",
]
