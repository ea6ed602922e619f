"""Every write to initiatives and what hangs on them."""

from .benefits import add_measurement, save_benefit, set_state
from .decisions import add_input, move_inputs, remove_input, save_decision
from .initiatives import save_initiative
from .inventories import (
    bring_on,
    confirm_inventory,
    discard_inventory,
    import_inventory,
    keep_inventory,
    map_inventory,
    take_back,
)
from .inventory_undo import ChangedSinceError, undo_import
from .plans import save_agreement, save_goal, save_milestone
from .publishing import (
    publish_record,
    readable,
    reasons_against,
    take_back_record,
    what_is_new,
)
from .raid import save_raid_item
from .record import ChangedMeanwhileError, Edit, review_record, save_record
from .stages import Move, begin, move
from .stories import clear_story, publish_story, save_story, take_back_story
from .updates import change_update, publish_update

__all__ = [
    "ChangedMeanwhileError",
    "ChangedSinceError",
    "Edit",
    "Move",
    "add_input",
    "add_measurement",
    "begin",
    "bring_on",
    "change_update",
    "clear_story",
    "confirm_inventory",
    "discard_inventory",
    "import_inventory",
    "keep_inventory",
    "map_inventory",
    "move",
    "move_inputs",
    "publish_record",
    "publish_story",
    "publish_update",
    "readable",
    "reasons_against",
    "remove_input",
    "review_record",
    "save_agreement",
    "save_benefit",
    "save_decision",
    "save_goal",
    "save_initiative",
    "save_milestone",
    "save_raid_item",
    "save_record",
    "save_story",
    "set_state",
    "take_back",
    "take_back_record",
    "take_back_story",
    "undo_import",
    "what_is_new",
]
