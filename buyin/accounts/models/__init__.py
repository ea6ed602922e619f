"""People, the department tree, the roles that people hold in it, and what happened to them."""

from .departments import (
    LOOKING_ROLES,
    Department,
    in_tree_order,
    indented,
    line_ids,
    subtree_ids,
    tree_choices,
    under,
)
from .events import EventKind, SecurityEvent
from .imports import RosterFile, RosterKind
from .people import User
from .roles import Role, RoleAssignment
from .sessions import Session
from .tags import LONGEST_TAG, Tag, tag_names, tags_text

__all__ = [
    "LONGEST_TAG",
    "LOOKING_ROLES",
    "Department",
    "EventKind",
    "Role",
    "RoleAssignment",
    "RosterFile",
    "RosterKind",
    "SecurityEvent",
    "Session",
    "Tag",
    "User",
    "in_tree_order",
    "indented",
    "line_ids",
    "subtree_ids",
    "tag_names",
    "tags_text",
    "tree_choices",
    "under",
]
