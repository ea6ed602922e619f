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
)
from .inventory_undo import ChangedSinceError, undo_import
from .publishing import publish_record, readable, reasons_against, take_back_record
from .raid import save_raid_item
from .record import ChangedMeanwhileError, Edit, review_record, save_record
from .stories import clear_story, publish_story, save_story, take_back_story

__all__ = [
    "ChangedMeanwhileError",
    "ChangedSinceError",
    "Edit",
    "add_input",
    "add_measurement",
    "bring_on",
    "clear_story",
    "confirm_inventory",
    "discard_inventory",
    "import_inventory",
    "keep_inventory",
    "map_inventory",
    "move_inputs",
    "publish_record",
    "publish_story",
    "readable",
    "reasons_against",
    "remove_input",
    "review_record",
    "save_benefit",
    "save_decision",
    "save_initiative",
    "save_raid_item",
    "save_record",
    "save_story",
    "set_state",
    "take_back_record",
    "take_back_story",
    "undo_import",
]
