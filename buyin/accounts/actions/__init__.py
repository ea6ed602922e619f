"""Every write about people, departments, roles and events."""

from .events import record_event

__all__ = ["record_event"]
