"""What people may type about initiatives."""

from .benefits import BenefitFilterForm, BenefitForm, MeasurementForm, StateForm
from .initiatives import InitiativeForm
from .public import RegisterForm
from .publishing import PublishForm, ReviewForm, TakeBackForm
from .record import RecordForm

__all__ = [
    "BenefitFilterForm",
    "BenefitForm",
    "InitiativeForm",
    "MeasurementForm",
    "PublishForm",
    "RecordForm",
    "RegisterForm",
    "ReviewForm",
    "StateForm",
    "TakeBackForm",
]
