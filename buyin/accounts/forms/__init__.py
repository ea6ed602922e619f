"""What administrators may type about people, departments and rosters."""

from .departments import DepartmentForm
from .people import PersonForm, RoleForm, SearchForm

__all__ = ["DepartmentForm", "PersonForm", "RoleForm", "SearchForm"]
