"""What people may type about stakeholders."""

from .finding import BulkForm, FindForm, SearchNameForm
from .imports import DoubtsForm, ListFileForm, ListMeaningForm
from .looking import DayForm, LookForm
from .noting import AssessmentForm, ConsentForm, InterestForm, PartForm, RelationForm
from .registry import NEW_FORMS, NewPostForm, StakeholderForm, form_for

__all__ = [
    "NEW_FORMS",
    "AssessmentForm",
    "BulkForm",
    "ConsentForm",
    "DayForm",
    "DoubtsForm",
    "FindForm",
    "InterestForm",
    "ListFileForm",
    "ListMeaningForm",
    "LookForm",
    "NewPostForm",
    "PartForm",
    "RelationForm",
    "SearchNameForm",
    "StakeholderForm",
    "form_for",
]
