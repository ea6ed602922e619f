"""Every write to initiatives and what hangs on them."""

from .benefits import add_measurement, save_benefit, set_state
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
from .record import ChangedMeanwhileError, Edit, review_record, save_record

__all__ = [
    "ChangedMeanwhileError",
    "ChangedSinceError",
    "Edit",
    "add_measurement",
    "bring_on",
    "confirm_inventory",
    "discard_inventory",
    "import_inventory",
    "keep_inventory",
    "map_inventory",
    "publish_record",
    "readable",
    "reasons_against",
    "review_record",
    "save_benefit",
    "save_initiative",
    "save_record",
    "set_state",
    "take_back_record",
    "undo_import",
]
