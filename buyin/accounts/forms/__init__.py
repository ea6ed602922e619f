"""What administrators may type about people, departments and rosters."""

from .addresses import AddressField, offer_people
from .departments import DepartmentForm
from .history import HistoryForm
from .people import PersonForm, RoleForm, SearchForm, TagsField
from .roster import RosterForm

__all__ = [
    "AddressField",
    "DepartmentForm",
    "HistoryForm",
    "PersonForm",
    "RoleForm",
    "RosterForm",
    "SearchForm",
    "TagsField",
    "offer_people",
]
