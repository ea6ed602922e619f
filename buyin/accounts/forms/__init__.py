"""What administrators may type about people, departments and rosters."""

from .departments import DepartmentForm
from .history import HistoryForm
from .people import PersonForm, RoleForm, SearchForm, TagsField, person_at
from .roster import RosterForm

__all__ = [
    "DepartmentForm",
    "HistoryForm",
    "PersonForm",
    "RoleForm",
    "RosterForm",
    "SearchForm",
    "TagsField",
    "person_at",
]
