"""People, the department tree, the roles that people hold in it, and what happened to them."""

from .departments import Department, in_tree_order, line_ids, subtree_ids
from .events import EventKind, SecurityEvent
from .imports import RosterFile, RosterKind
from .people import User
from .roles import Role, RoleAssignment

__all__ = [
    "Department",
    "EventKind",
    "Role",
    "RoleAssignment",
    "RosterFile",
    "RosterKind",
    "SecurityEvent",
    "User",
    "in_tree_order",
    "line_ids",
    "subtree_ids",
]
