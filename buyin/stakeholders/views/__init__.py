"""The pages of stakeholders."""

from .commitments import (
    asked_of_me,
    commitment,
    commitment_add,
    commitment_edit,
    commitment_entry,
    commitment_register,
    commitment_register_csv,
    commitments,
)
from .engagements import (
    engagement,
    engagement_log,
    engagement_note,
    overdue_contact,
    point_done,
)
from .evidence import contacts, contacts_csv, contacts_in, disagreeing, disagreeing_csv
from .exporting import dossier, dossier_file, stakeholders_file
from .imports import (
    list_columns,
    list_discard,
    list_doubts,
    list_imports,
    list_left_out,
    list_preview,
    list_undo,
)
from .life import life
from .lists import bulk, search_drop, search_keep, stakeholders
from .looks import matrix, network, power_map
from .merging import (
    doubles,
    doubles_apart,
    merge_list,
    merge_record,
    merge_two,
    merge_undo,
    merge_with,
)
from .noting import assess, consent, post_add, post_end, relate, relation_end, take_up
from .parts import part_away, raci
from .planning import activity, activity_close, activity_drop, activity_edit, plan_add
from .plans import people_plan, plan, plan_csv
from .registry import add, add_one, archiving, changes, edit, stakeholder
from .reminders import own_points, reminders, reminders_stop
from .representation import (
    people_represented,
    people_sponsors,
    representation,
    representation_csv,
)
from .retention import (
    certificates,
    erase,
    hold,
    hold_lift,
    retention,
    retention_remove,
)

__all__ = [
    "activity",
    "activity_close",
    "activity_drop",
    "activity_edit",
    "add",
    "add_one",
    "archiving",
    "asked_of_me",
    "assess",
    "bulk",
    "certificates",
    "changes",
    "commitment",
    "commitment_add",
    "commitment_edit",
    "commitment_entry",
    "commitment_register",
    "commitment_register_csv",
    "commitments",
    "consent",
    "contacts",
    "contacts_csv",
    "contacts_in",
    "disagreeing",
    "disagreeing_csv",
    "dossier",
    "dossier_file",
    "doubles",
    "doubles_apart",
    "edit",
    "engagement",
    "engagement_log",
    "engagement_note",
    "erase",
    "hold",
    "hold_lift",
    "life",
    "list_columns",
    "list_discard",
    "list_doubts",
    "list_imports",
    "list_left_out",
    "list_preview",
    "list_undo",
    "matrix",
    "merge_list",
    "merge_record",
    "merge_two",
    "merge_undo",
    "merge_with",
    "network",
    "overdue_contact",
    "own_points",
    "part_away",
    "people_plan",
    "people_represented",
    "people_sponsors",
    "plan",
    "plan_add",
    "plan_csv",
    "point_done",
    "post_add",
    "post_end",
    "power_map",
    "raci",
    "relate",
    "relation_end",
    "reminders",
    "reminders_stop",
    "representation",
    "representation_csv",
    "retention",
    "retention_remove",
    "search_drop",
    "search_keep",
    "stakeholder",
    "stakeholders",
    "stakeholders_file",
    "take_up",
]
