"""The pages of initiatives."""

from .benefits import benefit, benefit_edit, benefit_state, benefits, measure, measurements_csv
from .decisions import decision, decision_edit, decision_input, decision_input_remove, decisions
from .impact import (
    impact,
    impact_begin,
    impact_file,
    impact_finish,
    impact_give_up,
    impact_import,
    impact_version,
)
from .impact_pages import impact_section
from .initiatives import initiative, initiative_edit, initiatives
from .inventories import (
    inventory_columns,
    inventory_discard,
    inventory_export,
    inventory_imports,
    inventory_left_out,
    inventory_preview,
    inventory_undo,
)
from .plans import agreement_edit, goal_edit, milestone_done, milestone_edit, plan
from .publishing import record_publish, record_take_back
from .raid import risk_edit, risks
from .record import record, record_fact, record_group, record_meter, record_review, record_versions
from .record_fields import record_fields
from .register import benefit_register, benefit_register_csv
from .stages import stage
from .stories import story, story_edit, story_step
from .updates import update_edit, updates

__all__ = [
    "agreement_edit",
    "benefit",
    "benefit_edit",
    "benefit_register",
    "benefit_register_csv",
    "benefit_state",
    "benefits",
    "decision",
    "decision_edit",
    "decision_input",
    "decision_input_remove",
    "decisions",
    "goal_edit",
    "impact",
    "impact_begin",
    "impact_file",
    "impact_finish",
    "impact_give_up",
    "impact_import",
    "impact_section",
    "impact_version",
    "initiative",
    "initiative_edit",
    "initiatives",
    "inventory_columns",
    "inventory_discard",
    "inventory_export",
    "inventory_imports",
    "inventory_left_out",
    "inventory_preview",
    "inventory_undo",
    "measure",
    "measurements_csv",
    "milestone_done",
    "milestone_edit",
    "plan",
    "record",
    "record_fact",
    "record_fields",
    "record_group",
    "record_meter",
    "record_publish",
    "record_review",
    "record_take_back",
    "record_versions",
    "risk_edit",
    "risks",
    "stage",
    "story",
    "story_edit",
    "story_step",
    "update_edit",
    "updates",
]
