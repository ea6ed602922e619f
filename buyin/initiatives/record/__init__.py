"""The AI system record, declared once: its fields, and what is missing or wrong in one."""

from .days import day_of
from .fields import BY_NAME, FIELDS, GROUPS
from .judging import Problem, Share, Weight, check, completeness, missing, problems_of
from .parts import Choice, Day, Field, Group, Kind, Needed, Tier, Value, Values
from .values import STAGE_CODES, is_filled, pairs, public, shown, texts_of, whole, withheld

__all__ = [
    "BY_NAME",
    "FIELDS",
    "GROUPS",
    "STAGE_CODES",
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
    "check",
    "completeness",
    "day_of",
    "is_filled",
    "missing",
    "pairs",
    "problems_of",
    "public",
    "shown",
    "texts_of",
    "whole",
    "withheld",
]
