"""Every write about people, departments, roles and events."""

from .departments import save_department
from .events import forget_old_events, forget_old_history, record_event
from .people import close_account, forget_second_factors, in_turn, open_account, save_person
from .roles import grant_role, revoke_role
from .roster import apply_roster_file, import_roster, keep_roster_file

__all__ = [
    "apply_roster_file",
    "close_account",
    "forget_old_events",
    "forget_old_history",
    "forget_second_factors",
    "grant_role",
    "import_roster",
    "in_turn",
    "keep_roster_file",
    "open_account",
    "record_event",
    "revoke_role",
    "save_department",
    "save_person",
]
