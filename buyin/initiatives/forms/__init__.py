"""What people may type about initiatives."""

from .benefits import BenefitFilterForm, BenefitForm, MeasurementForm, StateForm
from .initiatives import InitiativeForm
from .inventories import InventoryFileForm, MeaningForm
from .public import RegisterForm
from .publishing import PublishForm, ReviewForm, TakeBackForm
from .record import RecordForm

__all__ = [
    "BenefitFilterForm",
    "BenefitForm",
    "InitiativeForm",
    "InventoryFileForm",
    "MeaningForm",
    "MeasurementForm",
    "PublishForm",
    "RecordForm",
    "RegisterForm",
    "ReviewForm",
    "StateForm",
    "TakeBackForm",
]
