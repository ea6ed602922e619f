"""Every write about people, departments, roles and events."""

from .departments import save_department
from .events import record_event
from .people import close_account, forget_second_factors, open_account, save_person
from .roles import grant_role, revoke_role

__all__ = [
    "close_account",
    "forget_second_factors",
    "grant_role",
    "open_account",
    "record_event",
    "revoke_role",
    "save_department",
    "save_person",
]
