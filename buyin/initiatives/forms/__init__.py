"""What people may type about initiatives."""

from .benefits import BenefitFilterForm, BenefitForm, MeasurementForm, StateForm
from .decisions import DecisionForm, InputForm
from .finding import SearchForm
from .initiatives import InitiativeForm
from .inventories import InventoryFileForm, InventoryMeaningForm
from .plans import AgreementForm, GoalForm, MilestoneForm, NewMilestoneForm
from .public import RegisterForm
from .publishing import PublishForm, ReviewForm, TakeBackForm
from .raid import RaidForm
from .record import RecordForm
from .stages import StageForm
from .stories import StoryForm
from .updates import UpdateForm

__all__ = [
    "AgreementForm",
    "BenefitFilterForm",
    "BenefitForm",
    "DecisionForm",
    "GoalForm",
    "InitiativeForm",
    "InputForm",
    "InventoryFileForm",
    "InventoryMeaningForm",
    "MeasurementForm",
    "MilestoneForm",
    "NewMilestoneForm",
    "PublishForm",
    "RaidForm",
    "RecordForm",
    "RegisterForm",
    "ReviewForm",
    "SearchForm",
    "StageForm",
    "StateForm",
    "StoryForm",
    "TakeBackForm",
    "UpdateForm",
]
