"""Every write to the registry of stakeholders."""

from .assessing import assess, show_newest, take_up
from .closing import Outcome, close_activity, drop_activity
from .commitments import add_entry, save_commitment
from .doubles import look_for_doubles
from .engagements import Point, add_points, finish_point, note_engagement
from .import_undo import Kept, undo_import
from .imports import (
    confirm_list,
    decide_rows,
    discard_list,
    import_list,
    keep_list,
    map_list,
    take_back,
)
from .lacks import look_for_lacks
from .levels import look_at_levels
from .merging import merge, set_apart, unmerge
from .planning import change_activity, plan_activity
from .registry import archive, change_many, save_stakeholder, tags_called
from .relating import (
    add_post,
    end_post,
    end_relation,
    give_part,
    note_consent,
    relate,
    take_part_away,
)
from .reminding import remind_again, stop_reminders, write_reminders
from .searches import drop_search, keep_search

__all__ = [
    "Kept",
    "Outcome",
    "Point",
    "add_entry",
    "add_points",
    "add_post",
    "archive",
    "assess",
    "change_activity",
    "change_many",
    "close_activity",
    "confirm_list",
    "decide_rows",
    "discard_list",
    "drop_activity",
    "drop_search",
    "end_post",
    "end_relation",
    "finish_point",
    "give_part",
    "import_list",
    "keep_list",
    "keep_search",
    "look_at_levels",
    "look_for_doubles",
    "look_for_lacks",
    "map_list",
    "merge",
    "note_consent",
    "note_engagement",
    "plan_activity",
    "relate",
    "remind_again",
    "save_commitment",
    "save_stakeholder",
    "set_apart",
    "show_newest",
    "stop_reminders",
    "tags_called",
    "take_back",
    "take_part_away",
    "take_up",
    "undo_import",
    "unmerge",
    "write_reminders",
]
