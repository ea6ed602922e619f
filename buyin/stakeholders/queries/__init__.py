"""What pages ask about stakeholders."""

from .events import Event
from .finding import Search, find, shown
from .opened import (
    changes_any,
    for_those_who_work_with_stakeholders,
    may_add,
    opened,
    opened_interest,
    opened_people,
    opened_person,
    with_people_for,
    works_with_stakeholders,
)
from .stances import (
    Deliverable,
    Move,
    Stance,
    begun_with,
    deliverables,
    first_day,
    moves,
    network_of,
    parts_of,
    stances,
)
from .timeline import relations_of, time_line

__all__ = [
    "Deliverable",
    "Event",
    "Move",
    "Search",
    "Stance",
    "begun_with",
    "changes_any",
    "deliverables",
    "find",
    "first_day",
    "for_those_who_work_with_stakeholders",
    "may_add",
    "moves",
    "network_of",
    "opened",
    "opened_interest",
    "opened_people",
    "opened_person",
    "parts_of",
    "relations_of",
    "shown",
    "stances",
    "time_line",
    "with_people_for",
    "works_with_stakeholders",
]
