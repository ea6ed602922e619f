"""The AI system record, declared once: its fields, and what is missing or wrong in one."""

from buyin.tables.dates import Day

from .comparing import Change, changes
from .days import day_of
from .fields import BY_NAME, FIELDS, GROUPS
from .judging import Problem, Share, Weight, check, completeness, missing, problems_of
from .parts import Choice, Field, Group, Kind, Needed, Tier, Value, Values
from .values import (
    STAGE_CODES,
    is_filled,
    open_values,
    pairs,
    public,
    shown,
    texts_of,
    whole,
    withheld,
)

__all__ = [
    "BY_NAME",
    "FIELDS",
    "GROUPS",
    "STAGE_CODES",
    "Change",
    "Choice",
    "Day",
    "Field",
    "Group",
    "Kind",
    "Needed",
    "Problem",
    "Share",
    "Tier",
    "Value",
    "Values",
    "Weight",
    "changes",
    "check",
    "completeness",
    "day_of",
    "is_filled",
    "missing",
    "open_values",
    "pairs",
    "problems_of",
    "public",
    "shown",
    "texts_of",
    "whole",
    "withheld",
]
