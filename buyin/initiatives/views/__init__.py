"""The pages of initiatives."""

from .benefits import (
    benefit,
    benefit_edit,
    benefit_state,
    benefits,
    measure,
    measurements_csv,
)
from .initiatives import initiative, initiative_edit, initiatives
from .register import benefit_register, benefit_register_csv

__all__ = [
    "benefit",
    "benefit_edit",
    "benefit_register",
    "benefit_register_csv",
    "benefit_state",
    "benefits",
    "initiative",
    "initiative_edit",
    "initiatives",
    "measure",
    "measurements_csv",
]
