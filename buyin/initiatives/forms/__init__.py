"""What people may type about initiatives."""

from .benefits import BenefitFilterForm, BenefitForm, MeasurementForm, StateForm
from .initiatives import InitiativeForm

__all__ = ["BenefitFilterForm", "BenefitForm", "InitiativeForm", "MeasurementForm", "StateForm"]
