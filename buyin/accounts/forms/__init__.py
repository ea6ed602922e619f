"""What administrators may type about people, departments and rosters."""

from .departments import DepartmentForm
from .people import PersonForm, RoleForm, SearchForm
from .roster import RosterForm

__all__ = ["DepartmentForm", "PersonForm", "RoleForm", "RosterForm", "SearchForm"]
