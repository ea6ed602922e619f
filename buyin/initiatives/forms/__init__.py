"""What people may type about initiatives."""

from .benefits import BenefitFilterForm, BenefitForm, MeasurementForm, StateForm
from .decisions import DecisionForm, InputForm
from .initiatives import InitiativeForm
from .inventories import InventoryFileForm, MeaningForm
from .public import RegisterForm
from .publishing import PublishForm, ReviewForm, TakeBackForm
from .raid import RaidForm
from .record import RecordForm
from .stories import StoryForm

__all__ = [
    "BenefitFilterForm",
    "BenefitForm",
    "DecisionForm",
    "InitiativeForm",
    "InputForm",
    "InventoryFileForm",
    "MeaningForm",
    "MeasurementForm",
    "PublishForm",
    "RaidForm",
    "RecordForm",
    "RegisterForm",
    "ReviewForm",
    "StateForm",
    "StoryForm",
    "TakeBackForm",
]
